package io.tern.node.edge;

import io.tern.node.config.TernConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The admin port: health, replicas and metrics, for operators and their tools. */
public final class AdminEndpoint {
  private final Vertx vertx;
  private final HttpServer server;

  public AdminEndpoint(
      Vertx vertx,
      TernConfig.Listen listen,
      HealthPages health,
      ReplicasPage replicas,
      Supplier<String> metrics) {
    this.vertx = vertx;
    this.server =
        vertx
            .createHttpServer(AwsEndpoint.options(listen.host(), listen.adminPort()))
            .requestHandler(request -> answer(request, health, replicas, metrics))
            .exceptionHandler(brokenConnection -> {});
  }

  public CompletableFuture<Void> start() {
    return server.listen().<Void>mapEmpty().toCompletionStage().toCompletableFuture();
  }

  public CompletableFuture<Void> stop() {
    return server.close().toCompletionStage().toCompletableFuture();
  }

  private void answer(
      HttpServerRequest request,
      HealthPages health,
      ReplicasPage replicas,
      Supplier<String> metrics) {
    if (health.answer(request) || replicas.answer(request)) {
      return;
    }
    if (!"/metrics".equals(request.path())) {
      var _ = request.response().setStatusCode(404).end("not found\n");
      return;
    }
    Callable<String> scrape = metrics::get;
    var _ =
        vertx
            .executeBlocking(scrape, false)
            .onComplete(
                text ->
                    request
                        .response()
                        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(text),
                failure -> request.response().setStatusCode(500).end());
  }
}
