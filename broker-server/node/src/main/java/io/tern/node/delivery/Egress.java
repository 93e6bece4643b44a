package io.tern.node.delivery;

import io.tern.node.delivery.WebExchange.Answer;
import io.tern.node.delivery.WebExchange.Forbidden;
import io.tern.node.delivery.WebExchange.Unanswered;
import io.tern.state.limits.DeliveryLimits;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ClientConfig;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;

/**
 * The one door for HTTP requests of this node to the world. A name is resolved here, its addresses
 * are judged, and the connection goes to a judged address: what the name means a moment later does
 * not matter. Redirects are not followed. Everything has a limit, the whole exchange in time too.
 */
final class Egress implements AutoCloseable {
  // Shorter than servers keep theirs: a request on a connection just closed counts as an attempt.
  private static final Duration IDLE = Duration.ofSeconds(2);
  private static final int HEADER_BYTES = 16_384;

  /** Finds the addresses of a name; blocks. */
  @FunctionalInterface
  interface Names {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private final Vertx vertx;
  private final EgressRules rules;
  private final Names names;
  private final Executor resolving;
  private final long limitMillis;
  private final HttpClientAgent client;
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();

  /**
   * @param resolving a pool of its own, for it blocks
   * @param limitMillis of a whole exchange
   */
  Egress(
      Vertx vertx,
      EgressRules rules,
      TrustManagerFactory trusted,
      Names names,
      Executor resolving,
      long limitMillis) {
    this.vertx = vertx;
    this.rules = rules;
    this.names = names;
    this.resolving = resolving;
    this.limitMillis = limitMillis;
    this.client =
        vertx
            .httpClientBuilder()
            .with(clientConfig())
            .with(
                new ClientSSLOptions()
                    .setTrustOptions(TrustOptions.wrap(trusted))
                    .setTrustAll(false)
                    .setHostnameVerificationAlgorithm("HTTPS"))
            .with(
                new PoolOptions()
                    .setHttp1MaxSize(DeliveryLimits.EGRESS_CONNECTIONS_PER_HOST)
                    .setMaxWaitQueueSize(DeliveryLimits.EGRESS_WAITING_PER_HOST))
            .withConnectHandler(this::connected)
            .build();
  }

  private HttpClientConfig clientConfig() {
    return new HttpClientConfig()
        .setVersions(HttpVersion.HTTP_1_1)
        .setHttp1Config(
            new Http1ClientConfig()
                .setKeepAlive(true)
                .setKeepAliveTimeout(IDLE)
                .setPipelining(false)
                .setMaxHeaderSize(HEADER_BYTES))
        .setConnectTimeout(Duration.ofMillis(limitMillis))
        .setVerifyHost(true)
        .setDecompressionEnabled(false)
        .setFollowAlternativeServices(false)
        .setMaxRedirects(0);
  }

  /** Makes one request; the future never fails. */
  CompletableFuture<Answer> exchange(WebExchange.Request request) {
    if (underWay.incrementAndGet() > DeliveryLimits.EGRESS_EXCHANGES) {
      underWay.decrementAndGet();
      return CompletableFuture.completedFuture(
          new Unanswered("too many requests of this node are under way"));
    }
    RunningExchange running = new RunningExchange(request.body());
    long overdue = vertx.setTimer(Math.max(1, limitMillis), _ -> running.overdue(limitMillis));
    CompletableFuture<Answer> ended =
        running
            .answer()
            .whenComplete((_, _) -> {
              vertx.cancelTimer(overdue);
              underWay.decrementAndGet();
            });
    try {
      resolving.execute(() -> resolve(request, running));
    } catch (RejectedExecutionException full) {
      running.end(new Unanswered("too many names wait to be resolved"));
    }
    return ended;
  }

  /** Exchanges that have no answer yet. */
  int underWay() {
    return underWay.get();
  }

  @Override
  public void close() {
    var _ = client.close();
  }

  private void resolve(WebExchange.Request request, RunningExchange running) {
    if (running.answer().isDone()) {
      return;
    }
    String host = request.address().host();
    try {
      List<InetAddress> found = List.of(names.resolve(host));
      List<InetAddress> permitted =
          found.stream()
              .filter(address -> request.isTrusted() || rules.permits(address))
              .limit(DeliveryLimits.EGRESS_ADDRESSES)
              .toList();
      if (permitted.isEmpty()) {
        String address = found.isEmpty() ? "" : found.getFirst().getHostAddress();
        running.end(
            new Forbidden(
                "the endpoint's address " + address + " is not public and not allowed here"));
      } else {
        connect(request, permitted, running);
      }
    } catch (UnknownHostException unknown) {
      running.end(new Unanswered("the name " + host + " has no address"));
    } catch (RuntimeException unexpected) {
      running.end(new Unanswered("the request could not be made: " + unexpected));
    }
  }

  /** Tries the first address; the next ones only while nothing has been sent. */
  private void connect(
      WebExchange.Request request, List<InetAddress> addresses, RunningExchange running) {
    var _ =
        client
            .request(options(request, addresses.getFirst()))
            .onComplete(connected -> {
              if (connected.succeeded()) {
                running.send(connected.result());
              } else if (addresses.size() > 1 && !running.answer().isDone()) {
                connect(request, addresses.subList(1, addresses.size()), running);
              } else {
                running.end(new Unanswered("no connection: " + reason(connected.cause())));
              }
            });
  }

  private RequestOptions options(WebExchange.Request request, InetAddress address) {
    WebAddress to = request.address();
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(request.method()))
            .setServer(SocketAddress.inetSocketAddress(to.port(), address.getHostAddress()))
            .setHost(to.host())
            .setPort(to.port())
            .setSsl(to.secure())
            .setURI(to.target())
            .setFollowRedirects(false)
            .setConnectTimeout(limitMillis)
            .putHeader("Host", to.authority());
    request.headers().forEach(options::putHeader);
    if (connections.get() >= DeliveryLimits.EGRESS_IDLE_CONNECTIONS) {
      options.putHeader("Connection", "close");
    }
    return options;
  }

  private void connected(HttpConnection connection) {
    connections.incrementAndGet();
    // What a stranger's server does wrong ends its exchange; it is not an event of this node.
    var _ = connection.exceptionHandler(_ -> {}).closeHandler(_ -> connections.decrementAndGet());
  }

  /** What resolves names when a node runs, in the order of the machine's own settings. */
  static InetAddress[] machineNames(String host) throws UnknownHostException {
    return InetAddress.getAllByName(host);
  }

  /** One line about a failure, without the address of a thread or an object. */
  static String reason(Throwable failure) {
    return Stream.of(String.valueOf(failure.getMessage()), failure.getClass().getSimpleName())
        .filter(text -> !text.isBlank() && !text.equals("null"))
        .findFirst()
        .map(text -> text.lines().findFirst().orElse(text))
        .orElse(failure.getClass().getName().toLowerCase(Locale.ROOT));
  }
}
