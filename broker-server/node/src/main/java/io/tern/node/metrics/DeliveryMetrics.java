package io.tern.node.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tern.state.limits.DeliveryLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * How deliveries to the world went, for each subscription with deliveries; the words of the names
 * are those of CloudWatch. Beyond a number of subscriptions, the others are counted together.
 */
public final class DeliveryMetrics {
  private static final String OTHERS = "others";

  private final MeterRegistry registry;
  private final AtomicInteger subscriptions = new AtomicInteger();

  public DeliveryMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * The meters of one subscription, for as long as its deliveries are made here.
   *
   * @param backlog how many deliveries wait, those under way included
   * @param oldestAgeMillis how long ago the oldest of them was published
   */
  public OfSubscription of(
      String protocol,
      String topic,
      long subscription,
      LongSupplier backlog,
      LongSupplier oldestAgeMillis) {
    boolean single = subscriptions.incrementAndGet() <= DeliveryLimits.METERED_SUBSCRIPTIONS;
    Tags tags =
        single
            ? Tags.of(
                "protocol", protocol, "topic", topic, "subscription", Long.toString(subscription))
            : Tags.of("protocol", protocol, "topic", OTHERS, "subscription", OTHERS);
    OfSubscription meters = new OfSubscription(tags, single);
    if (single) {
      meters.show("sns_delivery_backlog", "Deliveries that wait or are under way", backlog);
      meters.show(
          "sns_delivery_oldest_age_seconds",
          "Since the publish of the oldest message that was tried and is not delivered",
          () -> TimeUnit.MILLISECONDS.toSeconds(oldestAgeMillis.getAsLong()));
    }
    return meters;
  }

  /** One subscription's. */
  public final class OfSubscription {
    private final Tags tags;
    private final Counter delivered;
    private final Counter failed;
    private final Counter redriven;
    private final Counter notRedriven;
    private final Counter shed;
    private final List<Meter> own;

    private OfSubscription(Tags tags, boolean single) {
      this.tags = tags;
      delivered =
          counter(
              "sns_number_of_notifications_delivered", "Deliveries that the endpoint took", tags);
      failed =
          counter(
              "sns_number_of_notifications_failed",
              "Failed attempts at web endpoints, given up deliveries elsewhere",
              tags);
      redriven =
          counter(
              "sns_number_of_notifications_redriven_to_dlq",
              "Given up deliveries sent to a dead-letter queue",
              tags);
      notRedriven =
          counter(
              "sns_number_of_notifications_failed_to_redrive_to_dlq",
              "Given up deliveries whose dead-letter queue was not there",
              tags);
      shed =
          counter(
              "sns_number_of_notifications_shed",
              "Oldest deliveries given up because too many of their subscription waited",
              tags);
      own =
          single
              ? new ArrayList<>(List.of(delivered, failed, redriven, notRedriven, shed))
              : new ArrayList<>();
    }

    private void show(String name, String description, LongSupplier value) {
      own.add(
          Gauge.builder(name, value::getAsLong)
              .description(description)
              .tags(tags)
              .register(registry));
    }

    public void delivered() {
      delivered.increment();
    }

    public void failed() {
      failed.increment();
    }

    /** One was given up although there is a dead-letter queue for it, or should be. */
    public void redriven(boolean isThere) {
      (isThere ? redriven : notRedriven).increment();
    }

    /** The oldest was given up untried, for too many waited. */
    public void shed() {
      shed.increment();
    }

    /** Its deliveries are made here no more. */
    public void remove() {
      own.forEach(registry::remove);
      subscriptions.decrementAndGet();
    }

    private Counter counter(String name, String description, Tags tags) {
      return Counter.builder(name).description(description).tags(tags).register(registry);
    }
  }
}
