package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** FIFO queues: order within a group, the lock of what is in flight, the turn of groups. */
@OnEachDeployment
class FifoTest {
  private final Deployment service;

  FifoTest(Deployment service) {
    this.service = service;
  }

  @Test
  void eachGroupComesInTheOrderOfItsSends() {
    TestQueue queue = TestQueue.fifo(service, "order");
    for (int i = 0; i < 12; i++) {
      queue.send(i % 3 == 0 ? "a" : "b", "m" + i);
    }
    List<String> a = new ArrayList<>();
    List<String> b = new ArrayList<>();
    while (a.size() + b.size() < 12) {
      Message message = queue.next();
      (group(message).equals("a") ? a : b).add(message.body());
      queue.delete(message);
    }
    assertThat(a).containsExactly("m0", "m3", "m6", "m9");
    assertThat(b).containsExactly("m1", "m2", "m4", "m5", "m7", "m8", "m10", "m11");
  }

  @Test
  void oneReceiveTakesFromOneGroupFirstThenFromTheNext() {
    TestQueue queue = TestQueue.fifo(service, "fill");
    queue.send("g1", "g1a");
    queue.send("g2", "g2a");
    queue.send("g1", "g1b");
    queue.send("g1", "g1c");
    assertThat(queue.bodies()).containsExactly("g1a", "g1b", "g1c", "g2a");
  }

  @Test
  void headInFlightLocksItsGroupAndNoOther() {
    TestQueue queue = TestQueue.fifo(service, "lock");
    queue.send("a", "a1");
    queue.send("a", "a2");
    assertThat(queue.next().body()).isEqualTo("a1");
    assertThat(queue.bodies()).isEmpty();
    queue.send("b", "b1");
    assertThat(queue.bodies()).containsExactly("b1");
  }

  @Test
  void sendingToALockedGroupDoesNotUnlockIt() {
    TestQueue queue = TestQueue.fifo(service, "locked");
    queue.send("a", "a1");
    queue.next();
    queue.send("a", "a2");
    assertThat(queue.receive(TestQueue.LONG, 1)).isEmpty();
  }

  @Test
  void deletingAllOfAGroupThatAreInFlightUnlocksItDeletingOneDoesNot() {
    TestQueue queue = TestQueue.fifo(service, "unlock");
    queue.send("a", "a1");
    queue.send("a", "a2");
    List<Message> both = queue.receive(TestQueue.LONG, TestQueue.PATIENT);
    assertThat(TestQueue.bodiesOf(both)).containsExactly("a1", "a2");
    queue.send("a", "a3");

    queue.delete(both.get(0));
    assertThat(queue.bodies()).isEmpty();
    queue.delete(both.get(1));
    assertThat(queue.bodies()).containsExactly("a3");
  }

