package io.tern.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Flipped bits in the files of one of three nodes, one kind after another: the node names the file,
 * is healed from the others, agrees with them, and carries the majority afterwards. Nothing that
 * was acknowledged is missing at the end, and nothing altered was served.
 */
class HealTest {
  private static final String QUEUE = "heal";
  private static final long SNAPSHOT_LOG_BYTES = 1024 * 1024;
  private static final int PAD_BYTES = 60_000;

  /** More than the newest messages that a leader keeps in memory. */
  private static final int BACKLOG = 400;

  @Test
  void eachKindOfDamage() {
    Ledger ledger = new Ledger();
    ClusterSpec spec = ClusterSpec.ofNodes("heal", 3).snapshotLogBytes(SNAPSHOT_LOG_BYTES);
    try (TernCluster cluster = TernCluster.start(spec);
        SqsClient sqs = SdkClient.of(cluster.endpoints().getFirst())) {
      sqs.createQueue(r -> r.queueName(QUEUE));
      send(cluster, ledger, BACKLOG);
      int partition = busiestPartition(cluster.node(0));
      await("each has a checkpoint")
          .until(() ->
              cluster.nodes().stream()
                  .allMatch(node -> new DataFiles(cluster.dataOf(node)).hasCheckpoint(partition)));

      readingDamagedTablesEndsTheNode(cluster, partition);
      send(cluster, ledger, 10);
      healed(cluster, cluster.node(2), partition, DataFiles::rotLog);
      send(cluster, ledger, 10);
      healed(cluster, cluster.node(1), partition, DataFiles::rotVote);
      send(cluster, ledger, 10);
      healed(cluster, cluster.node(0), partition, DataFiles::rotManifests);
      send(cluster, ledger, 10);

      // With each of these away, the two others are healed ones, and both are needed.
      for (NodeProcess missing : List.of(cluster.node(0), cluster.node(1))) {
        missing.kill();
        send(cluster, ledger, 10);
        missing.start();
        missing.awaitReady();
      }
      untilEqual(cluster);
      try (Receiver receiver = Receiver.start(List.of(QUEUE), cluster.endpoints(), ledger)) {
        receiver.drain();
      }
      ledger.judge();
    }
  }

  /** The one that holds the queue. */
  private static int busiestPartition(NodeProcess node) {
    return node.replicas().stream()
        .filter(replica -> replica.partition() > 0)
        .max(Comparator.comparingLong(ReplicaState::applied))
        .orElseThrow()
        .partition();
  }

  private static void healed(
      TernCluster cluster, NodeProcess node, int partition, BiConsumer<DataFiles, Integer> damage) {
    // A replica that was just healed has no log until the first entry after its snapshot.
    untilEqual(cluster);
    node.kill();
    damage.accept(new DataFiles(cluster.dataOf(node)), partition);
    long before = lines(node, "takes no part, and is healed");
    node.start();
    node.awaitReady();
    untilEqual(cluster);
    assertThat(lines(node, "takes no part, and is healed")).isEqualTo(before + 1);
  }

  private static void readingDamagedTablesEndsTheNode(TernCluster cluster, int partition) {
    NodeProcess leader =
        cluster.nodes().stream()
            .filter(node ->
                node.replicas().stream()
                    .anyMatch(r -> r.partition() == partition && r.role().equals("leader")))
            .findFirst()
            .orElseThrow();
    new DataFiles(cluster.dataOf(leader)).rotOpenTables(partition);
    // The oldest messages are in no cache; whether the caller hears of it does not matter.
    try (SqsClient impatient = SdkClient.of(leader.address().endpoint(), Duration.ofSeconds(5))) {
      await("the leader reads what is damaged")
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptions()
          .until(() -> {
            if (leader.isAlive()) {
              impatient.receiveMessage(
                  r -> r.queueUrl(QUEUE).maxNumberOfMessages(10).visibilityTimeout(1));
            }
            return !leader.isAlive();
          });
    }
    assertThat(leader.awaitEnd()).isEqualTo(70);
    // A read names the partition; a flush or compaction that comes first names its file.
    String damaged = "damaged data was read and not used: ";
    assertThat(
            lines(leader, damaged + "Partition " + partition)
                + lines(leader, damaged + "The database failed"))
        .isEqualTo(1);
    assertThat(lines(leader, damaged)).isEqualTo(1);
    leader.start();
    leader.awaitReady();
    untilEqual(cluster);
  }

  private static void untilEqual(TernCluster cluster) {
    await("replicas have equal hashes at equal entries")
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          List<List<ReplicaState>> all =
              cluster.nodes().stream().map(NodeProcess::replicas).toList();
          return all.stream().map(HealTest::comparable).distinct().count() == 1
              && !all.getFirst().isEmpty();
        });
  }

  private static List<String> comparable(List<ReplicaState> replicas) {
    return replicas.stream()
        .map(replica -> replica.partition() + " " + replica.applied() + " " + replica.hash())
        .toList();
  }

  private static long lines(NodeProcess node, String text) {
    try {
      return Files.readAllLines(node.log()).stream().filter(line -> line.contains(text)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(TernCluster cluster, Ledger ledger, int count) {
    int wanted = ledger.acknowledgedCount() + count;
    JavaLoad.Plan plan = new JavaLoad.Plan("heal-" + wanted + "-", 8, QUEUE, 0, PAD_BYTES);
    try (JavaLoad load = JavaLoad.start(plan, cluster.endpoints(), ledger)) {
      await(load.name() + " sends " + count)
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> ledger.acknowledgedCount() >= wanted);
    }
  }
}
