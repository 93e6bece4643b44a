package io.tern.node.edge;

import io.tern.node.api.ApiTable;
import io.tern.node.config.TernConfig;
import io.tern.node.config.WallClock;
import io.tern.node.metrics.RequestMetrics;
import io.tern.protocols.WireCodec;
import io.tern.state.limits.Limits;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP port of the AWS protocols, one server on each event loop. HTTP/1.1 and HTTP/2 in the
 * clear, keep-alive, limits on headers, bodies and time.
 */
public final class AwsEndpoint {
  private final Vertx vertx;
  private final TernConfig config;
  private final RequestHandler handler;
  private final HealthPages health;
  private final CertificatePages certificates;
  private final WallClock clock;
  private final BodyBudget budget;
  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

  public AwsEndpoint(
      Vertx vertx,
      TernConfig config,
      WireCodec codec,
      ApiTable operations,
      RequestMetrics metrics,
      HealthPages health,
      CertificatePages certificates,
      BodyBudget budget,
      WallClock clock) {
    this.vertx = vertx;
    this.config = config;
    this.handler =
        new RequestHandler(
            codec, operations, new Authenticator(config.identity().region()), metrics, clock);
    this.health = health;
    this.certificates = certificates;
    this.budget = budget;
    this.clock = clock;
  }

  /** Starts to listen; completed when every event loop does. */
  public CompletableFuture<Void> start(int eventLoops) {
    return vertx
        .deployVerticle(Loop::new, new DeploymentOptions().setInstances(eventLoops))
        .<Void>mapEmpty()
        .toCompletionStage()
        .toCompletableFuture();
  }

  /** Stops accepting, lets running requests end for that long, closes the rest. */
  public CompletableFuture<Void> stop(long patienceMillis) {
    List<Future<Void>> closing = new ArrayList<>();
    for (HttpServer server : servers) {
      closing.add(server.shutdown(patienceMillis, TimeUnit.MILLISECONDS));
    }
    return Future.join(closing).<Void>mapEmpty().toCompletionStage().toCompletableFuture();
  }

  static HttpServerOptions options(String host, int port) {
    return new HttpServerOptions()
        .setHost(host)
        .setPort(port)
        .setTcpNoDelay(true)
        .setAcceptBacklog(Limits.ACCEPT_BACKLOG)
        .setIdleTimeout(Limits.IDLE_CONNECTION_SECONDS)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setMaxHeaderSize(Limits.HEADER_BYTES)
        .setMaxInitialLineLength(Limits.REQUEST_LINE_BYTES)
        .setHandle100ContinueAutomatically(true)
        .setHttp2ClearTextEnabled(true)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setDecompressionSupported(false)
        .setCompressionSupported(false);
  }

  /** One event loop: its server and the exchanges under way on it. */
  private final class Loop extends VerticleBase {
    private final Map<AwsExchange, Long> underWay = new LinkedHashMap<>();

    @Override
    public Future<?> start() {
      Context home = context;
      Executor executor = task -> home.runOnContext(nothing -> task.run());
      var _ = vertx.setPeriodic(1_000, tick -> endOverdue());
      HttpServer server =
          vertx.createHttpServer(options(config.listen().host(), config.listen().port()));
      servers.add(server);
      return server
          .requestHandler(request -> accept(request, executor))
          .exceptionHandler(brokenConnection -> {})
          .listen();
    }

    private void accept(HttpServerRequest request, Executor executor) {
      if (health.answer(request) || certificates.answer(request)) {
        return;
      }
      AwsExchange[] self = new AwsExchange[1];
      AwsExchange exchange =
          new AwsExchange(
              request,
              handler,
              budget,
              executor,
              config.identity().baseUrl(),
              () -> underWay.remove(self[0]));
      self[0] = exchange;
      underWay.put(exchange, clock.monotonicNanos());
      exchange.begin();
    }

    private void endOverdue() {
      long now = clock.monotonicNanos();
      List<AwsExchange> overdue = new ArrayList<>();
      for (Map.Entry<AwsExchange, Long> entry : underWay.entrySet()) {
        if (now - entry.getValue() < TimeUnit.MILLISECONDS.toNanos(Limits.EXCHANGE_MILLIS)) {
          break;
        }
        overdue.add(entry.getKey());
      }
      overdue.forEach(AwsExchange::overdue);
    }
  }
}
