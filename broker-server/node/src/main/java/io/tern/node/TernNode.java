package io.tern.node;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.tern.disk.RocksBudget;
import io.tern.disk.RocksSettings;
import io.tern.node.api.ApiTable;
import io.tern.node.api.QueueDirectory;
import io.tern.node.api.SqsApi;
import io.tern.node.config.Member;
import io.tern.node.config.NodeFolder;
import io.tern.node.config.TernConfig;
import io.tern.node.config.WallClock;
import io.tern.node.delivery.Deliveries;
import io.tern.node.edge.HealthPages;
import io.tern.node.grpc.ClusterView;
import io.tern.node.grpc.GrpcEndpoint;
import io.tern.node.leader.CommandBatcher;
import io.tern.node.leader.LeaderPorts;
import io.tern.node.leader.LeaderTerm;
import io.tern.node.metrics.NodeMetrics;
import io.tern.node.raft.MachineFactory;
import io.tern.node.raft.Peer;
import io.tern.node.raft.RaftNode;
import io.tern.node.raft.RaftPorts;
import io.tern.node.raft.RaftSettings;
import io.tern.node.routing.CatalogueMirror;
import io.tern.node.routing.CheckpointPreparer;
import io.tern.node.routing.CheckpointSender;
import io.tern.node.routing.MirrorRoutes;
import io.tern.node.routing.PartitionRouter;
import io.tern.node.routing.PatientBarrier;
import io.tern.node.routing.PeerCheckpoints;
import io.tern.node.routing.PeerClient;
import io.tern.node.routing.PeerService;
import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.EntryTime;
import io.tern.state.PartitionId;
import io.tern.state.catalogue.SigningKey;
import io.tern.state.limits.Limits;
import io.tern.topics.envelope.Confirmation;
import io.tern.topics.policy.Protocol;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole node, wired by hand: disk and replication first, then routing, then the ports. */
public final class TernNode {
  private static final Logger LOG = LoggerFactory.getLogger(TernNode.class);
  private static final int DISK_READERS = 2;
  private static final long DRAIN_MILLIS = 5_000;
  private static final int EXIT_ON_FAULT = 70;

  private final TernConfig config;
  private final WallClock clock;
  private final NodeFolder folder;
  private final List<PartitionId> partitions;
  private final ScheduledThreadPoolExecutor timer = timer();
  private final ExecutorService diskReads =
      Executors.newFixedThreadPool(DISK_READERS, named("disk-read"));
  private final Vertx vertx;
  private final NodeMetrics metrics = new NodeMetrics();
  private final CatalogueMirror mirror = new CatalogueMirror(NodeTopics::subscriptionIds);
  private final NodeTopics topics;
  private final MirrorRoutes routes;
  private final Deliveries deliveries;
  private final PeerClient peers;
  private final PartitionRouter router;
  private final PartitionDuties duties;
  private final RocksSettings rocks = new RocksSettings(RocksBudget.SMALL);
  private final RaftNode raft;
  private final Server peerServer;
  private final NodeHealth nodeHealth = new NodeHealth();
  private final NodePorts ports;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * Opens the data folder and builds the parts; nothing runs yet.
   *
   * @param signingKey what notifications are to be signed with; null for one that the cluster makes
   * @throws IOException with one clear line when the folder is not this node's to use
   */
  public TernNode(TernConfig config, @Nullable SigningKey signingKey, WallClock clock)
      throws IOException {
    Limits.check();
    this.config = config;
    this.clock = clock;
    this.folder = NodeFolder.open(config);
    this.partitions = partitions(folder.dataPartitions());
    this.vertx = Vertx.vertx(vertxOptions());
    Member self = config.self();
    this.peers = new PeerClient(others(config), clock);
    this.router = new PartitionRouter(self.id(), this::leaderHint, peers, timer, clock);
    this.topics = new NodeTopics(config, mirror, this::caughtUp, metrics, clock);
    this.routes = new MirrorRoutes(mirror, this::catalogueBarrier);
    this.deliveries =
        new Deliveries(
            config.delivery(),
            vertx,
            clock,
            timer,
            mirror,
            routes,
            topics.notifications(),
            metrics);
    this.duties =
        new PartitionDuties(
            mirror,
            router,
            this::beginTerm,
            folder.dataPartitions(),
            new SigningKeys(signingKey, diskReads, clock));
    this.raft =
        new RaftNode(
            raftSettings(),
            self.id(),
            raftPeers(config),
            partitions,
            new RaftPorts(
                rocks,
                MachineFactory::real,
                TernNode::ruleFailed,
                duties,
                new PeerCheckpoints(peers),
                clock,
                this::fail));
    this.peerServer = peerServer(self, peerService(router, raft, diskReads));
    this.ports = new NodePorts(vertx, config, metrics, timer, clock, this::health, raft::statuses);
  }

