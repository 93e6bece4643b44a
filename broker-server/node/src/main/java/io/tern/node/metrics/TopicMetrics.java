package io.tern.node.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tern.topics.filter.FilteredOut;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * What becomes of notifications that no queue takes; TopicMatcher tells it once for each message
 * that was stored. The words of the names and reasons are those of CloudWatch.
 */
public final class TopicMetrics {

  /** The labels that deliveries to the world have under the same names. */
  private static final Tags QUEUES = Tags.of("protocol", "sqs", "topic", "", "subscription", "");

  /**
   * How many notifications of one message went another way than to their queue.
   *
   * @param filteredOut subscriptions that did not want it, by the reason
   * @param deadLettered sent to a dead-letter queue at once
   * @param notDeadLettered lost because the dead-letter queue is not there either
   * @param dropped lost because there should be none
   */
  public record Fates(
      Map<FilteredOut, Integer> filteredOut, int deadLettered, int notDeadLettered, int dropped) {}

  private final Counter published;
  private final Map<FilteredOut, Counter> filteredOut = new EnumMap<>(FilteredOut.class);
  private final Counter deadLettered;
  private final Counter notDeadLettered;
  private final Counter dropped;

  public TopicMetrics(MeterRegistry registry) {
    this.published =
        Counter.builder("sns_number_of_messages_published")
            .description("Messages stored for the subscriptions of their topic")
            .register(registry);
    for (FilteredOut reason : FilteredOut.values()) {
      filteredOut.put(
          reason,
          Counter.builder("sns_number_of_notifications_filtered_out")
              .description("Subscriptions that a published message did not match")
              .tag("reason", word(reason))
              .register(registry));
    }
    this.deadLettered =
        Counter.builder("sns_number_of_notifications_redriven_to_dlq")
            .description(
                "Notifications that their queue could not take, sent to a dead-letter queue")
            .tags(QUEUES)
            .register(registry);
    this.notDeadLettered =
        Counter.builder("sns_number_of_notifications_failed_to_redrive_to_dlq")
            .description(
                "Notifications that their queue could not take and whose dead-letter queue was not there")
            .tags(QUEUES)
            .register(registry);
    this.dropped =
        Counter.builder("sns_number_of_notifications_dropped")
            .description(
                "Notifications that their queue could not take, without a dead-letter queue")
            .register(registry);
  }

  private static String word(FilteredOut reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A message was stored, and this became of its notifications. */
  public void published(Fates fates) {
    published.increment();
    filteredOut.forEach(
        (reason, counter) -> counter.increment(fates.filteredOut().getOrDefault(reason, 0)));
    deadLettered.increment(fates.deadLettered());
    notDeadLettered.increment(fates.notDeadLettered());
    dropped.increment(fates.dropped());
  }

  /** One that was on its way went nowhere. */
  public void dropped() {
    dropped.increment();
  }
}
