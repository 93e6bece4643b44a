package io.tern.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The disk of one of three nodes runs full: it leaves with one line that says what to do, the
 * others go on, and with more room it comes back and has everything. Skipped where nothing can be
 * mounted.
 */
class FullDiskTest {
  private static final String QUEUE = "full";
  private static final long MEBIBYTE = 1024 * 1024;
  private static final int EXIT_ON_FAULT = 70;

  @Test
  void theNodeLeavesAndComesBack() {
    Ledger ledger = new Ledger();
    try (TernCluster cluster = TernCluster.start(ClusterSpec.ofNodes("full", 3));
        SqsClient sqs = SdkClient.of(cluster.endpoints().getFirst())) {
      sqs.createQueue(r -> r.queueName(QUEUE));
      send(cluster, ledger, 20);
      NodeProcess node = cluster.node(2);
      node.kill();
      Optional<SmallDisk> mounted = SmallDisk.under(cluster.dataOf(node), 24 * MEBIBYTE);
      assumeTrue(mounted.isPresent(), "file systems can be mounted here");
      try (SmallDisk disk = mounted.get()) {
        leavesAndComesBack(cluster, node, disk, ledger);
        node.end();
      }
      ledger.judge();
    }
  }

  private static void leavesAndComesBack(
      TernCluster cluster, NodeProcess node, SmallDisk disk, Ledger ledger) {
    node.start();
    node.awaitReady();
    disk.fill();
    send(cluster, ledger, 100);
    assertThat(node.awaitEnd()).isEqualTo(EXIT_ON_FAULT);
    assertThat(lines(node, "ERROR", "is full: make room, then start the node again")).isPositive();

    disk.fill();
    node.start();
    assertThat(node.awaitEnd()).isEqualTo(1);
    assertThat(lines(node, "tern: the disk of", "is full: make room, then start")).isEqualTo(1);

    disk.grow(200 * MEBIBYTE);
    node.start();
    node.awaitReady();
    send(cluster, ledger, 20);
    cluster.node(0).kill();
    send(cluster, ledger, 20);
    cluster.node(0).start();
    cluster.node(0).awaitReady();
    try (Receiver receiver = Receiver.start(List.of(QUEUE), cluster.endpoints(), ledger)) {
      receiver.drain();
    }
  }

  private static long lines(NodeProcess node, String start, String text) {
    try {
      return Files.readAllLines(node.log()).stream()
          .filter(line -> line.contains(start) && line.contains(text))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(TernCluster cluster, Ledger ledger, int count) {
    int wanted = ledger.acknowledgedCount() + count;
    JavaLoad.Plan plan = new JavaLoad.Plan("full-" + wanted + "-", 4, QUEUE, 0, 50_000);
    try (JavaLoad load = JavaLoad.start(plan, cluster.endpoints(), ledger)) {
      await(load.name() + " sends " + count)
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> ledger.acknowledgedCount() >= wanted);
    }
  }
}
