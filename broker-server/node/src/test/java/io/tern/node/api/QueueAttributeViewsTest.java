package io.tern.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.node.routing.QueueCounts;
import io.tern.protocols.TernException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Attributes of queues on their way to the catalogue and back to callers. */
class QueueAttributeViewsTest {
  private static final String REGION = "us-east-1";
  private static final QueueCounts COUNTS = new QueueCounts(1, 2, 3, List.of());

  @Test
  void documentsAreCheckedAndRedriveIsStoredInOneForm() {
    Map<String, String> given =
        Map.of(
            "Policy",
            " {\"Version\": \"2012-10-17\"}",
            "RedrivePolicy",
            "{\"maxReceiveCount\":\"5\","
                + " \"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:dead\"}");

    assertThat(QueueAttributeViews.normalised("orders", given, REGION))
        .containsEntry("Policy", " {\"Version\": \"2012-10-17\"}")
        .containsEntry(
            "RedrivePolicy",
            "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:dead\","
                + "\"maxReceiveCount\":5}");
    assertThatThrownBy(() ->
            QueueAttributeViews.changes(Queues.standard(Map.of()), Map.of("Policy", "{x}"), REGION))
        .isInstanceOf(TernException.class);
  }

  @Test
  void aFifoQueueShowsItsAttributesAndAStandardQueueShowsNone() {
    assertThat(QueueAttributeViews.view(Queues.fifo(Map.of()), "arn", COUNTS, List.of("All")))
        .containsEntry("FifoQueue", "true")
        .containsEntry("ContentBasedDeduplication", "false")
        .containsEntry("DeduplicationScope", "queue")
        .containsEntry("FifoThroughputLimit", "perQueue");
    assertThat(QueueAttributeViews.view(Queues.standard(Map.of()), "arn", COUNTS, List.of("All")))
        .doesNotContainKeys(
            "FifoQueue",
            "ContentBasedDeduplication",
            "DeduplicationScope",
            "FifoThroughputLimit",
            "Policy",
            "RedrivePolicy",
            "RedriveAllowPolicy",
            "KmsMasterKeyId")
        .containsEntry("QueueArn", "arn")
        .containsEntry("SqsManagedSseEnabled", "true")
        .containsEntry("ApproximateNumberOfMessagesDelayed", "3");
  }

  @Test
  void aPolicyThatSaysTheSameIsNoDifference() {
    Map<String, String> given = Map.of("Policy", "{ \"a\": 1 }", "DelaySeconds", "1");

    assertThat(QueueAttributeViews.alike(Queues.standard(Map.of("Policy", "{\"a\":1}")), given))
        .containsEntry("Policy", "{\"a\":1}")
        .containsEntry("DelaySeconds", "1");
    assertThat(QueueAttributeViews.alike(Queues.standard(Map.of("Policy", "{\"a\":2}")), given))
        .isEqualTo(given);
  }
}
