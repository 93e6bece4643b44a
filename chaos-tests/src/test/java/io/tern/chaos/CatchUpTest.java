package io.tern.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A node that was away catches up: from the log, or from a snapshot when the others have purged
 * theirs. That it did is shown by taking another node away: each further acknowledgement then needs
 * the one that came back, and everything acknowledged must still be there.
 */
class CatchUpTest {
  private static final long SNAPSHOT_LOG_BYTES = 1024 * 1024;
  private static final int SMALL_PAD_BYTES = 500;

  /** Large, so that few messages fill the segments of a log: only whole segments are purged. */
  private static final int LARGE_PAD_BYTES = 100_000;

  private static final int LARGE_AT_ONCE = 100;
  private static final int MAX_ROUNDS = 10;

  @Test
  void fromTheLog() {
    ClusterSpec spec = ClusterSpec.ofNodes("catchup-log", 3);
    comesBackAfter(spec, (cluster, ledger) -> send(cluster, ledger, 200, SMALL_PAD_BYTES));
  }

  @Test
  void fromASnapshotWhenTheLogIsGone() {
    ClusterSpec spec =
        ClusterSpec.ofNodes("catchup-snapshot", 3).snapshotLogBytes(SNAPSHOT_LOG_BYTES);
    comesBackAfter(spec, CatchUpTest::sendUntilLogsArePurged);
  }

  /** What happens while the node is away. */
  private interface Absence {
    void pass(TernCluster cluster, Ledger ledger);
  }

  private static void comesBackAfter(ClusterSpec spec, Absence absence) {
    Ledger ledger = new Ledger();
    try (TernCluster cluster = TernCluster.start(spec);
        SqsClient sqs = SdkClient.of(cluster.endpoints().getFirst())) {
      sqs.createQueue(r -> r.queueName("catchup"));
      send(cluster, ledger, 20, SMALL_PAD_BYTES);

      NodeProcess away = cluster.node(2);
      away.kill();
      absence.pass(cluster, ledger);
      away.start();
      away.awaitReady();

      // Twice, so that each of the others has once been missing.
      cluster.node(0).kill();
      send(cluster, ledger, 20, SMALL_PAD_BYTES);
      cluster.node(0).start();
      cluster.node(0).awaitReady();
      cluster.node(1).kill();
      send(cluster, ledger, 20, SMALL_PAD_BYTES);

      List<URI> alive = List.of(away.address().endpoint(), cluster.node(0).address().endpoint());
      try (Receiver receiver = Receiver.start(List.of("catchup"), alive, ledger)) {
        receiver.drain();
      }
      ledger.judge();
    }
  }

  private static void sendUntilLogsArePurged(TernCluster cluster, Ledger ledger) {
    for (int round = 0; round < MAX_ROUNDS && !logsArePurged(cluster); round++) {
      send(cluster, ledger, LARGE_AT_ONCE, LARGE_PAD_BYTES);
    }
    assertThat(logsArePurged(cluster))
        .as("both nodes purged their logs after " + ledger.acknowledgedCount() + " messages")
        .isTrue();
  }

  /** What is gone is far more than the node that is away has: whole segments of large messages. */
  private static boolean logsArePurged(TernCluster cluster) {
    return RaftLogFiles.highestFirstIndex(cluster.dataOf(cluster.node(0))) > 0
        && RaftLogFiles.highestFirstIndex(cluster.dataOf(cluster.node(1))) > 0;
  }

  /** Sends until so many more are acknowledged. */
  private static void send(TernCluster cluster, Ledger ledger, int count, int maxPadBytes) {
    int wanted = ledger.acknowledgedCount() + count;
    JavaLoad.Plan plan = new JavaLoad.Plan("java-" + wanted + "-", 8, "catchup", 0, maxPadBytes);
    try (JavaLoad load = JavaLoad.start(plan, cluster.endpoints(), ledger)) {
      await(load.name() + " sends " + count)
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> ledger.acknowledgedCount() >= wanted);
    }
  }
}