  /** Starts everything; returns when the ports of clients answer. */
  public void start() throws IOException, InterruptedException {
    ports.openAdmin();
    peerServer.start();
    raft.start();
    var _ = timer.scheduleWithFixedDelay(peers::endOverdue, 1, 1, TimeUnit.SECONDS);
    Bytes sealingKey = await(mirror.sealingKey());
    await(mirror.resources().firstSigningKey());
    GrpcEndpoint.Apis apis = apis(sealingKey);
    addGauges();
    ports.openAws(eventLoops(), apis.operations(), topics::certificate);
    ports.openGrpc(eventLoops(), apis);
    nodeHealth.serving();
    ports.tellHealth();
    LOG.info(
        "serving node={} zone={} port={} grpc={} data={}",
        config.nodeId(),
        config.self().zone(),
        config.listen().port(),
        config.listen().grpcPort(),
        config.dataDirectory());
  }

  /** Stops as gently as can be: running requests end, leadership is handed over, then the rest. */
  public void stop() {
    nodeHealth.stopping();
    LOG.info("stopping node={}", config.nodeId());
    try {
      ports.beginStop();
      duties.leading().forEach(LeaderTerm::answerPolls);
      ports.closeClients(DRAIN_MILLIS);
      handOver();
      raft.close();
      deliveries.close();
      peerServer.shutdownNow();
      peers.close();
      ports.closeAdmin();
      await(vertx.close().toCompletionStage().toCompletableFuture());
      timer.shutdownNow();
      topics.close();
      diskReads.shutdownNow();
      metrics.close();
      rocks.close();
      folder.close();
    } catch (IOException | InterruptedException | RuntimeException failure) {
      LOG.warn("stop incomplete node={}", config.nodeId(), failure);
    } finally {
      stopped.countDown();
    }
  }

  /** Gives leadership to the others, so that they need not wait for an election. */
  private void handOver() throws IOException, InterruptedException {
    if (config.members().size() == 1) {
      return;
    }
    CompletableFuture<?>[] moving =
        partitions.stream()
            .filter(raft::isLeaderReady)
            .map(partition -> raft.transferLeadership(partition, null).exceptionally(_ -> null))
            .toArray(CompletableFuture<?>[]::new);
    await(CompletableFuture.allOf(moving).completeOnTimeout(null, DRAIN_MILLIS, MILLISECONDS));
  }

  /** Returns when the node has stopped. */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  private LeaderTerm beginTerm(PartitionId partition, EntryTime last) {
    CommandBatcher batcher =
        new CommandBatcher(
            "batcher-" + partition.number(),
            entry -> raft.submit(partition, entry),
            clock,
            last.queueMillis(),
            Limits.ENTRIES_IN_FLIGHT);
    LeaderTerm term =
        new LeaderTerm(
            partition,
            batcher,
            new LeaderPorts(
                (queue, number) -> raft.reader(partition).read(queue, number),
                (destination, number) -> raft.reader(partition).parked(destination, number),
                diskReads,
                router,
                routes,
                timer,
                topics.ports(() -> raft.reader(partition))));
    deliveries.join(partition, term);
    return term;
  }

  private HealthPages.Health health() {
    return nodeHealth.now(raft, partitions);
  }

  private CompletableFuture<Void> catalogueBarrier() {
    return raft.barrier(PartitionId.CATALOGUE);
  }

