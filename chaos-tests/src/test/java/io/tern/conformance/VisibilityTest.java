package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Visibility timeouts and receipt handles of standard queues. */
@OnEachDeployment
class VisibilityTest {
  private final Deployment service;

  VisibilityTest(Deployment service) {
    this.service = service;
  }

  @Test
  void receivedMessageIsHiddenUntilItsTimeoutThenComesAgain() {
    String url = queueWithOneMessage(Map.of());
    Message first = receive(url, 1, 0);
    assertThat(receiveAll(url, 0)).isEmpty();

    Message second = receive(url, 600, 10);
    assertThat(second.messageId()).isEqualTo(first.messageId());
    assertThat(second.receiptHandle()).isNotEqualTo(first.receiptHandle());
    assertThat(second.attributes())
        .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
  }

  @Test
  void queueGivesTheTimeoutWhenTheCallDoesNot() {
    String url = queueWithOneMessage(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "1"));
    assertThat(service.sqs().receiveMessage(r -> r.queueUrl(url)).messages()).hasSize(1);
    assertThat(service.sqs().receiveMessage(r -> r.queueUrl(url)).messages()).isEmpty();
    assertThat(receiveAll(url, 10)).hasSize(1);
  }

  @Test
  void zeroOnReceiveLeavesTheMessageVisible() {
    String url = queueWithOneMessage(Map.of());
    Message first = receive(url, 0, 0);
    Message second = receive(url, 0, 0);
    assertThat(second.receiptHandle()).isNotEqualTo(first.receiptHandle());
    assertThat(second.attributes())
        .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
    assertThat(QueueCounts.of(service, url)).isEqualTo(new QueueCounts(1, 0, 0));
  }

  @Test
  void changingToZeroMakesTheMessageVisibleAtOnce() {
    String url = queueWithOneMessage(Map.of());
    Message first = receive(url, 600, 0);
    change(url, first, 0);
    assertThat(QueueCounts.of(service, url)).isEqualTo(new QueueCounts(1, 0, 0));
    assertThat(receiveAll(url, 0)).hasSize(1);
  }

  @Test
  void changingExtendsFromNow() {
    String url = queueWithOneMessage(Map.of());
    Message message = receive(url, 2, 0);
    change(url, message, 600);
    // Outlasts the first timeout: an empty long poll of three seconds.
    assertThat(receiveAll(url, 3)).isEmpty();
    assertThat(QueueCounts.of(service, url)).isEqualTo(new QueueCounts(0, 1, 0));
  }

  @Test
  void changingAfterExpiryHidesTheMessageAgain() {
    String url = queueWithOneMessage(Map.of());
    Message message = receive(url, 1, 0);
    awaitCounts(url, new QueueCounts(1, 0, 0));
    change(url, message, 600);
    assertThat(receiveAll(url, 0)).isEmpty();
  }

  @Test
  void olderHandleStillChangesTheVisibility() {
    String url = queueWithOneMessage(Map.of());
    Message first = receive(url, 0, 0);
    receive(url, 600, 0);
    change(url, first, 0);
    assertThat(receiveAll(url, 0)).hasSize(1);
  }

  @Test
  void totalIsLimitedToTwelveHoursFromTheReceive() {
    String url = queueWithOneMessage(Map.of());
    Message message = receive(url, 600, 0);
    change(url, message, 43_195);
    // Lets two seconds pass at the server.
    assertThat(receiveAll(url, 2)).isEmpty();
    assertThatThrownBy(() -> change(url, message, 43_200))
        .isInstanceOf(SqsException.class)
        .hasMessageContaining(
            "Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total"
                + " VisibilityTimeout for the message is beyond the limit [43200 seconds]");
  }

  @Test
  void changingADeletedMessageIsRefused() {
    String url = queueWithOneMessage(Map.of());
    Message message = receive(url, 600, 0);
    delete(url, message);
    assertThatThrownBy(() -> change(url, message, 10))
        .isInstanceOf(SqsException.class)
        .hasMessageContaining(
            "Value "
                + message.receiptHandle()
                + " for parameter ReceiptHandle is invalid. Reason: Message does not exist or is"
                + " not available for visibility timeout change.");
  }

  @Test
  void expiredHandleDeletesWhenNobodyReceivedSince() {
    String url = queueWithOneMessage(Map.of());
    Message message = receive(url, 1, 0);
    awaitCounts(url, new QueueCounts(1, 0, 0));
    delete(url, message);
    assertThat(QueueCounts.of(service, url)).isEqualTo(new QueueCounts(0, 0, 0));
  }

  @Test
  void olderHandleIsNoErrorForDelete() {
    String url = queueWithOneMessage(Map.of());
    Message first = receive(url, 0, 0);
    Message second = receive(url, 600, 0);
    delete(url, first);
    delete(url, second);
    assertThat(QueueCounts.of(service, url)).isEqualTo(new QueueCounts(0, 0, 0));
  }

  @Test
  void handleOfAnotherQueueIsInvalid() {
    String url = queueWithOneMessage(Map.of());
    String other = service.newQueue("other");
    Message message = receive(url, 600, 0);
    assertThatThrownBy(() -> delete(other, message))
        .isInstanceOf(ReceiptHandleIsInvalidException.class);
    assertThatThrownBy(() -> change(other, message, 1))
        .isInstanceOf(ReceiptHandleIsInvalidException.class);
    delete(url, message);
  }

  @Test
  void alteredHandleIsInvalid() {
    String url = queueWithOneMessage(Map.of());
    String handle = receive(url, 600, 0).receiptHandle();
    int middle = handle.length() / 2;
    char changed = handle.charAt(middle) == 'A' ? 'B' : 'A';
    List<String> altered =
        List.of(
            handle.substring(0, handle.length() - 4),
            handle.substring(0, middle) + changed + handle.substring(middle + 1),
            "",
            "x".repeat(1025),
            "\u00e9");
    for (String bad : altered) {
      assertThatThrownBy(() -> service.sqs().deleteMessage(r -> r.queueUrl(url).receiptHandle(bad)))
          .as(bad)
          .isInstanceOfSatisfying(
              SqsException.class, e -> assertThat(e.statusCode()).isEqualTo(400));
    }
    assertThat(QueueCounts.of(service, url)).isEqualTo(new QueueCounts(0, 1, 0));
  }

  @Test
  void expiredMessageGoesBackToItsPlace() {
    String url = service.newQueue("place");
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("older"));
    Message older = receive(url, 600, 0);
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("newer"));
    change(url, older, 0);
    assertThat(receive(url, 600, 0).body()).isEqualTo("older");
  }

  private String queueWithOneMessage(Map<QueueAttributeName, String> attributes) {
    String url = service.newQueue("visibility", attributes);
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("m"));
    return url;
  }

  private Message receive(String url, int visibilitySeconds, int waitSeconds) {
    List<Message> messages =
        service
            .sqs()
            .receiveMessage(r ->
                TestQueue.everyAttribute(
                    r.queueUrl(url)
                        .visibilityTimeout(visibilitySeconds)
                        .waitTimeSeconds(waitSeconds)))
            .messages();
    assertThat(messages).hasSize(1);
    return messages.getFirst();
  }

  private List<Message> receiveAll(String url, int waitSeconds) {
    return service
        .sqs()
        .receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(waitSeconds))
        .messages();
  }

  private void change(String url, Message message, int seconds) {
    service
        .sqs()
        .changeMessageVisibility(
            r -> r.queueUrl(url).receiptHandle(message.receiptHandle()).visibilityTimeout(seconds));
  }

  private void delete(String url, Message message) {
    service.sqs().deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle()));
  }

  private void awaitCounts(String url, QueueCounts expected) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> QueueCounts.of(service, url), expected::equals);
  }
}
