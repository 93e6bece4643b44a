package io.tern.conformance.sns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.conformance.Deployment;
import io.tern.conformance.OnEachDeployment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sqs.model.Message;

/** Publish and PublishBatch, and what queues get of them. */
@OnEachDeployment
class PublishTest {
  private final Sns sns;

  PublishTest(Deployment service) {
    this.sns = Sns.of(service);
  }

  @Test
  void envelopeIsToTheByte() {
    String topic = sns.newTopic("envelope");
    String queue = sns.newQueue("envelope");
    String subscription = sns.subscribe(topic, queue);
    String id =
        sns.client()
            .publish(r ->
                r.topicArn(topic)
                    .message("Zwei \"Tern\"\nüber dem See")
                    .subject("Möwe")
                    .messageAttributes(Map.of("k", Sns.text("v"))))
            .messageId();
    Message message = sns.next(queue);
    assertThat(message.messageAttributes()).isEmpty();
    assertThat(message.messageId()).isNotEqualTo(id);
    assertThat(message.body())
        .matches(
            "(?s)\\{\n"
                + "  \"Type\" : \"Notification\",\n"
                + "  \"MessageId\" : \""
                + id
                + "\",\n"
                + "  \"TopicArn\" : \""
                + topic
                + "\",\n"
                + "  \"Subject\" : \"Möwe\",\n"
                + "  \"Message\" : \"Zwei \\\\\"Tern\\\\\"\\\\nüber dem See\",\n"
                + "  \"Timestamp\" : \"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\",\n"
                + "  \"SignatureVersion\" : \"1\",\n"
                + "  \"Signature\" : \"[A-Za-z0-9+/=]{344}\",\n"
                + "  \"SigningCertURL\" : \"[^\"]+/SimpleNotificationService-[0-9a-f]{32}\\.pem\",\n"
                + "  \"UnsubscribeURL\" : \"[^\"]+/\\?Action=Unsubscribe&SubscriptionArn="
                + subscription
                + "\",\n"
                + "  \"MessageAttributes\" : \\{\n"
                + "    \"k\" : \\{\"Type\":\"String\",\"Value\":\"v\"\\}\n"
                + "  \\}\n"
                + "\\}");
  }

  @Test
  void rawMessageKeepsItsAttributes() {
    String topic = sns.newTopic("raw");
    String queue = sns.newQueue("raw");
    sns.subscribe(topic, queue, Map.of("RawMessageDelivery", "true"));
    Map<String, MessageAttributeValue> attributes =
        Map.of(
            "text", Sns.text("v"),
            "long", Sns.typed("Number.java.lang.Long", "7"),
            "list", Sns.typed("String.Array", "[\"a\",1,null]"),
            "bytes",
                MessageAttributeValue.builder()
                    .dataType("Binary")
                    .binaryValue(SdkBytes.fromUtf8String("b"))
                    .build());
    sns.client()
        .publish(r -> r.topicArn(topic).subject("lost").message("m").messageAttributes(attributes));
    Message message = sns.next(queue);
    assertThat(message.body()).isEqualTo("m");
    assertThat(message.messageAttributes().keySet())
        .containsExactlyInAnyOrder("text", "long", "list", "bytes");
    assertThat(message.messageAttributes())
        .hasEntrySatisfying(
            "long", it -> assertThat(it.dataType()).isEqualTo("Number.java.lang.Long"))
        .hasEntrySatisfying(
            "list",
            it -> {
              assertThat(it.dataType()).isEqualTo("String.Array");
              assertThat(it.stringValue()).isEqualTo("[\"a\",1,null]");
            })
        .hasEntrySatisfying(
            "bytes", it -> assertThat(it.binaryValue().asUtf8String()).isEqualTo("b"));
  }

  @Test
  void rawMessageWithTooManyAttributesGoesToTheDeadLetterQueue() {
    String topic = sns.newTopic("eleven");
    String queue = sns.newQueue("eleven");
    String dead = sns.newQueue("dead");
    sns.subscribe(
        topic,
        queue,
        Map.of(
            "RawMessageDelivery",
            "true",
            "RedrivePolicy",
            "{\"deadLetterTargetArn\":\"" + Sns.queueArn(dead) + "\"}"));
    Map<String, MessageAttributeValue> attributes = new HashMap<>();
    for (int i = 0; i < 11; i++) {
      attributes.put("a" + i, Sns.text("v"));
    }
    sns.client().publish(r -> r.topicArn(topic).message("eleven").messageAttributes(attributes));
    assertThat(sns.next(dead).body()).isEqualTo("eleven");
    sns.publish(topic, "none");
    assertThat(sns.next(queue).body()).isEqualTo("none");
  }

