package io.tern.client.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tern.chaos.ClusterSpec;
import io.tern.chaos.TernCluster;
import io.tern.client.BufferPolicy;
import io.tern.client.Consumer;
import io.tern.client.OutgoingMessage;
import io.tern.client.Producer;
import io.tern.client.ReceivedMessage;
import io.tern.client.SendResult;
import io.tern.client.TernClient;
import io.tern.client.TernClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Producers and consumers against one node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamsTest {
  private static final Duration PATIENT = Duration.ofSeconds(30);

  private final TernCluster cluster = TernCluster.start(ClusterSpec.ofNodes("client-streams", 1));
  private final TernClient client = TernClient.builder().endpoints(cluster.grpcTargets()).build();

  @AfterAll
  void close() {
    client.close();
    cluster.close();
  }

  @Test
  void whatIsSentIsReceivedOnceAndLeavesTheQueue() {
    String queue = LiveQueues.standard(client);
    int messages = 2_000;
    try (Producer producer = client.producer(queue).build()) {
      List<CompletableFuture<SendResult>> sends = send(producer, messages);
      producer.flush();
      assertThat(sends).allMatch(sent -> !sent.join().messageId().isEmpty());
      assertThat(producer.statistics().acknowledged()).isEqualTo(messages);
      // Messages that are sent together travel together.
      assertThat(producer.statistics().batches()).isLessThan(messages / 20);
    }
    Map<String, Integer> received = new HashMap<>();
    try (Consumer consumer = client.consumer(queue).build()) {
      List<CompletableFuture<Void>> settled = new ArrayList<>();
      while (received.size() < messages) {
        List<ReceivedMessage> polled = consumer.poll(PATIENT);
        assertThat(polled).isNotEmpty();
        for (ReceivedMessage message : polled) {
          received.merge(message.body(), 1, Integer::sum);
          settled.add(consumer.acknowledge(message));
        }
      }
      settled.forEach(CompletableFuture::join);
    }
    assertThat(received.values()).containsOnly(1);
    await()
        .atMost(PATIENT)
        .untilAsserted(() -> {
          assertThat(LiveQueues.visible(client, queue)).isZero();
          assertThat(LiveQueues.inFlight(client, queue)).isZero();
        });
  }

  @Test
  void groupsOfAFifoQueueAreHandledInOrderOneAfterAnother() throws InterruptedException {
    String queue = LiveQueues.fifo(client);
    int groups = 10;
    int each = 40;
    try (Producer producer = client.producer(queue).build()) {
      List<CompletableFuture<SendResult>> sends = new ArrayList<>();
      for (int number = 0; number < each; number++) {
        for (int group = 0; group < groups; group++) {
          sends.add(producer.send(OutgoingMessage.of(group + ":" + number).withGroup("g" + group)));
        }
      }
      producer.flush();
      assertThat(sends).allMatch(sent -> !sent.join().sequenceNumber().isEmpty());
    }
    GroupRecord seen = new GroupRecord(groups * each);
    try (Consumer consumer = client.consumer(queue).rejectDelay(Duration.ZERO).build()) {
      consumer.handle(
          message -> {
            seen.begin(message);
            try {
              // A failure now and then must not let what follows overtake.
              if (message.body().endsWith(":7") && message.receiveCount() == 1) {
                throw new IllegalStateException("once");
              }
              seen.done(message);
            } finally {
              seen.end(message);
            }
          },
          8);
      assertThat(seen.all.await(60, TimeUnit.SECONDS)).isTrue();
    }
    seen.assertInOrder(groups, each);
  }

  @Test
  void whatWasNotHandledWhenAConsumerStopsIsThereForOthersAtOnce() throws InterruptedException {
    String queue = LiveQueues.standard(client);
    int messages = 50;
    try (Producer producer = client.producer(queue).build()) {
      var _ = send(producer, messages);
    }
    CountDownLatch started = new CountDownLatch(2);
    CountDownLatch released = new CountDownLatch(1);
    AtomicInteger handled = new AtomicInteger();
    Consumer first =
        client.consumer(queue).visibilityTimeout(Duration.ofHours(1)).prefetch(20).build();
    first.handle(
        message -> {
          started.countDown();
          released.await();
          handled.incrementAndGet();
        },
        2);
    assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
    await().atMost(PATIENT).until(() -> LiveQueues.inFlight(client, queue) > 2);
    Thread stopping = new Thread(first::close);
    stopping.start();
    // It waits for the handlers, so it takes no more messages.
    await().atMost(PATIENT).until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
    released.countDown();
    stopping.join();

    assertThat(handled).hasValue(2);
    await()
        .atMost(PATIENT)
        .until(() -> LiveQueues.visible(client, queue) == messages - handled.get());
    assertThat(LiveQueues.inFlight(client, queue)).isZero();
  }

  @Test
  void aSlowHandlerKeepsItsMessage() throws InterruptedException {
    String queue = LiveQueues.standard(client);
    try (Producer producer = client.producer(queue).build()) {
      var _ = producer.sendAndWait(OutgoingMessage.of("slow"));
    }
    AtomicInteger received = new AtomicInteger();
    CountDownLatch enough = new CountDownLatch(1);
    try (Consumer slow = client.consumer(queue).visibilityTimeout(Duration.ofSeconds(2)).build();
        Consumer other = client.consumer(queue).build()) {
      slow.handle(
          message -> {
            received.incrementAndGet();
            enough.await();
          },
          1);
      await().atMost(PATIENT).until(() -> received.get() == 1);
      // More than three visibility timeouts.
      assertThat(other.poll(Duration.ofSeconds(7))).isEmpty();
      enough.countDown();
      await()
          .atMost(PATIENT)
          .until(() ->
              LiveQueues.inFlight(client, queue) == 0 && LiveQueues.visible(client, queue) == 0);
    }
    assertThat(received).hasValue(1);
  }

  @Test
  void aFullBufferFailsOrWaits() {
    String queue = LiveQueues.standard(client);
    try (Producer failing =
            client
                .producer(queue)
                .bufferMessages(3)
                .linger(Duration.ofSeconds(1))
                .whenBufferFull(BufferPolicy.FAIL)
                .build();
        Producer waiting = client.producer(queue).bufferMessages(3).linger(Duration.ZERO).build()) {
      List<CompletableFuture<SendResult>> sends = send(failing, 4);
      assertThat(sends.get(3))
          .failsWithin(Duration.ofSeconds(1))
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              TernClientException.class,
              error -> assertThat(error.code()).isEqualTo(TernClientException.BUFFER_FULL));
      failing.flush();
      assertThat(sends.subList(0, 3)).allMatch(sent -> !sent.isCompletedExceptionally());

      List<CompletableFuture<SendResult>> all = send(waiting, 100);
      waiting.flush();
      assertThat(all).allMatch(sent -> !sent.isCompletedExceptionally());
    }
  }

  @Test
  void aQueueThatIsNotThereEndsProducersAndConsumers() {
    String gone = LiveQueues.standard(client) + "-gone";
    try (Producer producer = client.producer(gone).build();
        Consumer consumer = client.consumer(gone).build()) {
      assertThatThrownBy(() -> producer.sendAndWait(OutgoingMessage.of("lost")))
          .isInstanceOfSatisfying(
              TernClientException.class,
              error -> assertThat(error.code()).contains("NonExistentQueue"));
      assertThatThrownBy(() -> consumer.poll(PATIENT)).isInstanceOf(TernClientException.class);
      assertThat(consumer.ended()).failsWithin(PATIENT);
    }
  }

  @Test
  void oneMessageThatIsRefusedHarmsNoOther() {
    String queue = LiveQueues.standard(client);
    try (Producer producer = client.producer(queue).build()) {
      CompletableFuture<SendResult> good = producer.send(OutgoingMessage.of("good"));
      CompletableFuture<SendResult> bad = producer.send(OutgoingMessage.of(""));
      CompletableFuture<SendResult> alsoGood = producer.send(OutgoingMessage.of("also good"));
      producer.flush();
      assertThat(good).isCompleted();
      assertThat(alsoGood).isCompleted();
      assertThat(bad).isCompletedExceptionally();
      assertThat(producer.statistics().failed()).isEqualTo(1);
    }
  }

  private static List<CompletableFuture<SendResult>> send(Producer producer, int messages) {
    List<CompletableFuture<SendResult>> sends = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      sends.add(producer.send(OutgoingMessage.of("m" + i)));
    }
    return sends;
  }

  /** What handlers saw of each group, and whether two worked on one group at once. */
  private static final class GroupRecord {
    final CountDownLatch all;
    final Map<String, List<String>> done = new ConcurrentHashMap<>();
    final Map<String, Boolean> running = new ConcurrentHashMap<>();
    final List<String> overlaps = new CopyOnWriteArrayList<>();

    GroupRecord(int messages) {
      all = new CountDownLatch(messages);
    }

    void begin(ReceivedMessage message) {
      if (running.put(message.group(), true) != null) {
        overlaps.add(message.body());
      }
    }

    void done(ReceivedMessage message) {
      done.computeIfAbsent(message.group(), group -> new CopyOnWriteArrayList<>())
          .add(message.body());
      all.countDown();
    }

    void end(ReceivedMessage message) {
      var _ = running.remove(message.group());
    }

    void assertInOrder(int groups, int each) {
      assertThat(overlaps).isEmpty();
      for (int group = 0; group < groups; group++) {
        List<String> expected = new ArrayList<>();
        for (int number = 0; number < each; number++) {
          expected.add(group + ":" + number);
        }
        assertThat(done.get("g" + group)).isEqualTo(expected);
      }
    }
  }
}
