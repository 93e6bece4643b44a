package io.tern.node.delivery;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A real web server on loopback that remembers what it was sent and answers as a test says. */
final class Receiver implements AutoCloseable {

  /**
   * A request as it came.
   *
   * @param headers by lower-case name
   */
  record Seen(
      String method, String uri, Map<String, String> headers, String body, String serverName) {}

  private final HttpServer server;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  private Receiver(HttpServer server, Handler<HttpServerRequest> answer) {
    this.server =
        server
            .connectionHandler(_ -> connections.incrementAndGet())
            .requestHandler(request -> {
              var _ =
                  request
                      .body()
                      .onSuccess(body -> {
                        seen.add(seen(request, body));
                        answer.handle(request);
                      });
            });
  }

  static Receiver start(Vertx vertx, Handler<HttpServerRequest> answer) {
    return start(vertx, new HttpServerOptions(), answer);
  }

  static Receiver start(Vertx vertx, HttpServerOptions options, Handler<HttpServerRequest> answer) {
    Receiver receiver =
        new Receiver(vertx.createHttpServer(options.setPort(0).setHost("127.0.0.1")), answer);
    var _ = receiver.server.listen().toCompletionStage().toCompletableFuture().join();
    return receiver;
  }

  static Receiver answering(Vertx vertx, int status, String body) {
    return start(
        vertx,
        request -> {
          var _ = request.response().setStatusCode(status).end(body);
        });
  }

  int port() {
    return server.actualPort();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  List<Seen> seen() {
    return seen;
  }

  int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    var _ = server.close().toCompletionStage().toCompletableFuture().join();
  }

  private static Seen seen(HttpServerRequest request, Buffer body) {
    Map<String, String> headers = new TreeMap<>();
    request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    String name = request.connection().indicatedServerName();
    return new Seen(
        request.method().name(), request.uri(), headers, body.toString(), name == null ? "" : name);
  }
}
