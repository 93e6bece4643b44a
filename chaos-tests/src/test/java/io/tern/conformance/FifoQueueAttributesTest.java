package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Names and attributes of FIFO queues. */
@OnEachDeployment
class FifoQueueAttributesTest {
  private static final String FIFO_NAME =
      "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores,"
          + " must end with .fifo suffix and be 1 to 80 in length";
  private static final String NAME =
      "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length";

  private final Deployment service;

  FifoQueueAttributesTest(Deployment service) {
    this.service = service;
  }

  @Test
  void defaultsOfAFifoQueue() {
    TestQueue queue = TestQueue.fifo(service, "defaults");
    assertThat(queue.attributes())
        .containsEntry("FifoQueue", "true")
        .containsEntry("ContentBasedDeduplication", "false")
        .containsEntry("DeduplicationScope", "queue")
        .containsEntry("FifoThroughputLimit", "perQueue")
        .containsEntry("QueueArn", queue.arn())
        .doesNotContainKeys("Policy", "RedrivePolicy", "RedriveAllowPolicy", "KmsMasterKeyId");
  }

  @Test
  void suffixCountsAmongTheEightyCharacters() {
    String start = service.newName("n");
    String eighty = start + "x".repeat(75 - start.length()) + ".fifo";
    create(eighty, Map.of(QueueAttributeName.FIFO_QUEUE, "true"));
    Refusal.assertRefused(
        () -> create("x" + eighty, Map.of(QueueAttributeName.FIFO_QUEUE, "true")),
        ErrorKind.INVALID_PARAMETER_VALUE,
        FIFO_NAME);
  }

  @Test
  void suffixAndAttributeGoTogether() {
    String name = service.newName("suffix");
    Refusal.assertRefused(
        () -> create(name, Map.of(QueueAttributeName.FIFO_QUEUE, "true")),
        ErrorKind.INVALID_PARAMETER_VALUE,
        FIFO_NAME);
    Refusal.assertRefused(
        () -> create(name + ".fifo", Map.of()), ErrorKind.INVALID_PARAMETER_VALUE, NAME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b.fifo", "a b.fifo", "a/b.fifo", ".fifo"})
  void namesThatAreNone(String name) {
    Refusal.assertRefused(
        () -> create(name, Map.of(QueueAttributeName.FIFO_QUEUE, "true")),
        ErrorKind.INVALID_PARAMETER_VALUE,
        FIFO_NAME);
  }

  @Test
  void kindOfAQueueStays() {
    TestQueue fifo = TestQueue.fifo(service, "kind");
    fifo.set(QueueAttributeName.FIFO_QUEUE, "true");
    Refusal.assertRefused(
        () -> fifo.set(QueueAttributeName.FIFO_QUEUE, "false"),
        ErrorKind.INVALID_ATTRIBUTE_VALUE,
        "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not"
            + " supported.");
    TestQueue standard = TestQueue.standard(service, "kind");
    Refusal.assertRefused(
        () -> standard.set(QueueAttributeName.FIFO_QUEUE, "true"),
        ErrorKind.INVALID_ATTRIBUTE_VALUE,
        "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not"
            + " supported.");
  }

  @Test
  void highThroughputNeedsTheScopeOfTheGroup() {
    TestQueue queue = TestQueue.fifo(service, "high");
    assertThat(
            Refusal.of(
                    () -> queue.set(QueueAttributeName.FIFO_THROUGHPUT_LIMIT, "perMessageGroupId"))
                .status())
        .isEqualTo(400);
    assertThat(queue.attributes()).containsEntry("FifoThroughputLimit", "perQueue");
    queue.set(QueueAttributeName.DEDUPLICATION_SCOPE, "messageGroup");
    queue.set(QueueAttributeName.FIFO_THROUGHPUT_LIMIT, "perMessageGroupId");
    for (int i = 0; i < 6; i++) {
      assertThat(queue.attributes())
          .containsEntry("DeduplicationScope", "messageGroup")
          .containsEntry("FifoThroughputLimit", "perMessageGroupId");
    }
    TestQueue both =
        TestQueue.fifo(
            service,
            "both",
            Map.of(
                QueueAttributeName.DEDUPLICATION_SCOPE,
                "messageGroup",
                QueueAttributeName.FIFO_THROUGHPUT_LIMIT,
                "perMessageGroupId"));
    assertThat(both.attributes()).containsEntry("FifoThroughputLimit", "perMessageGroupId");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DeduplicationScope=group",
        "FifoThroughputLimit=none",
        "ContentBasedDeduplication=perhaps",
      })
  void valuesThatAreNone(String attributeAndValue) {
    TestQueue queue = TestQueue.fifo(service, "values");
    String[] parts = attributeAndValue.split("=", 2);
    Refusal.assertRefused(
        () -> queue.set(QueueAttributeName.fromValue(parts[0]), parts[1]),
        ErrorKind.INVALID_ATTRIBUTE_VALUE,
        "Invalid value for the parameter " + parts[0] + ".");
  }

  @Test
  void createIsIdempotent() {
    String name = service.newName("again") + ".fifo";
    Map<QueueAttributeName, String> attributes =
        Map.of(
            QueueAttributeName.FIFO_QUEUE, "true",
            QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "TRUE");
    create(name, attributes);
    create(name, attributes);
    Refusal.assertRefused(
        () ->
            create(
                name,
                Map.of(
                    QueueAttributeName.FIFO_QUEUE, "true",
                    QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "false")),
        ErrorKind.QUEUE_NAME_EXISTS,
        "A queue already exists with the same name and a different value for attribute"
            + " ContentBasedDeduplication");
  }

  private void create(String name, Map<QueueAttributeName, String> attributes) {
    service.sqs().createQueue(r -> r.queueName(name).attributes(attributes));
  }
}
