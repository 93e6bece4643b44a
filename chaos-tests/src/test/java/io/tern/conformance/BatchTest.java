package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/** Batches: ten at once, each entry on its own, the failed ones named. */
@OnEachDeployment
class BatchTest {
  private final Deployment service;

  BatchTest(Deployment service) {
    this.service = service;
  }

  @Test
  void tenAreSentReceivedHiddenAndDeleted() {
    String url = service.newQueue("batch");
    List<SendMessageBatchRequestEntry> entries =
        IntStream.range(0, 10).mapToObj(i -> entry("id-" + i, "body " + i)).toList();
    SendMessageBatchResponse sent =
        service.sqs().sendMessageBatch(r -> r.queueUrl(url).entries(entries));
    assertThat(sent.failed()).isEmpty();
    assertThat(sent.successful())
        .extracting(SendMessageBatchResultEntry::id)
        .containsExactlyElementsOf(entries.stream().map(SendMessageBatchRequestEntry::id).toList());

    List<Message> received = receiveTen(url);
    assertThat(received)
        .extracting(Message::messageId)
        .containsExactlyInAnyOrderElementsOf(
            sent.successful().stream().map(SendMessageBatchResultEntry::messageId).toList());

    ChangeMessageVisibilityBatchResponse changed = changeVisibility(url, received, 0);
    assertThat(changed.failed()).isEmpty();
    assertThat(changed.successful()).hasSize(10);
    assertThat(QueueCounts.of(service, url)).isEqualTo(new QueueCounts(10, 0, 0));

    DeleteMessageBatchResponse deleted = delete(url, receiveTen(url));
    assertThat(deleted.failed()).isEmpty();
    assertThat(deleted.successful()).hasSize(10);
    assertThat(QueueCounts.of(service, url)).isEqualTo(new QueueCounts(0, 0, 0));
  }

  @Test
  void entriesCarryTheirOwnDelayAndAttributes() {
    String url = service.newQueue("own");
    MessageAttributeValue value =
        MessageAttributeValue.builder().dataType("String").stringValue("x").build();
    SendMessageBatchResponse sent =
        service
            .sqs()
            .sendMessageBatch(r ->
                r.queueUrl(url)
                    .entries(
                        SendMessageBatchRequestEntry.builder()
                            .id("a")
                            .messageBody("with attribute")
                            .messageAttributes(Map.of("k", value))
                            .build(),
                        SendMessageBatchRequestEntry.builder()
                            .id("b")
                            .messageBody("delayed")
                            .delaySeconds(900)
                            .build()));
    assertThat(sent.successful())
        .extracting(SendMessageBatchResultEntry::md5OfMessageAttributes)
        .containsExactly("a45daa70926828a2f0a1db3418e6feb4", null);
    assertThat(QueueCounts.of(service, url)).isEqualTo(new QueueCounts(1, 0, 1));
  }

