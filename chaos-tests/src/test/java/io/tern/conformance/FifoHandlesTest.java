package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;

/** Receipt handles of FIFO queues: they are good until their timeout, and no longer. */
@OnEachDeployment
class FifoHandlesTest {
  private final Deployment service;

  FifoHandlesTest(Deployment service) {
    this.service = service;
  }

  @Test
  void deleteInTimeAndTwice() {
    TestQueue queue = queueOfOne();
    Message message = queue.next();
    queue.delete(message);
    queue.delete(message);
    assertThat(queue.counts()).isEqualTo(new QueueCounts(0, 0, 0));
  }

  @Test
  void deleteAfterTheTimeoutIsRefused() {
    TestQueue queue = queueOfOne();
    Message message = expired(queue);
    assertExpired(queue, message);
    assertThat(queue.bodies()).containsExactly("m");
  }

  @Test
  void deleteWithAnOlderHandleIsRefused() {
    TestQueue queue = queueOfOne();
    Message first = queue.next(0);
    Message second = queue.next();
    assertExpired(queue, first);
    queue.delete(second);
  }

  @Test
  void changeAfterTheTimeoutIsRefused() {
    TestQueue queue = queueOfOne();
    Message message = expired(queue);
    assertThat(Refusal.of(() -> queue.change(message, TestQueue.LONG)).code())
        .isEqualTo("InvalidParameterValue");
    assertThat(queue.bodies()).containsExactly("m");
  }

  @Test
  void changeWithAnOlderHandleDoesNothing() {
    TestQueue queue = queueOfOne();
    Message first = queue.next(0);
    queue.next();
    assertThat(Refusal.of(() -> queue.change(first, 0)).code()).isEqualTo("InvalidParameterValue");
    assertThat(queue.bodies()).isEmpty();
  }

  @Test
  void changeInTimeCountsFromNow() {
    TestQueue queue = queueOfOne();
    Message message = queue.next(2);
    queue.change(message, TestQueue.LONG);
    // Outlasts the first timeout: an empty long poll.
    assertThat(queue.receive(TestQueue.LONG, 3)).isEmpty();
    queue.change(message, 0);
    assertThat(queue.bodies()).containsExactly("m");
  }

  @Test
  void changeOfADeletedMessageIsRefused() {
    TestQueue queue = queueOfOne();
    Message message = queue.next();
    queue.delete(message);
    Refusal.assertRefused(
        () -> queue.change(message, 10),
        ErrorKind.INVALID_PARAMETER_VALUE,
        "Value "
            + message.receiptHandle()
            + " for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not"
            + " available for visibility timeout change.");
  }

  @Test
  void deleteAfterAPurgeSucceeds() {
    TestQueue queue = queueOfOne();
    Message message = queue.next();
    service.sqs().purgeQueue(r -> r.queueUrl(queue.url()));
    queue.delete(message);
  }

  @Test
  void handlesOfOtherQueuesAndGarbageAreRefused() {
    TestQueue queue = queueOfOne();
    Message foreign = queueOfOne().next();
    for (String handle : List.of("garbage", foreign.receiptHandle())) {
      Refusal.assertRefused(
          () -> service.sqs().deleteMessage(r -> r.queueUrl(queue.url()).receiptHandle(handle)),
          ErrorKind.RECEIPT_HANDLE_IS_INVALID,
          "The input receipt handle \"" + handle + "\" is not a valid receipt handle.");
    }
  }

  @Test
  void batchTellsTheExpiredEntryAlone() {
    TestQueue queue = TestQueue.fifo(service, "batch");
    queue.send("g", "m1");
    queue.send("h", "m2");
    Message first = queue.next(0);
    Message second = queue.next();
    assertThat(second.body()).isNotEqualTo(first.body());
    DeleteMessageBatchResponse answer =
        service
            .sqs()
            .deleteMessageBatch(
                r -> r.queueUrl(queue.url()).entries(entry("old", first), entry("new", second)));
    assertThat(answer.successful()).singleElement().matches(done -> done.id().equals("new"));
    assertThat(answer.failed())
        .singleElement()
        .matches(failed -> failed.id().equals("old") && failed.senderFault())
        .matches(failed -> failed.code().equals("InvalidParameterValue"));
  }

  @Test
  void handlesAreUniqueAndShort() {
    TestQueue queue = queueOfOne();
    Message first = queue.next(0);
    Message second = queue.next(0);
    assertThat(first.receiptHandle())
        .isNotEqualTo(second.receiptHandle())
        .hasSizeLessThanOrEqualTo(1024);
  }

  private TestQueue queueOfOne() {
    TestQueue queue = TestQueue.fifo(service, "handles");
    queue.send("g", "m");
    return queue;
  }

  private static Message expired(TestQueue queue) {
    Message message = queue.next(1);
    await().atMost(Duration.ofSeconds(10)).until(queue::counts, new QueueCounts(1, 0, 0)::equals);
    return message;
  }

  private static void assertExpired(TestQueue queue, Message message) {
    Refusal.assertRefused(
        () -> queue.delete(message),
        ErrorKind.INVALID_PARAMETER_VALUE,
        "Value "
            + message.receiptHandle()
            + " for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.");
  }

  private static DeleteMessageBatchRequestEntry entry(String id, Message message) {
    return DeleteMessageBatchRequestEntry.builder()
        .id(id)
        .receiptHandle(message.receiptHandle())
        .build();
  }
}
