package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** The life of a message: sent, received as sent, deleted; bodies of every kind and size. */
@OnEachDeployment
class MessageTest {
  private static final int MAX_BYTES = 1_048_576;

  private final Deployment service;

  MessageTest(Deployment service) {
    this.service = service;
  }

  @Test
  void sentReceivedDeleted() {
    String url = service.newQueue("life");
    SendMessageResponse sent =
        service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("message"));
    assertThat(sent.md5OfMessageBody()).isEqualTo("78e731027d8fd50ed642340b7c9a63b3");
    assertThat(sent.messageId()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(sent.md5OfMessageAttributes()).isNull();
    assertThat(sent.md5OfMessageSystemAttributes()).isNull();
    assertThat(sent.sequenceNumber()).isNull();

    Message received = receiveOne(url);
    assertThat(received.messageId()).isEqualTo(sent.messageId());
    assertThat(received.body()).isEqualTo("message");
    assertThat(received.md5OfBody()).isEqualTo("78e731027d8fd50ed642340b7c9a63b3");
    assertThat(received.receiptHandle()).isNotEmpty().hasSizeLessThanOrEqualTo(1024);
    assertThat(received.attributes()).isEmpty();
    assertThat(received.md5OfMessageAttributes()).isNull();

    service.sqs().deleteMessage(r -> r.queueUrl(url).receiptHandle(received.receiptHandle()));
    service.sqs().deleteMessage(r -> r.queueUrl(url).receiptHandle(received.receiptHandle()));
    assertThat(QueueCounts.of(service, url)).isEqualTo(new QueueCounts(0, 0, 0));
  }

