package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The delay of FIFO queues: the queue's, for all its messages, and it can be changed later. */
@OnEachDeployment
class FifoDelayTest {
  private final Deployment service;

  FifoDelayTest(Deployment service) {
    this.service = service;
  }

  @Test
  void delayOfTheQueueHoldsEveryMessage() {
    TestQueue queue = delayed("1");
    queue.send("g", "m1");
    queue.send("h", "m2");
    assertThat(queue.next().body()).isEqualTo("m1");
    assertThat(queue.next().body()).isEqualTo("m2");
  }

  @Test
  void explicitZeroDoesNotCancelIt() {
    TestQueue queue = delayed("900");
    send(queue, 0);
    assertThat(queue.bodies()).isEmpty();
    assertThat(queue.counts()).isEqualTo(new QueueCounts(0, 0, 1));
  }

  @Test
  void delayOfAMessageIsRefused() {
    TestQueue queue = TestQueue.fifo(service, "messagedelay");
    Refusal.assertRefused(
        () -> send(queue, 5),
        ErrorKind.INVALID_PARAMETER_VALUE,
        "Value 5 for parameter DelaySeconds is invalid. Reason: The request include parameter that"
            + " is not valid for this queue type.");
    send(queue, 0);
    assertThat(queue.bodies()).containsExactly("m");
  }

  @Test
  void shorterDelayFreesWhatIsDelayedAlready() throws Exception {
    TestQueue queue = delayed("900");
    queue.send("g", "m");
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<List<Message>> poll = threads.submit(() -> queue.receive(TestQueue.LONG, 20));
      assertThat(queue.bodies()).isEmpty();
      queue.set(QueueAttributeName.DELAY_SECONDS, "0");
      assertThat(TestQueue.bodiesOf(poll.get(12, TimeUnit.SECONDS))).containsExactly("m");
    }
  }

  @Test
  void longerDelayHoldsWhatIsDelayedAlready() {
    TestQueue queue = delayed("3");
    queue.send("g", "m");
    queue.set(QueueAttributeName.DELAY_SECONDS, "900");
    // Outlasts the first delay: an empty long poll.
    assertThat(queue.receive(TestQueue.LONG, 4)).isEmpty();
    assertThat(queue.counts()).isEqualTo(new QueueCounts(0, 0, 1));
  }

  private TestQueue delayed(String seconds) {
    return TestQueue.fifo(service, "fifodelay", Map.of(QueueAttributeName.DELAY_SECONDS, seconds));
  }

  private void send(TestQueue queue, int delaySeconds) {
    service
        .sqs()
        .sendMessage(r ->
            r.queueUrl(queue.url())
                .messageBody("m")
                .messageGroupId("g")
                .messageDeduplicationId("d")
                .delaySeconds(delaySeconds));
  }
}
