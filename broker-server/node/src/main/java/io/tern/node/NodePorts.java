package io.tern.node;

import io.tern.node.api.ApiTable;
import io.tern.node.config.TernConfig;
import io.tern.node.config.WallClock;
import io.tern.node.edge.AdminEndpoint;
import io.tern.node.edge.AwsEndpoint;
import io.tern.node.edge.BodyBudget;
import io.tern.node.edge.CertificatePages;
import io.tern.node.edge.HealthPages;
import io.tern.node.edge.HealthPages.Health;
import io.tern.node.edge.ReplicasPage;
import io.tern.node.grpc.GrpcEndpoint;
import io.tern.node.metrics.NodeMetrics;
import io.tern.node.metrics.RequestMetrics;
import io.tern.node.raft.ReplicaStatus;
import io.tern.protocols.OperationTable;
import io.tern.protocols.WireCodec;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The ports of operators and clients: admin first, AWS and gRPC when the node can serve. */
final class NodePorts {
  private final Vertx vertx;
  private final TernConfig config;
  private final NodeMetrics metrics;
  private final RequestMetrics requests;
  private final ScheduledExecutorService timer;
  private final WallClock clock;
  private final Supplier<Health> node;
  private final HealthPages health;
  private final AdminEndpoint admin;
  private final BodyBudget budget = new BodyBudget();
  private volatile @Nullable AwsEndpoint aws;
  private volatile @Nullable GrpcEndpoint grpc;

  /**
   * @param node whether it can serve
   */
  NodePorts(
      Vertx vertx,
      TernConfig config,
      NodeMetrics metrics,
      ScheduledExecutorService timer,
      WallClock clock,
      Supplier<Health> node,
      Supplier<List<ReplicaStatus>> replicas) {
    this.vertx = vertx;
    this.config = config;
    this.metrics = metrics;
    this.requests = metrics.requests();
    this.timer = timer;
    this.clock = clock;
    this.node = node;
    this.health = new HealthPages(node);
    this.admin =
        new AdminEndpoint(
            vertx, config.listen(), health, new ReplicasPage(replicas), metrics::scrape);
  }

  /** Opens the port of operators, who want to see how a start goes. */
  void openAdmin() throws IOException, InterruptedException {
    await(admin.start());
  }

  /** Opens the port of the AWS protocols; returns when it answers. */
  void openAws(int eventLoops, ApiTable operations, Function<String, Optional<String>> certificates)
      throws IOException, InterruptedException {
    AwsEndpoint endpoint =
        new AwsEndpoint(
            vertx,
            config,
            new WireCodec(OperationTable.sqs(), OperationTable.sns()),
            operations,
            requests,
            health,
            new CertificatePages(certificates),
            budget,
            clock);
    metrics.gauge(
        "tern_request_bytes_held", "Bytes of request bodies held by this node", budget::held);
    await(endpoint.start(eventLoops));
    aws = endpoint;
  }

  /** Opens the port of gRPC; returns when it answers. */
  void openGrpc(int eventLoops, GrpcEndpoint.Apis apis) throws IOException {
    GrpcEndpoint endpoint =
        new GrpcEndpoint(config, eventLoops, apis, requests, budget, node, timer, clock);
    metrics.gauge(
        "tern_grpc_streams", "Streams of messages open on this node", endpoint::openStreams);
    endpoint.start();
    grpc = endpoint;
    var _ = timer.scheduleWithFixedDelay(this::tellHealth, 1, 1, TimeUnit.SECONDS);
  }

  /** Tells those who watch the health over gRPC how the node is. */
  void tellHealth() {
    GrpcEndpoint endpoint = grpc;
    if (endpoint != null) {
      endpoint.tellHealth();
    }
  }

  /** Takes no more calls over gRPC; polls that end now are not begun again. */
  void beginStop() {
    GrpcEndpoint endpoint = grpc;
    if (endpoint != null) {
      endpoint.beginStop();
    }
  }

  /** Lets what is under way end for that long, and closes the ports of clients. */
  void closeClients(long patienceMillis) throws IOException, InterruptedException {
    AwsEndpoint http = aws;
    CompletableFuture<Void> closing =
        http == null ? CompletableFuture.completedFuture(null) : http.stop(patienceMillis);
    GrpcEndpoint endpoint = grpc;
    if (endpoint != null) {
      endpoint.stop(patienceMillis);
    }
    await(closing);
  }

  /** Closes the port of operators, the last one. */
  void closeAdmin() throws IOException, InterruptedException {
    await(admin.stop());
  }

  private static void await(CompletableFuture<Void> future)
      throws IOException, InterruptedException {
    try {
      var _ = future.get();
    } catch (ExecutionException failure) {
      throw new IOException(String.valueOf(failure.getCause()), failure.getCause());
    }
  }
}