  @Test
  void deletingTheHeadWakesALongPoll() throws Exception {
    TestQueue queue = TestQueue.fifo(service, "wakes");
    queue.send("a", "a1");
    Message head = queue.next();
    queue.send("a", "a2");
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<List<Message>> poll = threads.submit(() -> queue.receive(TestQueue.LONG, 20));
      assertThat(queue.bodies()).isEmpty();
      queue.delete(head);
      assertThat(TestQueue.bodiesOf(poll.get(12, TimeUnit.SECONDS))).containsExactly("a2");
    }
  }

  @Test
  void whatStandsBeforeTheFirstInFlightMayComeAgain() {
    TestQueue queue = TestQueue.fifo(service, "prefix");
    queue.send("a", "a1");
    queue.send("a", "a2");
    queue.send("a", "a3");
    List<Message> all = queue.receive(TestQueue.LONG, TestQueue.PATIENT);
    queue.change(all.get(0), 0);
    assertThat(queue.bodies()).containsExactly("a1");
    assertThat(queue.bodies()).isEmpty();
  }

  @Test
  void extendingTheSecondLetsTheFirstOutAndHoldsTheThird() {
    TestQueue queue = TestQueue.fifo(service, "extend");
    queue.send("a", "a1");
    queue.send("a", "a2");
    queue.send("a", "a3");
    List<Message> all = queue.receive(2, TestQueue.PATIENT);
    assertThat(TestQueue.bodiesOf(all)).containsExactly("a1", "a2", "a3");
    queue.change(all.get(1), TestQueue.LONG);
    assertThat(TestQueue.bodiesOf(queue.receive(TestQueue.LONG, TestQueue.PATIENT)))
        .containsExactly("a1");
    await().atMost(Duration.ofSeconds(10)).until(queue::counts, new QueueCounts(1, 2, 0)::equals);
    assertThat(queue.bodies()).isEmpty();
  }

  @Test
  void groupThatWasServedGoesBehindTheOthers() {
    TestQueue queue = TestQueue.fifo(service, "turn");
    queue.send("a", "a1");
    queue.send("b", "b1");
    Message first = queue.next();
    assertThat(first.body()).isEqualTo("a1");
    queue.change(first, 0);
    assertThat(queue.next().body()).isEqualTo("b1");
    assertThat(queue.next().body()).isEqualTo("a1");
  }

  @Test
  void groupWhoseTimeoutExpiredGoesBehindOneNeverServed() {
    TestQueue queue = TestQueue.fifo(service, "expired");
    queue.send("a", "a1");
    assertThat(queue.next(1).body()).isEqualTo("a1");
    queue.send("b", "b1");
    await().atMost(Duration.ofSeconds(10)).until(queue::counts, new QueueCounts(2, 0, 0)::equals);
    assertThat(queue.next().body()).isEqualTo("b1");
    assertThat(queue.next().body()).isEqualTo("a1");
  }

  @Test
  void timeoutZeroOnReceiveKeepsTheOrder() {
    TestQueue queue = TestQueue.fifo(service, "zero");
    queue.send("a", "a1");
    queue.send("a", "a2");
    for (int i = 1; i <= 3; i++) {
      List<Message> messages = queue.receive(0, TestQueue.PATIENT);
      assertThat(TestQueue.bodiesOf(messages)).containsExactly("a1", "a2");
      assertThat(messages.getFirst().attributesAsStrings())
          .containsEntry("ApproximateReceiveCount", Integer.toString(i));
    }
  }

  @Test
  void timeoutReturnsTheWholeGroupInOrder() {
    TestQueue queue = TestQueue.fifo(service, "back");
    queue.send("a", "a1");
    queue.send("a", "a2");
    assertThat(queue.receive(1, TestQueue.PATIENT)).hasSize(2);
    queue.send("a", "a3");
    List<String> bodies = new ArrayList<>();
    while (bodies.size() < 3) {
      Message message = queue.next();
      bodies.add(message.body());
      queue.delete(message);
    }
    assertThat(bodies).containsExactly("a1", "a2", "a3");
  }

  @Test
  void lockedMessagesCountAsVisible() {
    TestQueue queue = TestQueue.fifo(service, "counts");
    queue.send("a", "a1");
    queue.send("a", "a2");
    queue.send("a", "a3");
    queue.next();
    assertThat(queue.counts()).isEqualTo(new QueueCounts(2, 1, 0));
  }

  @Test
  void batchIsEnqueuedInTheOrderOfItsEntries() {
    TestQueue queue = TestQueue.fifo(service, "batch");
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 9; i >= 0; i--) {
      String body = "m" + i;
      expected.add(body);
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id("e" + i)
              .messageBody(body)
              .messageGroupId("g")
              .messageDeduplicationId(body)
              .build());
    }
    assertThat(
            service
                .sqs()
                .sendMessageBatch(r -> r.queueUrl(queue.url()).entries(entries))
                .successful())
        .hasSize(10);
    assertThat(queue.bodies()).isEqualTo(expected);
  }

  @Test
  void groupAndAttributesComeBackAsSent() {
    TestQueue queue = TestQueue.fifo(service, "attributes");
    String punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~aZ09";
    queue.send(punctuation, "d" + punctuation, "m");
    assertThat(queue.next().attributesAsStrings())
        .containsEntry("MessageGroupId", punctuation)
        .containsEntry("MessageDeduplicationId", "d" + punctuation)
        .containsKeys(
            "SequenceNumber",
            "SenderId",
            "SentTimestamp",
            "ApproximateReceiveCount",
            "ApproximateFirstReceiveTimestamp");
  }

  private static String group(Message message) {
    return message.attributesAsStrings().getOrDefault("MessageGroupId", "");
  }
}
