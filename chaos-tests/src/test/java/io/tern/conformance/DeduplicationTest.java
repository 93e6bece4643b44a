package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** FIFO sends that are told apart by their deduplication id or their content. */
@OnEachDeployment
class DeduplicationTest {
  private static final Map<QueueAttributeName, String> BY_CONTENT =
      Map.of(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true");
  private static final String NO_ID =
      "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId"
          + " provided explicitly";

  private final Deployment service;

  DeduplicationTest(Deployment service) {
    this.service = service;
  }

  @Test
  void secondSendIsAnsweredAsTheFirstAndNotEnqueued() {
    TestQueue queue = TestQueue.fifo(service, "dedup");
    SendMessageResponse first = queue.send("g", "d", "first");
    SendMessageResponse second = queue.send("g", "d", "another body");
    assertThat(second.messageId()).isEqualTo(first.messageId());
    assertThat(second.sequenceNumber()).isEqualTo(first.sequenceNumber());
    assertThat(queue.counts()).isEqualTo(new QueueCounts(1, 0, 0));
    assertThat(queue.bodies()).containsExactly("first");
  }

  @Test
  void whatWasReceivedAndDeletedIsRemembered() {
    TestQueue queue = TestQueue.fifo(service, "remembered");
    SendMessageResponse first = queue.send("g", "d", "m");
    queue.delete(queue.next());
    assertThat(queue.send("g", "d", "m").messageId()).isEqualTo(first.messageId());
    assertThat(queue.counts()).isEqualTo(new QueueCounts(0, 0, 0));
  }

  @Test
  void scopeQueueReachesAcrossGroups() {
    TestQueue queue = TestQueue.fifo(service, "scopequeue");
    SendMessageResponse first = queue.send("g1", "d", "m");
    assertThat(queue.send("g2", "d", "m").messageId()).isEqualTo(first.messageId());
    assertThat(queue.counts()).isEqualTo(new QueueCounts(1, 0, 0));
  }

  @Test
  void scopeMessageGroupEndsAtTheGroup() {
    TestQueue queue =
        TestQueue.fifo(
            service, "scopegroup", Map.of(QueueAttributeName.DEDUPLICATION_SCOPE, "messageGroup"));
    SendMessageResponse first = queue.send("g1", "d", "m1");
    assertThat(queue.send("g2", "d", "m2").messageId()).isNotEqualTo(first.messageId());
    assertThat(queue.send("g1", "d", "m3").messageId()).isEqualTo(first.messageId());
    assertThat(queue.bodies()).containsExactlyInAnyOrder("m1", "m2");
  }

  @Test
  void scopeMessageGroupHoldsForContentToo() {
    TestQueue queue =
        TestQueue.fifo(
            service,
            "scopecontent",
            Map.of(
                QueueAttributeName.DEDUPLICATION_SCOPE,
                "messageGroup",
                QueueAttributeName.FIFO_THROUGHPUT_LIMIT,
                "perMessageGroupId",
                QueueAttributeName.CONTENT_BASED_DEDUPLICATION,
                "true"));
    sendPlain(queue, "g1", "same");
    sendPlain(queue, "g1", "same");
    sendPlain(queue, "g2", "same");
    assertThat(queue.counts()).isEqualTo(new QueueCounts(2, 0, 0));
  }

  @Test
  void contentIsTheBodyWithoutAttributes() {
    TestQueue queue = TestQueue.fifo(service, "content", BY_CONTENT);
    SendMessageResponse first = sendPlain(queue, "g", "body");
    SendMessageResponse second =
        service
            .sqs()
            .sendMessage(r ->
                r.queueUrl(queue.url())
                    .messageBody("body")
                    .messageGroupId("g")
                    .messageAttributes(
                        Map.of(
                            "k",
                            MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue("v")
                                .build())));
    assertThat(second.messageId()).isEqualTo(first.messageId());
    sendPlain(queue, "g", "other body");
    assertThat(queue.bodies()).containsExactly("body", "other body");
  }

  @Test
  void consumersSeeTheHashOfTheBody() {
    TestQueue queue = TestQueue.fifo(service, "hash", BY_CONTENT);
    sendPlain(queue, "g", "b\u00f6dy");
    assertThat(queue.next().attributesAsStrings())
        .containsEntry("MessageDeduplicationId", sha256("b\u00f6dy"));
  }

  @Test
  void explicitIdOverridesTheContentAndMayCollideWithIt() {
    TestQueue queue = TestQueue.fifo(service, "explicit", BY_CONTENT);
    SendMessageResponse byContent = sendPlain(queue, "g", "body");
    assertThat(queue.send("g", "other", "body").messageId()).isNotEqualTo(byContent.messageId());
    assertThat(queue.send("g", sha256("body"), "something else").messageId())
        .isEqualTo(byContent.messageId());
    assertThat(queue.counts()).isEqualTo(new QueueCounts(2, 0, 0));
  }

  @Test
  void withoutAnIdNothingIsSent() {
    TestQueue queue = TestQueue.fifo(service, "noid");
    Refusal.assertRefused(
        () -> sendPlain(queue, "g", "m"), ErrorKind.INVALID_PARAMETER_VALUE, NO_ID);
    queue.set(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true");
    sendPlain(queue, "g", "m");
    queue.set(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "false");
    Refusal.assertRefused(
        () -> sendPlain(queue, "g", "n"), ErrorKind.INVALID_PARAMETER_VALUE, NO_ID);
    assertThat(queue.counts()).isEqualTo(new QueueCounts(1, 0, 0));
  }

  @Test
  void purgeForgets() {
    TestQueue queue = TestQueue.fifo(service, "purge");
    SendMessageResponse first = queue.send("g", "d", "m");
    service.sqs().purgeQueue(r -> r.queueUrl(queue.url()));
    assertThat(queue.send("g", "d", "again").messageId()).isNotEqualTo(first.messageId());
    assertThat(queue.bodies()).containsExactly("again");
  }

  @Test
  void duplicatesWithinABatchAreOneMessage() {
    TestQueue queue = TestQueue.fifo(service, "batchdedup");
    SendMessageBatchResponse sent =
        service
            .sqs()
            .sendMessageBatch(r ->
                r.queueUrl(queue.url())
                    .entries(
                        entry("a", "d1", "m1"), entry("b", "d1", "m2"), entry("c", "d2", "m3")));
    assertThat(sent.failed()).isEmpty();
    assertThat(sent.successful()).hasSize(3);
    assertThat(sent.successful().get(1).messageId())
        .isEqualTo(sent.successful().get(0).messageId());
    assertThat(queue.bodies()).containsExactly("m1", "m3");
  }

  @Test
  void duplicateFromAnyNodeIsADuplicate() {
    TestQueue queue = TestQueue.fifo(service, "everywhere");
    SendMessageResponse first = queue.send("g", "d", "m");
    for (int i = 0; i < 6; i++) {
      assertThat(queue.send("g", "d", "m" + i).messageId()).isEqualTo(first.messageId());
    }
    assertThat(queue.counts()).isEqualTo(new QueueCounts(1, 0, 0));
  }

  @Test
  void idsAreCaseSensitiveAndOfTheQueue() {
    TestQueue one = TestQueue.fifo(service, "one");
    TestQueue other = TestQueue.fifo(service, "other");
    one.send("g", "d", "lower");
    one.send("g", "D", "upper");
    other.send("g", "d", "other");
    List<Message> found = one.receive(TestQueue.LONG, TestQueue.PATIENT);
    assertThat(TestQueue.bodiesOf(found)).containsExactly("lower", "upper");
    assertThat(other.bodies()).containsExactly("other");
  }

  private static SendMessageResponse sendPlain(TestQueue queue, String group, String body) {
    return queue
        .service()
        .sqs()
        .sendMessage(r -> r.queueUrl(queue.url()).messageBody(body).messageGroupId(group));
  }

  private static SendMessageBatchRequestEntry entry(String id, String deduplication, String body) {
    return SendMessageBatchRequestEntry.builder()
        .id(id)
        .messageBody(body)
        .messageGroupId("g")
        .messageDeduplicationId(deduplication)
        .build();
  }

  private static String sha256(String body) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