  private GrpcEndpoint.Apis apis(Bytes sealingKey) {
    QueueDirectory directory = new QueueDirectory(mirror, this::caughtUp, config.identity());
    SqsApi sqs = SqsApi.of(router, directory, sealingKey, config.relaxed());
    ApiTable operations = sqs.table().and(topics.operations(router, this::ask, sealingKey));
    ClusterView.Sources sources =
        new ClusterView.Sources(
            raft::statuses, this::leaderHint, mirror::queuesIn, peers::isReachable);
    return new GrpcEndpoint.Apis(
        operations, directory, sqs.producing(), sqs.consuming(), new ClusterView(config, sources));
  }

  private void ask(Protocol protocol, String endpoint, Confirmation question) {
    // What becomes of it is in the log; the subscription waits for its answer either way.
    var _ = deliveries.confirmations().send(protocol, endpoint, question);
  }

  /** Ends when the mirror has all that was acknowledged before on any node. */
  private CompletableFuture<Void> caughtUp() {
    return new PatientBarrier(this::catalogueBarrier, clock).get();
  }

  private Optional<String> leaderHint(PartitionId partition) {
    return Optional.ofNullable(raft.leader(partition));
  }

  private void addGauges() {
    metrics.gauge("tern_queues", "Queues the catalogue defines", mirror::queues);
    metrics.gauge(
        "tern_partitions_led", "Partitions this node leads", () -> duties.leading().size());
    metrics.gauge(
        "tern_parked_polls",
        "Long polls waiting at this node",
        () -> duties.leading().stream().mapToInt(LeaderTerm::parkedPolls).sum());
  }

  /** A replica that cannot go on ends the process: a silent half-dead node is worse than none. */
  private void fail(Throwable reason) {
    LastWords.of(reason, config.dataDirectory())
        .ifPresentOrElse(
            words -> LOG.error("the node stops: {}", words),
            () -> LOG.error("the node stops: a replica cannot go on", reason));
    Runtime.getRuntime().halt(EXIT_ON_FAULT);
  }

  private RaftSettings raftSettings() {
    RaftSettings settings =
        config.members().size() == 1
            ? RaftSettings.single(config.dataDirectory())
            : RaftSettings.clustered(config.dataDirectory());
    return settings.withSnapshotLogBytes(config.snapshotLogBytes());
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("timer"));
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private static List<Member> others(TernConfig config) {
    return config.members().stream().filter(member -> !member.equals(config.self())).toList();
  }

  private static List<Peer> raftPeers(TernConfig config) {
    return config.members().stream()
        .map(member -> new Peer(member.id(), member.host(), member.raftPort()))
        .toList();
  }

  private static PeerService peerService(
      PartitionRouter router, RaftNode raft, ExecutorService diskReads) {
    return new PeerService(
        router,
        new CheckpointSender(raft::pinCheckpoint, diskReads),
        new CheckpointPreparer(router, raft::status, raft::takeCheckpoint));
  }

  private static Server peerServer(Member self, PeerService service) {
    return NettyServerBuilder.forAddress(new InetSocketAddress(self.host(), self.peerPort()))
        .maxInboundMessageSize(Limits.PEER_MESSAGE_BYTES)
        .permitKeepAliveTime(5, TimeUnit.SECONDS)
        .addService(service)
        .build();
  }

  private static void ruleFailed(Command command, RuntimeException failure) {
    LOG.error("a rule failed command={}", command.getClass().getSimpleName(), failure);
  }

  private static List<PartitionId> partitions(int dataPartitions) {
    List<PartitionId> all = new ArrayList<>();
    for (int number = 0; number <= dataPartitions; number++) {
      all.add(new PartitionId(number));
    }
    return all;
  }

  private static VertxOptions vertxOptions() {
    return new VertxOptions()
        .setEventLoopPoolSize(eventLoops())
        .setWorkerPoolSize(2)
        .setInternalBlockingPoolSize(2)
        .setPreferNativeTransport(true);
  }

  /** Half the cores: the other half applies, syncs and reads. Fewer loops also batch better. */
  private static int eventLoops() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }

  private static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  private static <T> T await(CompletableFuture<T> future) throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException failure) {
      throw new IOException(String.valueOf(failure.getCause()), failure.getCause());
    }
  }
}
