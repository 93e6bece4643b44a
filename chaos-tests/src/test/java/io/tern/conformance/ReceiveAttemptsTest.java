package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

/** Receives of FIFO queues that are tried again under their attempt id. */
@OnEachDeployment
class ReceiveAttemptsTest {
  private final Deployment service;

  ReceiveAttemptsTest(Deployment service) {
    this.service = service;
  }

  @Test
  void retryGivesTheSameMessagesAndHandles() {
    TestQueue queue = queueOfThree();
    List<Message> first = receive(queue, "attempt", TestQueue.LONG);
    assertThat(TestQueue.bodiesOf(first)).containsExactly("m1", "m2", "m3");
    for (int i = 0; i < 4; i++) {
      List<Message> again = receive(queue, "attempt", TestQueue.LONG);
      assertThat(again.stream().map(Message::messageId))
          .isEqualTo(first.stream().map(Message::messageId).toList());
      assertThat(again.stream().map(Message::receiptHandle))
          .isEqualTo(first.stream().map(Message::receiptHandle).toList());
    }
    assertThat(queue.counts()).isEqualTo(new QueueCounts(0, 3, 0));
    first.forEach(queue::delete);
    assertThat(queue.counts()).isEqualTo(new QueueCounts(0, 0, 0));
  }

  @Test
  void retryStartsTheVisibilityTimeoutAgain() {
    TestQueue queue = queueOfThree();
    List<Message> first = receive(queue, "attempt", 3);
    assertThat(receive(queue, "attempt", TestQueue.LONG)).hasSize(3);
    // Outlasts the first timeout: an empty long poll.
    assertThat(queue.receive(TestQueue.LONG, 4)).isEmpty();
    first.forEach(queue::delete);
  }

  @Test
  void anotherIdOrNoneIsAnotherReceive() {
    TestQueue queue = queueOfThree();
    assertThat(receive(queue, "attempt", TestQueue.LONG)).hasSize(3);
    assertThat(receive(queue, "other", TestQueue.LONG)).isEmpty();
    assertThat(queue.bodies()).isEmpty();
  }

  @Test
  void afterADeleteTheAttemptIsOver() {
    TestQueue queue = queueOfThree();
    queue.delete(receive(queue, "attempt", TestQueue.LONG).getFirst());
    assertOver(queue, "attempt");
  }

  @Test
  void afterAChangeOfVisibilityTheAttemptIsOver() {
    TestQueue queue = queueOfThree();
    queue.change(receive(queue, "attempt", TestQueue.LONG).getLast(), 100);
    assertOver(queue, "attempt");
  }

  @Test
  void afterTheTimeoutTheAttemptIsOver() {
    TestQueue queue = queueOfThree();
    assertThat(receive(queue, "attempt", 1)).hasSize(3);
    await().atMost(Duration.ofSeconds(10)).until(queue::counts, new QueueCounts(3, 0, 0)::equals);
    assertOver(queue, "attempt");
    assertThat(queue.bodies()).containsExactly("m1", "m2", "m3");
  }

  @Test
  void standardQueuesIgnoreTheId() {
    TestQueue queue = TestQueue.standard(service, "standard");
    queue.send("m1");
    assertThat(TestQueue.bodiesOf(receive(queue, "attempt", TestQueue.LONG))).containsExactly("m1");
    queue.send("m2");
    assertThat(TestQueue.bodiesOf(receive(queue, "attempt", TestQueue.LONG))).containsExactly("m2");
  }

  @Test
  void idIsOfTheAlphabetOfIds() {
    TestQueue queue = queueOfThree();
    for (String bad : List.of("a b", "x".repeat(129))) {
      Refusal.assertRefused(
          () -> receive(queue, bad, TestQueue.LONG), ErrorKind.INVALID_PARAMETER_VALUE);
    }
    assertThat(receive(queue, "!" + "x".repeat(127), TestQueue.LONG)).hasSize(3);
  }

  private void assertOver(TestQueue queue, String attempt) {
    Refusal.assertRefused(
        () -> receive(queue, attempt, TestQueue.LONG),
        ErrorKind.INVALID_PARAMETER_VALUE,
        "Value "
            + attempt
            + " for parameter ReceiveRequestAttemptId is invalid. Reason: The"
            + " receiveRequestAttemptId is not valid anymore since the receive call is not"
            + " retryable.");
  }

  private TestQueue queueOfThree() {
    TestQueue queue = TestQueue.fifo(service, "attempts");
    queue.send("g", "m1");
    queue.send("g", "m2");
    queue.send("g", "m3");
    return queue;
  }

  private static List<Message> receive(TestQueue queue, String attempt, int visibilitySeconds) {
    return queue.receive(
        r -> r.receiveRequestAttemptId(attempt).visibilityTimeout(visibilitySeconds));
  }
}
