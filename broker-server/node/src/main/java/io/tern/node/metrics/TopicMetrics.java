package io.tern.node.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What becomes of notifications whose target does not take them; counted where they are matched.
 */
public final class TopicMetrics {
  private final Counter published;
  private final Counter filteredOut;
  private final Counter deadLettered;
  private final Counter dropped;

  public TopicMetrics(MeterRegistry registry) {
    this.published =
        Counter.builder("sns_number_of_messages_published")
            .description("Messages matched with the subscriptions of their topic")
            .register(registry);
    this.filteredOut =
        Counter.builder("sns_number_of_notifications_filtered_out")
            .description("Subscriptions that a published message did not match")
            .register(registry);
    this.deadLettered =
        Counter.builder("sns_number_of_notifications_redriven_to_dlq")
            .description(
                "Notifications that their queue could not take, sent to a dead-letter queue")
            // The labels that deliveries to the world have under this name.
            .tags("protocol", "sqs", "topic", "", "subscription", "")
            .register(registry);
    this.dropped =
        Counter.builder("sns_number_of_notifications_dropped")
            .description(
                "Notifications that their queue could not take, without a dead-letter queue")
            .register(registry);
  }

  /** A message was matched; so many subscriptions did not want it. */
  public void published(int unwanted) {
    published.increment();
    filteredOut.increment(unwanted);
  }

  /** One went to the dead-letter queue at once. */
  public void deadLettered() {
    deadLettered.increment();
  }

  /** One went nowhere. */
  public void dropped() {
    dropped.increment();
  }
}
