package io.tern.conformance.sns;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** A web server that notifications are sent to, on loopback; tests read what came, by path. */
final class WebReceiver implements AutoCloseable {
  private static final int PATIENT_SECONDS = 30;
  private static final int OK = 200;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, BlockingQueue<Request>> requests = new ConcurrentHashMap<>();
  private final Map<String, Deque<Integer>> answers = new ConcurrentHashMap<>();

  /** What came. */
  record Request(String method, Headers headers, String body) {
    /** A header, or the empty text. */
    String header(String name) {
      String value = headers.getFirst(name);
      return value == null ? "" : value;
    }

    JsonNode document() {
      return JsonNode.parser().parse(body);
    }

    /** A text member of the document, or the empty text. */
    String text(String member) {
      return Sns.textOf(document(), member);
    }

    /** The address in a member of the document. */
    URI link(String member) {
      return URI.create(text(member));
    }
  }

  private WebReceiver(HttpServer server) {
    this.server = server;
  }

  static WebReceiver start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      WebReceiver receiver = new WebReceiver(server);
      server.createContext("/", receiver::take);
      server.setExecutor(receiver.threads);
      server.start();
      return receiver;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** Answers requests to the path with these statuses, the last of them for good. */
  void answer(String path, Integer... statuses) {
    Deque<Integer> deque = new ArrayDeque<>(List.of(statuses));
    answers.put(path, deque);
  }

  /** The next request to the path, which must come within seconds. */
  Request next(String path) {
    try {
      Request request = queue(path).poll(PATIENT_SECONDS, TimeUnit.SECONDS);
      if (request == null) {
        throw new AssertionError("nothing came to " + path);
      }
      return request;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** How many requests to the path are here that nobody has read. */
  int waiting(String path) {
    return queue(path).size();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private BlockingQueue<Request> queue(String path) {
    return requests.computeIfAbsent(path, key -> new LinkedBlockingQueue<>());
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      queue(path).add(new Request(exchange.getRequestMethod(), exchange.getRequestHeaders(), body));
      int status = statusFor(path);
      if (status / 100 == 3) {
        exchange.getResponseHeaders().add("Location", url(path + "/elsewhere"));
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private int statusFor(String path) {
    Deque<Integer> statuses = answers.get(path);
    if (statuses == null) {
      return OK;
    }
    synchronized (statuses) {
      return statuses.size() > 1 ? statuses.removeFirst() : statuses.getFirst();
    }
  }
}
