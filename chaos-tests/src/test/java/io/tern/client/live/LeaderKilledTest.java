package io.tern.client.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tern.chaos.ClusterSpec;
import io.tern.chaos.NodeProcess;
import io.tern.chaos.TernCluster;
import io.tern.client.Consumer;
import io.tern.client.OutgoingMessage;
import io.tern.client.Producer;
import io.tern.client.SendResult;
import io.tern.client.TernClient;
import io.tern.proto.messaging.LocateRequest;
import io.tern.proto.messaging.LocateResult;
import io.tern.proto.messaging.MessagingGrpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Three nodes, and the one that leads the queue is killed while streams are at work. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeaderKilledTest {
  private static final Duration PATIENT = Duration.ofSeconds(90);
  private static final int GROUPS = 5;

  private final TernCluster cluster = TernCluster.start(ClusterSpec.ofNodes("client-kill", 3));
  private final TernClient client = TernClient.builder().endpoints(cluster.grpcTargets()).build();

  @AfterAll
  void close() {
    client.close();
    cluster.close();
  }

  @Test
  void aFifoQueueHoldsEveryMessageOnceAndInOrder() {
    String queue = LiveQueues.fifo(client);
    List<CompletableFuture<SendResult>> sends = new ArrayList<>();
    try (Producer producer = client.producer(queue).build()) {
      sendWhileTheLeaderDies(queue, producer, sends);
      producer.flush();
      assertThat(producer.statistics().streams()).isGreaterThan(1);
      assertThat(sends).allMatch(sent -> !sent.isCompletedExceptionally());
    }

    Map<String, List<Integer>> seen = new ConcurrentHashMap<>();
    try (Consumer consumer = client.consumer(queue).build()) {
      consumer.handle(
          message ->
              seen.computeIfAbsent(message.group(), group -> new CopyOnWriteArrayList<>())
                  .add(Integer.parseInt(message.body())),
          4);
      await()
          .atMost(PATIENT)
          .until(() -> seen.values().stream().mapToInt(List::size).sum() >= sends.size());
    }
    for (int group = 0; group < GROUPS; group++) {
      List<Integer> expected = new ArrayList<>();
      for (int number = group; number < sends.size(); number += GROUPS) {
        expected.add(number);
      }
      assertThat(seen.get("g" + group)).isEqualTo(expected);
    }
  }

  @Test
  void nothingAcknowledgedIsLostAndConsumersGoOn() {
    String queue = LiveQueues.standard(client);
    int messages = 3_000;
    Set<String> sent = new LinkedHashSet<>();
    try (Producer producer = client.producer(queue).build()) {
      for (int number = 0; number < messages; number++) {
        String body = "m" + number;
        sent.add(body);
        var _ = producer.send(OutgoingMessage.of(body));
      }
      producer.flush();
      assertThat(producer.statistics().acknowledged()).isEqualTo(messages);
    }

    Set<String> handled = ConcurrentHashMap.newKeySet();
    AtomicBoolean killed = new AtomicBoolean();
    NodeProcess leader = leaderOf(queue);
    try (Consumer consumer =
        client.consumer(queue).visibilityTimeout(Duration.ofSeconds(10)).prefetch(200).build()) {
      consumer.handle(
          message -> {
            handled.add(message.body());
            if (handled.size() > messages / 3 && killed.compareAndSet(false, true)) {
              leader.kill();
            }
          },
          4);
      await().atMost(PATIENT).until(() -> handled.size() == messages);
      await()
          .atMost(PATIENT)
          .until(() ->
              LiveQueues.visible(client, queue) == 0 && LiveQueues.inFlight(client, queue) == 0);
    } finally {
      restart(leader);
    }
    assertThat(killed).isTrue();
    assertThat(handled).isEqualTo(sent);
  }

  /** Sends to groups in turn; the leader dies after a third, and comes back at the end. */
  private void sendWhileTheLeaderDies(
      String queue, Producer producer, List<CompletableFuture<SendResult>> sends) {
    int messages = 3_000;
    NodeProcess leader = leaderOf(queue);
    for (int number = 0; number < messages; number++) {
      sends.add(
          producer.send(
              OutgoingMessage.of(Integer.toString(number)).withGroup("g" + number % GROUPS)));
      if (number == messages / 3) {
        await().atMost(PATIENT).until(() -> producer.statistics().acknowledged() > 0);
        leader.kill();
      }
    }
    await().atMost(PATIENT).until(() -> sends.stream().allMatch(CompletableFuture::isDone));
    restart(leader);
  }

  private static void restart(NodeProcess node) {
    if (!node.isAlive()) {
      node.start();
      node.awaitReady();
    }
  }

  private NodeProcess leaderOf(String queue) {
    LocateRequest request = LocateRequest.newBuilder().setQueueUrl(queue).build();
    List<NodeProcess> found = new ArrayList<>();
    await()
        .atMost(PATIENT)
        .until(() -> {
          LocateResult place = client.call(MessagingGrpc.getLocateMethod(), request);
          cluster.nodes().stream()
              .filter(node -> node.address().nodeId().equals(place.getNodeId()))
              .forEach(found::add);
          return !found.isEmpty();
        });
    return found.get(0);
  }
}
