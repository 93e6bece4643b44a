package io.tern.node.grpc;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.tern.node.api.ApiTable;
import io.tern.node.api.Consuming;
import io.tern.node.api.Producing;
import io.tern.node.api.QueueDirectory;
import io.tern.node.config.TernConfig;
import io.tern.node.config.WallClock;
import io.tern.node.edge.BodyBudget;
import io.tern.node.edge.HealthPages.Health;
import io.tern.node.metrics.RequestMetrics;
import io.tern.proto.cluster.ClusterGrpc;
import io.tern.proto.messaging.MessagingGrpc;
import io.tern.protocols.OperationTable;
import io.tern.state.limits.GrpcLimits;
import io.tern.state.limits.Limits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The gRPC port for clients: the operations of both services, streams of messages, the cluster, and
 * gRPC's own services of health and reflection. Limits on messages, headers, calls and silence.
 */
public final class GrpcEndpoint {
  private final TernConfig config;
  private final GrpcLoops loops;
  private final OpenStreams streams = new OpenStreams();
  private final GrpcPorts ports;
  private final Apis apis;
  private final Supplier<Health> node;
  private final HealthStatusManager health = new HealthStatusManager();
  private final Server server;
  private final List<String> services;

  /**
   * What is served.
   *
   * @param operations of SQS and SNS
   */
  public record Apis(
      ApiTable operations,
      QueueDirectory directory,
      Producing producing,
      Consuming consuming,
      ClusterView cluster) {}

  /**
   * Makes the parts; nothing listens yet.
   *
   * @param node whether it can serve, as the health page says
   */
  public GrpcEndpoint(
      TernConfig config,
      int eventLoops,
      Apis apis,
      RequestMetrics metrics,
      BodyBudget budget,
      Supplier<Health> node,
      ScheduledExecutorService timer,
      WallClock clock) {
    this.config = config;
    this.apis = apis;
    this.node = node;
    this.loops = new GrpcLoops(eventLoops);
    this.ports =
        new GrpcPorts(loops, new GrpcCallers(config), streams, budget, metrics, timer, clock);
    List<ServerServiceDefinition> ours = definitions();
    this.services = ours.stream().map(service -> service.getServiceDescriptor().getName()).toList();
    this.server = server(ours);
  }

  /** Starts to listen. */
  public void start() throws IOException {
    tellHealth();
    server.start();
  }

  /** Tells those who watch the node's health how it is; called about once a second. */
  public void tellHealth() {
    ServingStatus status = node.get().ready() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    services.forEach(service -> health.setStatus(service, status));
  }

  /** Streams of messages that are open. */
  public int openStreams() {
    return streams.count();
  }

  /** Takes no more calls; those under way may go on, streams end when nothing is due. */
  public void beginStop() {
    health.enterTerminalState();
    server.shutdown();
    streams.stop();
  }

  /** Lets the calls under way end for that long, breaks the rest. */
  public void stop(long patienceMillis) throws InterruptedException {
    beginStop();
    if (!server.awaitTermination(patienceMillis, TimeUnit.MILLISECONDS)) {
      server.shutdownNow();
    }
    loops.close();
  }

  private Server server(List<ServerServiceDefinition> ours) {
    TernConfig.Listen listen = config.listen();
    return loops
        .carry(
            NettyServerBuilder.forAddress(new InetSocketAddress(listen.host(), listen.grpcPort())))
        .withOption(ChannelOption.SO_BACKLOG, Limits.ACCEPT_BACKLOG)
        .withChildOption(ChannelOption.TCP_NODELAY, true)
        .maxInboundMessageSize(Limits.REQUEST_BYTES)
        .maxInboundMetadataSize(Limits.HEADER_BYTES)
        .maxConcurrentCallsPerConnection(GrpcLimits.GRPC_CALLS)
        .flowControlWindow(GrpcLimits.GRPC_WINDOW_BYTES)
        .permitKeepAliveTime(GrpcLimits.GRPC_KEEP_ALIVE_MILLIS, TimeUnit.MILLISECONDS)
        .permitKeepAliveWithoutCalls(true)
        .keepAliveTime(GrpcLimits.GRPC_SILENCE_MILLIS, TimeUnit.MILLISECONDS)
        .keepAliveTimeout(GrpcLimits.GRPC_ANSWER_MILLIS, TimeUnit.MILLISECONDS)
        .addServices(ours)
        .addService(health.getHealthService())
        .addService(ProtoReflectionServiceV1.newInstance())
        .build();
  }

  private List<ServerServiceDefinition> definitions() {
    UnaryServices unary = new UnaryServices(ports);
    return List.of(
        unary.of(OperationTable.sqs(), apis.operations()),
        unary.of(OperationTable.sns(), apis.operations()),
        messaging(unary),
        cluster(unary));
  }

  private ServerServiceDefinition messaging(UnaryServices unary) {
    ServerServiceDefinition.Builder service =
        ServerServiceDefinition.builder(MessagingGrpc.getServiceDescriptor());
    add(
        service,
        MessagingGrpc.getLocateMethod(),
        unary,
        (caller, host, request) ->
            apis.directory()
                .locate(caller, request.getQueueUrl())
                .thenApply(partition -> apis.cluster().locate(partition, host)));
    service.addMethod(
        MessagingGrpc.getProduceMethod(),
        (call, headers) -> {
          ProduceStream stream = new ProduceStream(call, headers, apis.producing(), ports);
          stream.begin();
          return stream;
        });
    service.addMethod(
        MessagingGrpc.getConsumeMethod(),
        (call, headers) -> {
          ConsumeStream stream = new ConsumeStream(call, headers, apis.consuming(), ports);
          stream.begin();
          return stream;
        });
    return service.build();
  }

  private ServerServiceDefinition cluster(UnaryServices unary) {
    ServerServiceDefinition.Builder service =
        ServerServiceDefinition.builder(ClusterGrpc.getServiceDescriptor());
    add(
        service,
        ClusterGrpc.getDescribeClusterMethod(),
        unary,
        (_, host, _) -> apis.cluster().describe(host));
    return service.build();
  }

  private static <Q extends Message, A extends Message> void add(
      ServerServiceDefinition.Builder service,
      MethodDescriptor<Q, A> method,
      UnaryServices unary,
      UnaryCall.Work<Q, A> work) {
    service.addMethod(method, unary.handler(String.valueOf(method.getBareMethodName()), work));
  }
}
