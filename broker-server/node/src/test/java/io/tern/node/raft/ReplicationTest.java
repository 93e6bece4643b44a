package io.tern.node.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.Decision;
import io.tern.state.EntryTime;
import io.tern.state.MachineImage;
import io.tern.state.PartitionId;
import io.tern.state.PartitionImage;
import io.tern.state.ReplicatedMachine;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.partition.PartitionMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What replication promises to the node, with one and three real nodes in this process. */
class ReplicationTest {
  /** Memory that leaves the least to each segment, so that the log is purged early. */
  private static final long SMALL_SEGMENTS = 16 << 20;

  @TempDir Path folder;

  @Test
  void a_node_alone_applies_and_remembers() throws Exception {
    try (TestCluster cluster = TestCluster.of(folder, 1).startAll()) {
      TestNode node = cluster.leader();
      fill(cluster, 100, 100);
      long hash = node.hash();
      cluster.stop(node);

      TestNode again = cluster.start("n0");
      TestCluster.until(again::leads);
      assertThat(again.hash()).isEqualTo(hash);
      assertThat(again.fatal).isEmpty();
    }
  }

  /** The page of replicas failed while Ratis had no log yet. */
  @Test
  void where_it_stands_may_be_asked_while_it_opens() throws Exception {
    try (TestCluster cluster = TestCluster.of(folder, 1);
        TestNode node = cluster.node("n0")) {
      CompletableFuture<TestNode> started = CompletableFuture.supplyAsync(node::start);
      while (!node.leads()) {
        assertThat(node.raft().statuses()).hasSize(1);
      }
      started.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_restart_goes_on_from_the_checkpoint() throws Exception {
    try (TestCluster cluster = TestCluster.of(folder, 1).startAll()) {
      TestNode node = cluster.leader();
      fill(cluster, 50, 100);
      node.raft().takeCheckpoint(TestNode.PARTITION).get(20, TimeUnit.SECONDS);
      long checkpoint = node.checkpointIndex();
      assertThat(checkpoint).isGreaterThanOrEqualTo(50);
      more(cluster, 20, 100);
      long hash = node.hash();
      cluster.stop(node);

      TestNode again = cluster.start("n0");
      TestCluster.until(again::leads);
      assertThat(again.events).startsWith("opened " + checkpoint, "applied " + (checkpoint + 1));
      assertThat(again.hash()).isEqualTo(hash);
    }
  }

  @Test
  void a_grown_log_is_kept_short_by_checkpoints() throws Exception {
    try (TestCluster cluster = cluster(1, 2 << 20)) {
      TestNode node = cluster.startAll().leader();
      fill(cluster, 1, 1);
      for (int round = 0; round < 3; round++) {
        long before = node.checkpointIndex();
        more(cluster, 8, 1_000_000);
        TestCluster.until(() -> node.checkpointIndex() > before);
      }
      TestCluster.until(
          () -> !Files.exists(node.current().resolve("log_0-4")) && firstLogged(node) > 0);
      assertThat(node.fatal).isEmpty();
    }
  }

  @Test
  void three_nodes_agree_and_a_barrier_reads_at_each() throws Exception {
    try (TestCluster cluster = TestCluster.of(folder, 3).startAll()) {
      TestNode leader = cluster.leader();
      fill(cluster, 1, 1);
      for (int i = 0; i < 20; i++) {
        more(cluster, 1, 100);
        for (TestNode node : List.copyOf(cluster.nodes())) {
          long before = leader.applied();
          TestCluster.until(() -> passed(node));
          assertThat(node.applied()).isGreaterThanOrEqualTo(before);
        }
      }
      cluster.untilEqual();
      for (TestNode node : cluster.nodes()) {
        ReplicaStatus status = node.raft().statuses().getFirst();
        assertThat(status.appliedIndex()).isEqualTo(leader.applied());
        assertThat(status.hash()).isEqualTo(leader.hash());
      }
      TestNode follower = cluster.followers(leader).getFirst();
      assertThat(kindOf(follower.send(new byte[1]))).isEqualTo(RaftFailure.Kind.NOT_LEADER);
      assertThat(follower.raft().leader(TestNode.PARTITION)).isEqualTo(leader.id);
      TestCluster.until(() -> leader.id.equals(follower.followed.get(TestNode.PARTITION)));
    }
  }

  @Test
  void a_leader_hands_over_and_another_takes_over_from_a_dead_one() throws Exception {
    try (TestCluster cluster = TestCluster.of(folder, 3).startAll()) {
      TestNode first = cluster.leader();
      fill(cluster, 10, 100);
      cluster.untilEqual();
      TestCluster.until(() -> handedOver(first));
      TestNode second = cluster.leader();
      assertThat(second).isNotSameAs(first);
      more(cluster, 10, 100);
      TestCluster.until(() -> first.events.stream().anyMatch(event -> event.startsWith("ended")));

      cluster.stop(second);
      TestNode third = cluster.leader();
      more(cluster, 10, 100);
      cluster.start(second.id);
      cluster.untilEqual();
      List.of(first, second, third).forEach(ReplicationTest::termsAlternate);
      assertThat(cluster.nodes()).allSatisfy(node -> assertThat(node.fatal).isEmpty());
    }
  }

  @Test
  void a_follower_behind_the_purged_log_gets_the_checkpoint() throws Exception {
    try (TestCluster cluster = cluster(3, 2 << 20)) {
      TestNode leader = cluster.startAll().leader();
      fill(cluster, 1, 1);
      TestNode late = cluster.followers(leader).getFirst();
      cluster.stop(late);
      purgeBeyond(cluster, late.applied());

      TestNode back = cluster.start(late.id);
      cluster.untilEqual();
      assertThat(back.opened).hasValue(2);
      assertThat(back.checkpointIndex()).isGreaterThan(late.applied());
      assertThat(back.data.resolve("partitions")).isNotEmptyDirectory();
      more(cluster, 5, 100);
      cluster.untilEqual();
      assertThat(cluster.nodes()).allSatisfy(node -> assertThat(node.fatal).isEmpty());
    }
  }

  @Test
  void a_follower_that_lost_its_log_but_not_its_vote_gets_the_checkpoint() throws Exception {
    try (TestCluster cluster = cluster(3, 2 << 20)) {
      TestNode leader = cluster.startAll().leader();
      fill(cluster, 1, 1);
      TestNode late = cluster.followers(leader).getFirst();
      purgeBeyond(cluster, late.applied());
      cluster.untilEqual();
      cluster.stop(late);
      try (Stream<Path> files = Files.list(late.current())) {
        for (Path file : files.filter(each -> SegmentFile.of(each).isPresent()).toList()) {
          Files.delete(file);
        }
      }
      FileTrees.delete(late.data.resolve("partitions"));

      cluster.start(late.id);
      cluster.untilEqual();
      more(cluster, 5, 100);
      cluster.untilEqual();
      assertThat(cluster.nodes()).allSatisfy(node -> assertThat(node.fatal).isEmpty());
    }
  }

  /** What helps a follower that Ratis leaves behind when there is no third node to lead. */
  @Test
  void a_leader_without_a_successor_steps_down_for_a_new_term() throws Exception {
    try (TestCluster cluster = cluster(3, 2 << 20)) {
      TestNode leader = cluster.startAll().leader();
      cluster.stop(cluster.followers(leader).getFirst());
      long term = leader.raft().status(TestNode.PARTITION).term();
      leader.raft().endTerm(TestNode.PARTITION, null).get(20, TimeUnit.SECONDS);
      fill(cluster, 1, 1);
      assertThat(leader.raft().status(TestNode.PARTITION).term()).isGreaterThan(term);
    }
  }

  /** Ratis would ask it again and again to get a checkpoint that it has. */
  @Test
  void a_follower_whose_checkpoint_ends_where_the_leaders_log_begins_gets_entries()
      throws Exception {
    try (TestCluster cluster = cluster(3, 2 << 20)) {
      TestNode late = cluster.followers(cluster.startAll().leader()).getFirst();
      fill(cluster, 1, 1);
      cluster.untilEqual();
      checkpoint(List.of(late));
      long kept = late.checkpointIndex();
      assertThat(kept).isEqualTo(late.applied());
      cluster.stop(late);
      // A new term begins a new segment, so that a log can be purged up to just there.
      TestNode former = cluster.leader();
      cluster.stop(former);
      cluster.start(former.id);
      for (int i = 0; i < 2; i++) {
        more(cluster, 5, 100);
        cluster.untilEqual();
        checkpoint(cluster.nodes());
      }
      for (TestNode node : cluster.nodes()) {
        TestCluster.until(() -> firstLogged(node) == kept + 1);
      }

      TestNode back = cluster.start(late.id);
      cluster.untilEqual();
      assertThat(back.opened).hasValue(1);
      assertThat(cluster.nodes()).allSatisfy(node -> assertThat(node.fatal).isEmpty());
    }
  }

  @Test
  void an_entry_of_a_leader_without_followers_ends_unknown() throws Exception {
    try (TestCluster cluster = TestCluster.of(folder, 3).startAll()) {
      TestNode leader = cluster.leader();
      fill(cluster, 1, 1);
      List<TestNode> others = cluster.followers(leader);
      CompletableFuture<Void> stopping =
          CompletableFuture.allOf(
              others.stream()
                  .map(other -> CompletableFuture.runAsync(other::close))
                  .toArray(CompletableFuture[]::new));
      RaftFailure.Kind kind = null;
      while (kind == null) {
        kind = kindOf(leader.send(new byte[1]));
      }
      assertThat(kind).isEqualTo(RaftFailure.Kind.UNKNOWN);
      stopping.get(20, TimeUnit.SECONDS);
      TestCluster.until(() -> leader.events.stream().anyMatch(event -> event.startsWith("ended")));
    }
  }

  @Test
  void a_machine_that_breaks_ends_the_node() throws Exception {
    MachineFactory broken = (partition, image) -> new BrokenMachine(image);
    try (TestCluster cluster = new TestCluster(folder, 1, settings -> settings, broken)) {
      TestNode node = cluster.startAll().leader();
      CompletableFuture<?> never = node.submit(new Command.Tick());
      TestCluster.until(() -> !node.fatal.isEmpty());
      assertThat(node.fatal.getFirst()).hasRootCauseMessage("an invariant is broken");
      assertThatThrownBy(() -> never.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(RaftFailure.class);
    }
  }

  private TestCluster cluster(int nodes, long snapshotLogBytes) {
    return new TestCluster(
        folder,
        nodes,
        settings ->
            new RaftSettings(
                settings.data(),
                SMALL_SEGMENTS,
                settings.electionMinMillis(),
                settings.electionMaxMillis(),
                settings.firstElectionMinMillis(),
                settings.firstElectionMaxMillis(),
                snapshotLogBytes,
                600_000),
        MachineFactory::real);
  }

  private static void fill(TestCluster cluster, int messages, int bytes) throws Exception {
    cluster.write(TestNode::installQueue);
    more(cluster, messages, bytes);
  }

  private static void more(TestCluster cluster, int messages, int bytes) throws Exception {
    for (int i = 0; i < messages; i++) {
      cluster.write(leader -> leader.send(new byte[bytes]));
    }
  }

  /** Writes until the log of whoever leads begins after that entry. */
  private static void purgeBeyond(TestCluster cluster, long index) throws Exception {
    while (firstLogged(cluster.leader()) <= index + 1) {
      more(cluster, 4, 1_000_000);
      checkpoint(cluster.nodes());
    }
  }

  private static void checkpoint(Collection<TestNode> nodes) throws Exception {
    for (TestNode node : nodes) {
      node.raft().takeCheckpoint(TestNode.PARTITION).get(20, TimeUnit.SECONDS);
    }
  }

  private static long firstLogged(TestNode node) throws Exception {
    try (Stream<Path> files = Files.list(node.current())) {
      return files
          .flatMap(path -> SegmentFile.of(path).stream())
          .mapToLong(SegmentFile::firstIndex)
          .min()
          .orElse(-1);
    }
  }

  private static boolean passed(TestNode node) throws Exception {
    return kindOf(node.raft().barrier(TestNode.PARTITION)) == null;
  }

  private static boolean handedOver(TestNode leader) throws Exception {
    var _ = kindOf(leader.raft().transferLeadership(TestNode.PARTITION, null));
    return !leader.leads();
  }

  private static RaftFailure.@Nullable Kind kindOf(CompletableFuture<?> outcome) throws Exception {
    try {
      outcome.get(20, TimeUnit.SECONDS);
      return null;
    } catch (ExecutionException e) {
      return e.getCause() instanceof RaftFailure failure ? failure.kind() : null;
    }
  }

  private static void termsAlternate(TestNode node) {
    List<String> terms =
        node.events.stream().filter(e -> e.startsWith("began") || e.startsWith("ended")).toList();
    for (int i = 0; i < terms.size(); i++) {
      assertThat(terms.get(i)).startsWith(i % 2 == 0 ? "began" : "ended");
    }
  }

  /** Decides as the real one and breaks when a fact is to become true. */
  private static final class BrokenMachine implements ReplicatedMachine {
    private final ReplicatedMachine real;

    BrokenMachine(@Nullable MachineImage image) {
      real =
          image instanceof PartitionImage kept
              ? PartitionMachine.of(kept)
              : PartitionMachine.empty();
    }

    @Override
    public List<Change> advance(EntryTime time) {
      return real.advance(time);
    }

    @Override
    public Decision decide(Command command, EntryTime time) {
      return real.decide(command, time);
    }

    @Override
    public void evolve(Change change) {
      throw new IllegalStateException("an invariant is broken");
    }

    @Override
    public MachineImage image() {
      return real.image();
    }

    @Override
    public long hash() {
      return real.hash();
    }

    @Override
    public long nextWakeUpMillis() {
      return real.nextWakeUpMillis();
    }

    @Override
    public List<PartitionId> waitingDestinations() {
      return real.waitingDestinations();
    }

    @Override
    public List<OutboxEntry> waiting(PartitionId destination, long afterNumber, int limit) {
      return real.waiting(destination, afterNumber, limit);
    }
  }
}