  static List<String> bodies() {
    return List.of(
        "x",
        " leading and trailing \t\r\n",
        "carriage\rreturn\r\nand line\nfeed and tab\t.",
        "<xml attr=\"a\">&amp; ]]> 'quoted' \"twice\"</xml>",
        "{\"json\": [1, \"\\u0000\", null]}",
        "a=b&c=d%20+;",
        "\u00e9 \u4e16\u754c \ud83d\ude00 \ud7ff\ue000\ufffd",
        "\u0085\u2028\u2029\u00a0",
        "\ud800\udc00\udbff\udfff",
        "\\ \\n \\\\u0041 / \u007f");
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void bodiesComeBackAsSentThroughJson(String body) {
    String url = service.newQueue("alphabet");
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody(body));
    assertThat(receiveOne(url).body()).isEqualTo(body);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void bodiesComeBackAsSentThroughQuery(String body) {
    String url = service.newQueue("alphabet");
    HttpAnswer sent = service.http().form("SendMessage", "QueueUrl", url, "MessageBody", body);
    assertThat(sent.status()).as(sent.toString()).isEqualTo(200);
    HttpAnswer received =
        service.http().form("ReceiveMessage", "QueueUrl", url, "WaitTimeSeconds", "5");
    assertThat(received.xmlText("Body")).isEqualTo(body);
    assertThat(received.xmlText("MD5OfBody")).isEqualTo(sent.xmlText("MD5OfMessageBody"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1024, 65_536, 262_145, MAX_BYTES})
  void bodiesUpToTheLimit(int bytes) {
    String url = service.newQueue("size");
    String body = "s".repeat(bytes);
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody(body));
    assertThat(receiveOne(url).body()).isEqualTo(body);
  }

  @Test
  void formMayBeThreeTimesTheMessage() {
    String url = service.newQueue("percent");
    String body = "\u00e9".repeat(MAX_BYTES / 2);
    HttpAnswer sent = service.http().form("SendMessage", "QueueUrl", url, "MessageBody", body);
    assertThat(sent.status()).as(sent.body()).isEqualTo(200);
    assertThat(receiveOne(url).body()).isEqualTo(body);
  }

  @Test
  void sizeCountsBytesNotCharacters() {
    String url = service.newQueue("bytes", Map.of(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1024"));
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("\u00e9".repeat(512)));
    assertThatThrownBy(() ->
            service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("\u00e9".repeat(512) + "x")))
        .isInstanceOf(SqsException.class)
        .hasMessageContaining(
            "One or more parameters are invalid. Reason: Message must be shorter than 1024"
                + " bytes.");
  }

  @Test
  void receiveReturnsAtMostTen() {
    String url = service.newQueue("ten");
    Set<String> sent = new HashSet<>();
    for (int i = 0; i < 15; i++) {
      String body = "m" + i;
      service.sqs().sendMessage(r -> r.queueUrl(url).messageBody(body));
      sent.add(body);
    }
    assertThat(service.sqs().receiveMessage(r -> r.queueUrl(url).visibilityTimeout(0)).messages())
        .hasSize(1);

    Set<String> received = new HashSet<>();
    for (int poll = 0; poll < 15 && received.size() < 15; poll++) {
      List<Message> some =
          service
              .sqs()
              .receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10).visibilityTimeout(600))
              .messages();
      assertThat(some).hasSizeLessThanOrEqualTo(10);
      for (Message message : some) {
        assertThat(received.add(message.body())).as("twice " + message.body()).isTrue();
      }
    }
    assertThat(received).isEqualTo(sent);
  }

  @Test
  void messageIdsAndHandlesAreUnique() {
    String url = service.newQueue("unique");
    Set<String> ids = new HashSet<>();
    Set<String> handles = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      ids.add(service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("same")).messageId());
    }
    for (int i = 0; i < 20; i++) {
      service
          .sqs()
          .receiveMessage(r -> r.queueUrl(url).visibilityTimeout(0).maxNumberOfMessages(1))
          .messages()
          .forEach(message -> handles.add(message.receiptHandle()));
    }
    assertThat(ids).hasSize(20);
    assertThat(handles).hasSize(20);
  }

  @Test
  void oldestComesFirst() {
    String url = service.newQueue("order");
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String body = "m" + i;
      service.sqs().sendMessage(r -> r.queueUrl(url).messageBody(body));
      sent.add(body);
    }
    List<String> received =
        service
            .sqs()
            .receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10))
            .messages()
            .stream()
            .map(Message::body)
            .toList();
    assertThat(received).isEqualTo(sent);
  }

  @Test
  void systemAttributes() {
    String url = service.newQueue("system");
    long before = System.currentTimeMillis();
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("m").messageGroupId("tenant-1"));
    service.sqs().receiveMessage(r -> r.queueUrl(url).visibilityTimeout(0));

    Message message =
        service
            .sqs()
            .receiveMessage(r -> TestQueue.everyAttribute(r.queueUrl(url).waitTimeSeconds(5)))
            .messages()
            .getFirst();
    Map<MessageSystemAttributeName, String> attributes = message.attributes();
    assertThat(attributes)
        .containsOnlyKeys(
            MessageSystemAttributeName.SENDER_ID,
            MessageSystemAttributeName.SENT_TIMESTAMP,
            MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
            MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP,
            MessageSystemAttributeName.MESSAGE_GROUP_ID)
        .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2")
        .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "tenant-1");
    long sent =
        Long.parseLong(attributes.getOrDefault(MessageSystemAttributeName.SENT_TIMESTAMP, ""));
    long first =
        Long.parseLong(
            attributes.getOrDefault(
                MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP, ""));
    assertThat(sent).isBetween(before - 2_000, System.currentTimeMillis() + 2_000);
    assertThat(first).isGreaterThanOrEqualTo(sent);
  }

  @Test
  @Tag("once") // The new member is newer than the SDK that speaks AWS Query.
  @SuppressWarnings("deprecation") // Clients still ask by the old member.
  void systemAttributesByTheOldMember() {
    String url = service.newQueue("oldmember");
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("m"));
    Message message =
        service
            .sqs()
            .receiveMessage(r ->
                r.queueUrl(url)
                    .attributeNamesWithStrings("ApproximateReceiveCount")
                    .messageSystemAttributeNamesWithStrings("SentTimestamp"))
            .messages()
            .getFirst();
    assertThat(message.attributes())
        .containsOnlyKeys(
            MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
            MessageSystemAttributeName.SENT_TIMESTAMP);
  }

  @Test
  void attemptIdOnAStandardQueueIsIgnored() {
    String url = service.newQueue("attempt");
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("m"));
    assertThat(
            service
                .sqs()
                .receiveMessage(r -> r.queueUrl(url).receiveRequestAttemptId("attempt-1"))
                .messages())
        .hasSize(1);
  }

  private Message receiveOne(String url) {
    List<Message> messages =
        service.sqs().receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(5)).messages();
    assertThat(messages).hasSize(1);
    return messages.getFirst();
  }
}
