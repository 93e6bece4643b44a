package io.tern.node.raft;

import static org.awaitility.Awaitility.await;

import io.tern.state.AppliedEntry;
import io.tern.state.PartitionId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Several nodes in one process; checkpoints travel from folder to folder. */
final class TestCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int ATTEMPTS = 100;

  private final Path root;
  private final List<Peer> peers;
  private final UnaryOperator<RaftSettings> settings;
  private final MachineFactory machines;
  private final Map<String, TestNode> running = new ConcurrentSkipListMap<>();

  TestCluster(Path root, int nodes, UnaryOperator<RaftSettings> settings, MachineFactory machines) {
    this.root = root;
    this.settings = settings;
    this.machines = machines;
    this.peers = peers(nodes);
  }

  static TestCluster of(Path root, int nodes) {
    return new TestCluster(root, nodes, UnaryOperator.identity(), MachineFactory::real);
  }

  static List<Peer> peers(int nodes) {
    List<ServerSocket> sockets = new ArrayList<>();
    List<Peer> peers = new ArrayList<>();
    try {
      for (int i = 0; i < nodes; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        sockets.add(socket);
        peers.add(new Peer("n" + i, "127.0.0.1", socket.getLocalPort()));
      }
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return peers;
  }

  List<Peer> peers() {
    return peers;
  }

  TestCluster startAll() {
    peers.forEach(peer -> start(peer.id()));
    return this;
  }

  TestNode start(String id) {
    TestNode node = node(id);
    running.put(id, node);
    return node.start();
  }

  /** A node that is not started yet. */
  TestNode node(String id) {
    return new TestNode(id, root.resolve(id), peers, settings, new FolderFetcher(), machines);
  }

  /** Brings checkpoints from the folders of the other nodes. */
  private final class FolderFetcher implements CheckpointFetcher {
    @Override
    public CompletableFuture<Path> fetch(PartitionId partition, String leader, Path into) {
      TestNode source = running.get(leader);
      if (source == null) {
        return CompletableFuture.failedFuture(new IllegalStateException(leader + " is not there"));
      }
      try (PinnedCheckpoint pinned = source.raft().pinCheckpoint(partition)) {
        Path place = into.resolve(String.valueOf(pinned.folder().getFileName()));
        FileTrees.link(pinned.folder(), place);
        return CompletableFuture.completedFuture(place);
      } catch (IOException | RuntimeException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    @Override
    public CompletableFuture<Standing> prepare(PartitionId partition, String node) {
      TestNode asked = running.get(node);
      return asked == null
          ? CompletableFuture.failedFuture(new IllegalStateException(node + " is not there"))
          : asked.standing();
    }
  }

  void stop(TestNode node) {
    node.close();
    running.remove(node.id);
  }

  Collection<TestNode> nodes() {
    return running.values();
  }

  /** Waits for a node that leads and serves. */
  TestNode leader() {
    until(() -> nodes().stream().anyMatch(TestNode::leads));
    return nodes().stream().filter(TestNode::leads).findFirst().orElseThrow();
  }

  /** Writes through whoever leads; repeats, perhaps twice over, when the leader falls. */
  AppliedEntry write(Function<TestNode, CompletableFuture<AppliedEntry>> command) throws Exception {
    for (int attempt = 0; ; attempt++) {
      try {
        return command.apply(leader()).get(20, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof RaftFailure) || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  List<TestNode> followers(TestNode leader) {
    return nodes().stream().filter(node -> node != leader).toList();
  }

  /** Waits until all running nodes applied the same entries. */
  void untilEqual() {
    TestNode first = nodes().iterator().next();
    until(() ->
        nodes().stream()
            .allMatch(node -> node.applied() == first.applied() && node.hash() == first.hash()));
  }

  static void until(Callable<Boolean> condition) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(condition);
  }

  @Override
  public void close() {
    running.values().parallelStream().forEach(TestNode::close);
  }
}