  @Test
  void oneBadEntryOfASendFailsAlone() {
    String url =
        service.newQueue("partial", Map.of(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1024"));
    SendMessageBatchResponse sent =
        service
            .sqs()
            .sendMessageBatch(r ->
                r.queueUrl(url)
                    .entries(
                        entry("good", "fits"),
                        entry("long", "x".repeat(1025)),
                        entry("illegal", "\u0001"),
                        entry("late", "m").toBuilder().delaySeconds(901).build(),
                        entry("fine", "fits too")));
    assertThat(sent.successful())
        .extracting(SendMessageBatchResultEntry::id)
        .containsExactlyInAnyOrder("good", "fine");
    Map<String, BatchResultErrorEntry> failed = byId(sent.failed());
    assertThat(failed).containsOnlyKeys("long", "illegal", "late");
    assertThat(failed.values()).allMatch(BatchResultErrorEntry::senderFault);
    assertThat(error(failed, "long"))
        .isEqualTo(
            "InvalidParameterValue: One or more parameters cannot be validated. Reason: Message"
                + " must be shorter than 1024 bytes.");
    assertThat(error(failed, "illegal")).startsWith("InvalidMessageContents: ");
    assertThat(error(failed, "late"))
        .isEqualTo(
            "InvalidParameterValue: Value 901 for parameter DelaySeconds is invalid. Reason:"
                + " DelaySeconds must be >= 0 and <= 900.");
    assertThat(QueueCounts.of(service, url)).isEqualTo(new QueueCounts(2, 0, 0));
  }

  @Test
  void oneBadEntryOfASendFailsAloneInQuery() {
    String url = service.newQueue("partialquery");
    HttpAnswer answer =
        service
            .http()
            .form(
                "SendMessageBatch",
                "QueueUrl",
                url,
                "SendMessageBatchRequestEntry.1.Id",
                "good",
                "SendMessageBatchRequestEntry.1.MessageBody",
                "fits",
                "SendMessageBatchRequestEntry.5.Id",
                "illegal",
                "SendMessageBatchRequestEntry.5.MessageBody",
                "\u0001");
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.xmlTexts("SendMessageBatchResultEntry")).hasSize(1);
    assertThat(answer.xmlTexts("BatchResultErrorEntry")).hasSize(1);
    assertThat(answer.xmlTexts("Id")).containsExactlyInAnyOrder("good", "illegal");
    assertThat(answer.xmlText("Code")).isEqualTo("InvalidMessageContents");
    assertThat(answer.xmlText("SenderFault")).isEqualTo("true");
  }

  @Test
  void badHandlesFailAlone() {
    String url = service.newQueue("handles");
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("m"));
    String good = receiveTen(url).getFirst().receiptHandle();

    ChangeMessageVisibilityBatchResponse changed =
        service
            .sqs()
            .changeMessageVisibilityBatch(r ->
                r.queueUrl(url)
                    .entries(
                        hide("good", good, 600),
                        hide("garbage", "garbage", 1),
                        hide("range", good, 43_201)));
    assertThat(changed.successful()).singleElement().matches(entry -> entry.id().equals("good"));
    Map<String, BatchResultErrorEntry> failed = byId(changed.failed());
    assertThat(failed).containsOnlyKeys("garbage", "range");
    assertThat(error(failed, "garbage")).startsWith("ReceiptHandleIsInvalid: ");
    assertThat(error(failed, "range")).startsWith("InvalidParameterValue: ");

    DeleteMessageBatchResponse deleted =
        service
            .sqs()
            .deleteMessageBatch(r ->
                r.queueUrl(url)
                    .entries(
                        remove("good", good), remove("again", good), remove("garbage", "garbage")));
    assertThat(deleted.successful()).extracting("id").containsExactlyInAnyOrder("good", "again");
    failed = byId(deleted.failed());
    assertThat(error(failed, "garbage"))
        .isEqualTo(
            "ReceiptHandleIsInvalid: The input receipt handle \"garbage\" is not a valid receipt"
                + " handle.");
  }

  @Test
  void totalOfExactlyTheLimitIsAccepted() {
    String url = service.newQueue("total");
    SendMessageBatchResponse sent =
        service
            .sqs()
            .sendMessageBatch(r ->
                r.queueUrl(url)
                    .entries(entry("a", "a".repeat(524_288)), entry("b", "b".repeat(524_288))));
    assertThat(sent.successful()).hasSize(2);
    List<String> bodies = new ArrayList<>();
    for (int poll = 0; poll < 4 && bodies.size() < 2; poll++) {
      receiveTen(url).forEach(message -> bodies.add(message.body()));
    }
    assertThat(bodies).containsExactlyInAnyOrder("a".repeat(524_288), "b".repeat(524_288));
  }

  private List<Message> receiveTen(String url) {
    return service
        .sqs()
        .receiveMessage(
            r -> r.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(5).visibilityTimeout(600))
        .messages();
  }

  private ChangeMessageVisibilityBatchResponse changeVisibility(
      String url, List<Message> messages, int seconds) {
    return service
        .sqs()
        .changeMessageVisibilityBatch(r ->
            r.queueUrl(url)
                .entries(
                    messages.stream()
                        .map(m -> hide(m.messageId(), m.receiptHandle(), seconds))
                        .toList()));
  }

  private DeleteMessageBatchResponse delete(String url, List<Message> messages) {
    return service
        .sqs()
        .deleteMessageBatch(r ->
            r.queueUrl(url)
                .entries(
                    messages.stream().map(m -> remove(m.messageId(), m.receiptHandle())).toList()));
  }

  private static ChangeMessageVisibilityBatchRequestEntry hide(
      String id, String handle, int seconds) {
    return ChangeMessageVisibilityBatchRequestEntry.builder()
        .id(id)
        .receiptHandle(handle)
        .visibilityTimeout(seconds)
        .build();
  }

  private static DeleteMessageBatchRequestEntry remove(String id, String handle) {
    return DeleteMessageBatchRequestEntry.builder().id(id).receiptHandle(handle).build();
  }

  private static SendMessageBatchRequestEntry entry(String id, String body) {
    return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
  }

  private static Map<String, BatchResultErrorEntry> byId(List<BatchResultErrorEntry> failed) {
    return failed.stream().collect(Collectors.toMap(BatchResultErrorEntry::id, entry -> entry));
  }

  private static String error(Map<String, BatchResultErrorEntry> failed, String id) {
    BatchResultErrorEntry entry = failed.get(id);
    return entry == null ? "no error for " + id : entry.code() + ": " + entry.message();
  }
}