  @Test
  void structuredMessageHasATextForEachProtocol() {
    String topic = sns.newTopic("structure");
    String queue = sns.newQueue("structure");
    sns.subscribe(topic, queue);
    structured(topic, "{\"default\":\"d\",\"sqs\":\"s\",\"lambda\":7}");
    structured(topic, "{\"default\":\"only\"}");
    sns.assertNextIs(queue, "s");
    sns.assertNextIs(queue, "only");
    Sns.assertInvalid(
        () -> structured(topic, "not json"),
        "Invalid parameter: Message Structure - JSON message body failed to parse");
    for (String without : List.of("{}", "{\"sqs\":\"s\"}", "{\"default\":1}")) {
      Sns.assertInvalid(
          () -> structured(topic, without),
          "Invalid parameter: Message Structure - No default entry in JSON message body");
    }
  }

  @Test
  void longestMessageIsTaken() {
    String topic = sns.newTopic("longest");
    String queue = sns.newQueue("longest");
    sns.subscribe(topic, queue);
    String longest = "x".repeat(262_144);
    assertThat(sns.publish(topic, longest)).isNotEmpty();
    sns.assertNextIs(queue, longest);
    publish(
        topic,
        r ->
            r.message("x".repeat(262_144 - "kString".length() - 1))
                .messageAttributes(Map.of("k", Sns.text("v"))));
    assertThat(sns.next(queue).body()).contains("MessageAttributes");
  }

  @Test
  void batchIsPublishedInOrder() {
    String topic = sns.newTopic("batch");
    String queue = sns.newQueue("batch");
    sns.subscribe(topic, queue, Map.of("RawMessageDelivery", "true"));
    PublishBatchResponse done =
        sns.client()
            .publishBatch(
                r -> r.topicArn(topic).publishBatchRequestEntries(entries("a", "b", "c")));
    assertThat(done.failed()).isEmpty();
    assertThat(done.hasFailed()).isTrue();
    assertThat(done.successful().stream().map(entry -> entry.id())).containsExactly("a", "b", "c");
    assertThat(done.successful()).allMatch(entry -> !entry.messageId().isEmpty());
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      bodies.add(sns.next(queue).body());
    }
    assertThat(bodies).containsExactly("m-a", "m-b", "m-c");
  }

  @Test
  void groupOfAStandardTopicReachesStandardQueues() {
    String topic = sns.newTopic("group");
    String queue = sns.newQueue("group");
    sns.subscribe(topic, queue);
    publish(topic, r -> r.message("m").messageGroupId("tenant"));
    assertThat(sns.next(queue).attributesAsStrings()).containsEntry("MessageGroupId", "tenant");
  }

  @Test
  void targetArnMayBeATopic() {
    String topic = sns.newTopic("target");
    String queue = sns.newQueue("target");
    sns.subscribe(topic, queue);
    sns.client().publish(r -> r.targetArn(topic).message("m"));
    sns.assertNextIs(queue, "m");
  }

  @Test
  void goneQueueSendsToTheDeadLetterQueueAndTroublesNobody() {
    String topic = sns.newTopic("gone");
    String dead = sns.newQueue("dead");
    String other = sns.newQueue("other");
    sns.client()
        .subscribe(r ->
            r.topicArn(topic)
                .protocol("sqs")
                .endpoint(Sns.queueArn("/" + sns.newName("never")))
                .attributes(
                    Map.of(
                        "RedrivePolicy",
                        "{\"deadLetterTargetArn\":\"" + Sns.queueArn(dead) + "\"}")));
    sns.subscribe(topic, other);
    String id = sns.publish(topic, "m");
    assertThat(Sns.textOf(sns.nextEnvelope(dead), "MessageId")).isEqualTo(id);
    assertThat(Sns.textOf(sns.nextEnvelope(other), "MessageId")).isEqualTo(id);
  }

  private void structured(String topic, String message) {
    publish(topic, r -> r.message(message).messageStructure("json"));
  }

  private void publish(String topic, Consumer<PublishRequest.Builder> more) {
    sns.client().publish(r -> more.accept(r.topicArn(topic)));
  }

  private static List<PublishBatchRequestEntry> entries(String... ids) {
    List<PublishBatchRequestEntry> entries = new ArrayList<>();
    for (String id : ids) {
      entries.add(PublishBatchRequestEntry.builder().id(id).message("m-" + id).build());
    }
    return entries;
  }
}
