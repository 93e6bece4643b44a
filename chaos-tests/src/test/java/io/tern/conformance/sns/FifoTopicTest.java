package io.tern.conformance.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tern.conformance.Deployment;
import io.tern.conformance.OnEachDeployment;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResultEntry;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sqs.model.Message;

/** FIFO topics: order, deduplication, sequence numbers, archive and replay. */
@OnEachDeployment
class FifoTopicTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Sns sns;

  FifoTopicTest(Deployment service) {
    this.sns = Sns.of(service);
  }

  @Test
  void orderAndIdsReachAFifoQueue() {
    String topic = sns.newFifoTopic("order", Map.of());
    String queue = sns.newFifoQueue("order", Map.of());
    sns.subscribe(topic, queue);
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      numbers.add(publish(topic, "g", "d" + i, "m" + i).sequenceNumber());
    }
    assertThat(numbers).isSorted().allMatch(number -> number.matches("\\d{20}"));
    assertThat(new BigInteger(numbers.get(1)).subtract(new BigInteger(numbers.get(0))))
        .as("not consecutive")
        .isGreaterThan(BigInteger.ONE);
    for (int i = 0; i < 5; i++) {
      Message message = sns.next(queue);
      assertThat(message.body())
          .contains("\"Message\" : \"m" + i + "\"")
          .contains("\"SequenceNumber\" : \"" + numbers.get(i) + "\"")
          .doesNotContain("Signature");
      assertThat(message.attributesAsStrings())
          .containsEntry("MessageGroupId", "g")
          .containsEntry("MessageDeduplicationId", "d" + i)
          .hasEntrySatisfying(
              "SequenceNumber", own -> assertThat(own).hasSize(20).isNotIn(numbers));
    }
  }

  @Test
  void repetitionIsAnsweredLikeTheFirstAndDeliveredToNobody() {
    String topic = sns.newFifoTopic("twice", Map.of("ContentBasedDeduplication", "true"));
    String queue = sns.newFifoQueue("twice", Map.of());
    sns.subscribe(topic, queue);
    PublishResponse first =
        sns.client().publish(r -> r.topicArn(topic).message("m").messageGroupId("g"));
    PublishResponse again =
        sns.client().publish(r -> r.topicArn(topic).message("m").messageGroupId("h"));
    assertThat(again.messageId()).isEqualTo(first.messageId());
    assertThat(again.sequenceNumber()).isEqualTo(first.sequenceNumber());
    sns.client().publish(r -> r.topicArn(topic).message("n").messageGroupId("g"));
    sns.assertNextIs(queue, "m");
    sns.assertNextIs(queue, "n");
  }

  @Test
  void scopeOfDeduplicationMayBeTheGroup() {
    String topic = sns.newFifoTopic("scope", Map.of("FifoThroughputScope", "MessageGroup"));
    PublishResponse first = publish(topic, "g", "d", "m");
    assertThat(publish(topic, "h", "d", "m").messageId()).isNotEqualTo(first.messageId());
    assertThat(publish(topic, "g", "d", "m").messageId()).isEqualTo(first.messageId());
  }

  @Test
  void standardQueueGetsNeitherGroupNorDeduplicationId() {
    String topic = sns.newFifoTopic("standard", Map.of());
    String queue = sns.newQueue("standard");
    sns.subscribe(topic, queue, Map.of("RawMessageDelivery", "true"));
    publish(topic, "g", "d", "m");
    Message message = sns.next(queue);
    assertThat(message.body()).isEqualTo("m");
    assertThat(message.attributesAsStrings())
        .doesNotContainKeys("MessageGroupId", "MessageDeduplicationId");
  }

  @Test
  void batchAnswersWithSequenceNumbersInOrder() {
    String topic = sns.newFifoTopic("batch", Map.of());
    List<PublishBatchRequestEntry> entries = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      entries.add(
          PublishBatchRequestEntry.builder()
              .id("e" + i)
              .message("m" + i)
              .messageGroupId("g")
              .messageDeduplicationId("d" + (i == 2 ? 0 : i))
              .build());
    }
    List<PublishBatchResultEntry> done =
        sns.client()
            .publishBatch(r -> r.topicArn(topic).publishBatchRequestEntries(entries))
            .successful();
    assertThat(done.get(0).sequenceNumber()).isLessThan(done.get(1).sequenceNumber());
    assertThat(done.get(2).sequenceNumber()).isEqualTo(done.get(0).sequenceNumber());
    assertThat(done.get(2).messageId()).isEqualTo(done.get(0).messageId());
  }

  @Test
  void idsAreDemanded() {
    String topic = sns.newFifoTopic("ids", Map.of());
    Sns.assertInvalid(
        () -> sns.publish(topic, "m"),
        "Invalid parameter: The MessageGroupId parameter is required for FIFO topics");
    Sns.assertInvalid(
        () -> sns.client().publish(r -> r.topicArn(topic).message("m").messageGroupId("g")),
        "Invalid parameter: The topic should either have ContentBasedDeduplication enabled or"
            + " MessageDeduplicationId provided explicitly");
    for (String name : List.of(sns.newName("x"), sns.newName("x") + ".fifo")) {
      Map<String, String> wrong = name.endsWith(".fifo") ? Map.of() : Map.of("FifoTopic", "true");
      Sns.assertInvalid(
          () -> sns.client().createTopic(r -> r.name(name).attributes(wrong)),
          "Invalid parameter: Topic Name");
    }
  }

  @Test
  void archiveIsReplayedToASubscription() {
    String topic =
        sns.newFifoTopic("archive", Map.of("ArchivePolicy", "{\"MessageRetentionPeriod\":\"7\"}"));
    String live = sns.newFifoQueue("live", Map.of());
    sns.subscribe(topic, live, Map.of("RawMessageDelivery", "true"));
    Instant beginning = Instant.now().minusSeconds(60);
    for (int i = 0; i < 3; i++) {
      publish(topic, "g", "d" + i, "m" + i);
    }
    assertThat(sns.topicAttributes(topic)).containsKey("BeginningArchiveTime");
    String late = sns.newFifoQueue("late", Map.of());
    String subscription =
        sns.subscribe(
            topic,
            late,
            Map.of(
                "RawMessageDelivery",
                "true",
                "ReplayPolicy",
                "{\"PointType\":\"Timestamp\",\"StartingPoint\":\""
                    + sns.topicAttributes(topic).get("BeginningArchiveTime")
                    + "\"}"));
    await()
        .atMost(SOON)
        .until(
            () -> sns.subscriptionAttributes(subscription).getOrDefault("ReplayStatus", ""),
            "Completed"::equals);
    publish(topic, "g", "d3", "m3");
    for (String queue : List.of(live, late)) {
      for (int i = 0; i < 4; i++) {
        assertThat(sns.next(queue).body()).as(queue).isEqualTo("m" + i);
      }
    }
    assertThat(beginning).isBefore(Instant.now());
    Sns.assertRefused(
        () -> sns.client().deleteTopic(r -> r.topicArn(topic)),
        "InvalidState",
        400,
        refusalText(() -> sns.client().deleteTopic(r -> r.topicArn(topic))));
    sns.client()
        .setTopicAttributes(
            r -> r.topicArn(topic).attributeName("ArchivePolicy").attributeValue("{}"));
    sns.client().deleteTopic(r -> r.topicArn(topic));
  }

  /** AWS's text is not recorded; the code and the status are. */
  private static String refusalText(Runnable call) {
    try {
      call.run();
      return "";
    } catch (software.amazon.awssdk.services.sns.model.SnsException refused) {
      return refused.awsErrorDetails().errorMessage();
    }
  }

  private PublishResponse publish(String topic, String group, String id, String message) {
    return sns.client()
        .publish(r ->
            r.topicArn(topic).messageGroupId(group).messageDeduplicationId(id).message(message));
  }
}
