package io.tern.conformance.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tern.conformance.Deployment;
import io.tern.conformance.OnEachDeployment;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.sqs.model.Message;

/** Archives of FIFO topics, replayed to late subscribers; dead letters of FIFO subscriptions. */
@OnEachDeployment
class ReplayTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String ARCHIVE = "{\"MessageRetentionPeriod\":\"7\"}";

  private final Sns sns;

  ReplayTest(Deployment service) {
    this.sns = Sns.of(service);
  }

  @Test
  void replayWithAnEndLeavesTheSubscriptionPaused() {
    String topic = sns.newFifoTopic("paused", Map.of("ArchivePolicy", ARCHIVE));
    String end = "";
    for (int i = 0; i < 4; i++) {
      publish(topic, "m" + i, "v");
      if (i == 1) {
        end = afterNow();
      }
    }
    String queue = sns.newFifoQueue("paused", Map.of());
    String subscription =
        sns.subscribe(topic, queue, Map.of("ReplayPolicy", policy(beginning(topic), end)));
    awaitStatus(subscription, "Completed");
    publish(topic, "m4", "v");
    for (int i = 0; i < 2; i++) {
      JsonNode envelope = sns.nextEnvelope(queue);
      assertThat(Sns.textOf(envelope, "Message")).isEqualTo("m" + i);
      assertThat(envelope.field("Replayed")).isPresent();
    }
    assertThat(sns.receive(queue)).isEmpty();

    set(subscription, "ReplayPolicy", "{}");
    assertThat(sns.subscriptionAttributes(subscription))
        .doesNotContainKeys("ReplayPolicy", "ReplayStatus");
    publish(topic, "m5", "v");
    assertThat(Sns.textOf(sns.nextEnvelope(queue), "Message")).isEqualTo("m5");
    endArchive(topic);
  }

  @Test
  void filterOfTheReplayCounts() {
    String topic = sns.newFifoTopic("filtered", Map.of("ArchivePolicy", ARCHIVE));
    for (int i = 0; i < 4; i++) {
      publish(topic, "m" + i, i % 2 == 0 ? "even" : "odd");
    }
    String queue = sns.newFifoQueue("filtered", Map.of());
    String subscription =
        sns.subscribe(
            topic,
            queue,
            Map.of(
                "FilterPolicy", "{\"k\":[\"odd\"]}", "ReplayPolicy", policy(beginning(topic), "")));
    awaitStatus(subscription, "Completed");
    publish(topic, "m4", "even");
    publish(topic, "m5", "odd");
    for (String message : new String[] {"m1", "m3", "m5"}) {
      assertThat(Sns.textOf(sns.nextEnvelope(queue), "Message")).isEqualTo(message);
    }
    endArchive(topic);
  }

  @Test
  void replayedMessagesAreTheSameMessages() {
    String topic = sns.newFifoTopic("same", Map.of("ArchivePolicy", ARCHIVE));
    String live = sns.newFifoQueue("live", Map.of());
    String subscription = sns.subscribe(topic, live);
    publish(topic, "m0", "v");
    Message first = sns.next(live);
    set(subscription, "ReplayPolicy", policy(beginning(topic), ""));
    Message again = sns.next(live);
    JsonNode before = JsonNode.parser().parse(first.body());
    JsonNode after = JsonNode.parser().parse(again.body());
    for (String member : new String[] {"MessageId", "Timestamp", "SequenceNumber", "Message"}) {
      assertThat(Sns.textOf(after, member)).as(member).isEqualTo(Sns.textOf(before, member));
    }
    assertThat(again.attributesAsStrings()).containsEntry("MessageGroupId", "g");
    assertThat(again.messageId()).isNotEqualTo(first.messageId());
    endArchive(topic);
  }

  @Test
  void archiveEndsWithItsPolicy() {
    String topic = sns.newFifoTopic("ended", Map.of("ArchivePolicy", ARCHIVE));
    assertThat(sns.topicAttributes(topic)).containsEntry("ArchivePolicy", ARCHIVE);
    publish(topic, "m0", "v");
    assertThat(Instant.parse(beginning(topic))).isBeforeOrEqualTo(Instant.now().plusSeconds(5));
    sns.client()
        .setTopicAttributes(
            r -> r.topicArn(topic).attributeName("ArchivePolicy").attributeValue("{}"));
    assertThat(sns.topicAttributes(topic))
        .doesNotContainKeys("ArchivePolicy", "BeginningArchiveTime");
    sns.client().deleteTopic(r -> r.topicArn(topic));
  }

  @Test
  void deadLettersOfAFifoSubscriptionKeepTheirIds() {
    String topic = sns.newFifoTopic("dead", Map.of());
    String dead = sns.newFifoQueue("dead", Map.of());
    String other = sns.newFifoQueue("other", Map.of());
    sns.subscribe(
        topic,
        "/" + sns.newName("never") + ".fifo",
        Map.of("RedrivePolicy", "{\"deadLetterTargetArn\":\"" + Sns.queueArn(dead) + "\"}"));
    sns.subscribe(topic, other);
    publish(topic, "m0", "v");
    publish(topic, "m1", "v");
    for (int i = 0; i < 2; i++) {
      Message message = sns.next(dead);
      assertThat(message.body()).contains("\"Message\" : \"m" + i + "\"");
      assertThat(message.attributesAsStrings())
          .containsEntry("MessageGroupId", "g")
          .containsEntry("MessageDeduplicationId", "m" + i);
      assertThat(Sns.textOf(sns.nextEnvelope(other), "Message")).isEqualTo("m" + i);
    }
  }

  /** A time after everything published so far and before everything published later. */
  private static String afterNow() {
    Instant now = Instant.now();
    await().until(() -> Instant.now().isAfter(now.plusMillis(50)));
    Instant end = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    await().until(() -> Instant.now().isAfter(end.plusMillis(50)));
    return end.toString();
  }

  private String beginning(String topic) {
    return sns.topicAttributes(topic).getOrDefault("BeginningArchiveTime", "");
  }

  private static String policy(String start, String end) {
    return "{\"PointType\":\"Timestamp\",\"StartingPoint\":\""
        + start
        + (end.isEmpty() ? "" : "\",\"EndingPoint\":\"" + end)
        + "\"}";
  }

  private void awaitStatus(String subscription, String status) {
    await()
        .atMost(SOON)
        .until(
            () -> sns.subscriptionAttributes(subscription).getOrDefault("ReplayStatus", ""),
            status::equals);
  }

  private void set(String subscription, String name, String value) {
    sns.client()
        .setSubscriptionAttributes(
            r -> r.subscriptionArn(subscription).attributeName(name).attributeValue(value));
  }

  private void publish(String topic, String message, String kind) {
    sns.client()
        .publish(r ->
            r.topicArn(topic)
                .messageGroupId("g")
                .messageDeduplicationId(message)
                .message(message)
                .messageAttributes(Map.of("k", Sns.text(kind))));
  }

  private void endArchive(String topic) {
    sns.client()
        .setTopicAttributes(
            r -> r.topicArn(topic).attributeName("ArchivePolicy").attributeValue("{}"));
    sns.client().deleteTopic(r -> r.topicArn(topic));
  }
}
