package io.tern.chaos;

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
  private static final long SNAPSHOT_LOG_BYTES = 256 * 1024;
  private static final int MESSAGES_WHILE_AWAY = 3_000;

  @Test
  void fromTheLog() {
    comesBackAfter("catchup-log", ClusterSpec.ofNodes("catchup-log", 3), 200);
  }

  @Test
  void fromASnapshotWhenTheLogIsGone() {
    comesBackAfter(
        "catchup-snapshot",
        ClusterSpec.ofNodes("catchup-snapshot", 3).snapshotLogBytes(SNAPSHOT_LOG_BYTES),
        MESSAGES_WHILE_AWAY);
  }

  private static void comesBackAfter(String queue, ClusterSpec spec, int messages) {
    Ledger ledger = new Ledger();
    try (TernCluster cluster = TernCluster.start(spec);
        SqsClient sqs = SdkClient.of(cluster.endpoints().getFirst())) {
      sqs.createQueue(r -> r.queueName(queue));
      send(cluster, queue, ledger, 20);

      NodeProcess away = cluster.node(2);
      away.kill();
      send(cluster, queue, ledger, messages);
      away.start();
      away.awaitReady();

      cluster.node(0).kill();
      send(cluster, queue, ledger, 20);
      // Twice: with the one left that was never away, and without it.
      cluster.node(0).start();
      cluster.node(0).awaitReady();
      cluster.node(1).kill();
      send(cluster, queue, ledger, 20);

      List<URI> alive =
          List.of(cluster.node(2).address().endpoint(), cluster.node(0).address().endpoint());
      try (Receiver receiver = Receiver.start(List.of(queue), alive, ledger)) {
        receiver.drain();
      }
      ledger.judge();
    }
  }

  /** Sends until so many more are acknowledged. */
  private static void send(TernCluster cluster, String queue, Ledger ledger, int count) {
    int wanted = ledger.acknowledgedCount() + count;
    try (JavaLoad load =
        JavaLoad.start("java-" + wanted + "-", 8, queue, 0, cluster.endpoints(), ledger)) {
      await(load.name() + " sends " + count)
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> ledger.acknowledgedCount() >= wanted);
    }
  }
}
