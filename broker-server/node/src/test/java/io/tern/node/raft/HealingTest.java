package io.tern.node.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.disk.CheckpointManifest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.ratis.grpc.metrics.GrpcServerMetrics;
import org.apache.ratis.metrics.RatisMetricRegistry;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damages the files of one of three real nodes: it comes back whole, or says why it cannot. */
class HealingTest {
  private static final String SICK = "n2";

  /** See the retry policy of {@link RatisProperties}. */
  private static final int ERRORS_BEFORE_LONG_RESTS = 30;

  @TempDir Path folder;

  @Test
  void a_flipped_bit_in_the_log_is_healed_by_the_others() throws Exception {
    healsAfter(data -> flip(largest(TestNode.current(data), "log_"), 0.5));
  }

  @Test
  void a_lost_vote_is_healed_and_cannot_be_given_again() throws Exception {
    healsAfter(data -> flip(TestNode.current(data).resolve("raft-meta"), 0.7));
    // The vote of that term is its own, so it is nobody else's.
    VoteFile vote = new VoteFile(TestNode.current(folder.resolve(SICK)));
    assertThat(vote.damage()).isEmpty();
  }

  /** What operations tells people to do with a node whose disk is lost. */
  @Test
  void an_empty_folder_that_is_marked_becomes_a_replica() throws Exception {
    healsAfter(data -> {
      FileTrees.delete(data);
      Files.createDirectories(data.resolve("partitions/1"));
      Files.createFile(data.resolve("partitions/1/healing"));
    });
  }

  @Test
  void damaged_checkpoints_whose_log_is_gone_are_healed() throws Exception {
    healsAfter(data -> {
      for (Path checkpoint : entries(checkpoints(data))) {
        flip(checkpoint.resolve(CheckpointManifest.FILE_NAME), 0.5);
      }
      // What was purged behind them is played by a log that begins later.
      for (Path segment : entries(TestNode.current(data))) {
        if (String.valueOf(segment.getFileName()).startsWith("log_")) {
          Files.delete(segment);
        }
      }
    });
  }

  @Test
  void an_interrupted_healing_goes_on_at_the_next_start() throws Exception {
    try (TestCluster cluster = TestCluster.of(folder, 3).startAll()) {
      fill(cluster, 30);
      stop(cluster, SICK);
      TestNode waiting;
      for (String other : List.of("n0", "n1")) {
        stop(cluster, other);
      }
      Path data = folder.resolve(SICK);
      flip(largest(TestNode.current(data), "log_"), 0.5);
      waiting = cluster.start(SICK);
      TestCluster.until(() -> !entries(data.resolve("partitions/1"), "damaged-").isEmpty());
      assertThat(waiting.raft().isHealing(TestNode.PARTITION)).isTrue();
      assertThat(waiting.raft().statuses().getFirst().role()).isEqualTo(ReplicaStatus.Role.HEALING);
      cluster.stop(waiting);
      assertThat(data.resolve("partitions/1/healing")).exists();

      cluster.start("n0");
      cluster.start("n1");
      cluster.start(SICK);
      untilHealed(cluster);
      assertThat(entries(data.resolve("partitions/1"), "damaged-")).hasSize(1);
    }
  }

  @Test
  void a_suspect_replica_verifies_its_files_and_goes_on_when_they_are_sound() throws Exception {
    try (TestCluster cluster = TestCluster.of(folder, 1).startAll()) {
      fill(cluster, 30);
      TestNode node = cluster.leader();
      long hash = node.hash();
      cluster.stop(node);
      PartitionMarks marks = new PartitionMarks(folder.resolve("n0/partitions/1"));
      marks.set(PartitionMarks.Mark.SUSPECT, "a test says so");
      TestNode again = cluster.start("n0");
      TestCluster.until(again::leads);
      assertThat(again.hash()).isEqualTo(hash);
      assertThat(marks.find(PartitionMarks.Mark.SUSPECT)).isEmpty();
    }
  }

  @Test
  void a_node_alone_refuses_and_names_the_file() throws Exception {
    try (TestCluster cluster = TestCluster.of(folder, 1).startAll()) {
      fill(cluster, 30);
      cluster.stop(cluster.leader());
      Path vote = TestNode.current(folder.resolve("n0")).resolve("raft-meta");
      flip(vote, 0.7);
      try (TestNode node = cluster.node("n0")) {
        assertThatThrownBy(node::start)
            .isInstanceOf(PartitionDamaged.class)
            .hasMessageContaining(vote.toString());
      }
    }
  }

