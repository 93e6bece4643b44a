package io.tern.node.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.topics.filter.FilteredOut;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The figures of notifications on the page; two classes share names and must share labels. */
class TopicMetricsTest {

  @Test
  void queuesAndTheWorldAreOnThePageUnderTheSameNames() {
    try (NodeMetrics metrics = new NodeMetrics()) {
      TopicMetrics topics = metrics.topics();
      metrics.deliveries().of("http", "orders", 7, () -> 0, () -> 0).redriven(false);
      topics.published(new TopicMetrics.Fates(Map.of(FilteredOut.MESSAGE_BODY, 3), 2, 1, 4));
      topics.dropped();

      assertThat(metrics.scrape().lines())
          .contains(
              "sns_number_of_messages_published_total 1.0",
              "sns_number_of_notifications_filtered_out_total{reason=\"invalid-attributes\"} 0.0",
              "sns_number_of_notifications_filtered_out_total{reason=\"invalid-message-body\"} 0.0",
              "sns_number_of_notifications_filtered_out_total{reason=\"message-attributes\"} 0.0",
              "sns_number_of_notifications_filtered_out_total{reason=\"message-body\"} 3.0",
              "sns_number_of_notifications_filtered_out_total{reason=\"no-message-attributes\"} 0.0",
              "sns_number_of_notifications_dropped_total 5.0",
              "sns_number_of_notifications_redriven_to_dlq_total"
                  + "{protocol=\"sqs\",subscription=\"\",topic=\"\"} 2.0",
              "sns_number_of_notifications_failed_to_redrive_to_dlq_total"
                  + "{protocol=\"sqs\",subscription=\"\",topic=\"\"} 1.0",
              "sns_number_of_notifications_failed_to_redrive_to_dlq_total"
                  + "{protocol=\"http\",subscription=\"7\",topic=\"orders\"} 1.0");
    }
  }
}