  /**
   * What the leader knows of it is older than its checkpoint: that is said twice, to a heartbeat
   * and to entries, and not for seconds until another leads.
   */
  @Test
  void a_healed_replica_is_soon_understood_by_the_leader_it_had() throws Exception {
    try (TestCluster cluster = TestCluster.of(folder, 3).startAll()) {
      fill(cluster, 30);
      cluster.untilEqual();
      stop(cluster, SICK);
      // So long that the leader rests after each error, for longer than between heartbeats.
      TestNode leader = cluster.leader();
      RatisMetricRegistry counted = countedOf(leader);
      TestCluster.until(() ->
          counted.counter(GrpcServerMetrics.RATIS_GRPC_METRICS_REQUEST_RETRY_COUNT).getCount()
              > ERRORS_BEFORE_LONG_RESTS);
      more(cluster, 5);
      flip(largest(TestNode.current(folder.resolve(SICK)), "log_"), 0.5);
      long before = StuckFollowers.contradictions(counted, SICK);

      cluster.start(SICK);
      untilHealed(cluster);
      assertThat(StuckFollowers.contradictions(counted, SICK) - before).isLessThan(5);
    }
  }

  private static RatisMetricRegistry countedOf(TestNode leader) {
    return StuckFollowers.metrics(
            RaftGroupMemberId.valueOf(
                RaftPeerId.valueOf(leader.id), RatisNames.group(TestNode.PARTITION)))
        .orElseThrow();
  }

  /** What happens to the data folder of a node that was stopped. */
  private interface Damage {
    void in(Path data) throws IOException;
  }

  private void healsAfter(Damage damage) throws Exception {
    try (TestCluster cluster = TestCluster.of(folder, 3).startAll()) {
      fill(cluster, 30);
      for (TestNode node : cluster.nodes()) {
        node.raft().takeCheckpoint(TestNode.PARTITION).get(20, TimeUnit.SECONDS);
      }
      more(cluster, 20);
      cluster.untilEqual();
      stop(cluster, SICK);
      more(cluster, 5);
      Path data = folder.resolve(SICK);
      damage.in(data);

      TestNode sick = cluster.start(SICK);
      untilHealed(cluster);
      assertThat(data.resolve("partitions/1/healing")).doesNotExist();
      assertThat(entries(data.resolve("partitions/1"), "damaged-")).hasSize(1);

      // From now on every acknowledgement needs the one that was healed.
      stop(cluster, "n0");
      more(cluster, 10);
      cluster.untilEqual();
      assertThat(sick.fatal).isEmpty();
      // And it starts as any other.
      cluster.stop(sick);
      cluster.start("n0");
      cluster.start(SICK);
      more(cluster, 1);
      cluster.untilEqual();
    }
  }

  private static void untilHealed(TestCluster cluster) throws Exception {
    TestCluster.until(() ->
        cluster.nodes().stream().noneMatch(node -> node.raft().isHealing(TestNode.PARTITION)));
    more(cluster, 1);
    cluster.untilEqual();
  }

  private static void stop(TestCluster cluster, String id) {
    TestNode node =
        cluster.nodes().stream().filter(running -> running.id.equals(id)).findFirst().orElseThrow();
    cluster.stop(node);
  }

  private static void fill(TestCluster cluster, int messages) throws Exception {
    cluster.write(TestNode::installQueue);
    more(cluster, messages);
  }

  private static void more(TestCluster cluster, int messages) throws Exception {
    for (int i = 0; i < messages; i++) {
      cluster.write(node -> node.send(new byte[2_000]));
    }
  }

  private static Path checkpoints(Path data) {
    return data.resolve("partitions/1/checkpoints");
  }

  private static Path largest(Path in, String prefix) throws IOException {
    Path largest = in;
    long bytes = -1;
    for (Path file : entries(in, prefix)) {
      if (Files.size(file) > bytes) {
        bytes = Files.size(file);
        largest = file;
      }
    }
    return largest;
  }

  private static List<Path> entries(Path in) throws IOException {
    return entries(in, "");
  }

  private static List<Path> entries(Path in, String prefix) throws IOException {
    Predicate<Path> wanted = path -> String.valueOf(path.getFileName()).startsWith(prefix);
    try (Stream<Path> entries = Files.list(in)) {
      return entries.filter(wanted).toList();
    }
  }

  /** Flips a bit; of a preallocated segment, within what is written. */
  private static void flip(Path file, double share) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long written = SegmentFile.of(file).isPresent() ? writtenBytes(file) : bytes.length();
      long place = (long) (written * share);
      bytes.seek(place);
      int octet = bytes.read();
      bytes.seek(place);
      bytes.write(octet ^ 0x10);
    }
  }

  private static long writtenBytes(Path segment) throws IOException {
    return SegmentFile.of(segment).orElseThrow().read(RaftSettings.APPEND_BYTES)
            instanceof SegmentFile.Finding.Whole whole
        ? whole.endOffset()
        : 0;
  }
}
