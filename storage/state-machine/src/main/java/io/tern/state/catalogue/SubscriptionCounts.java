package io.tern.state.catalogue;

import io.tern.state.limits.SubscriptionAttributes;

/**
 * How many subscriptions a topic or an account has; deleted ones do not count. Rules compare it
 * with limits.
 *
 * @param filtered those with a filter policy, confirmed or not
 */
public record SubscriptionCounts(int confirmed, int pending, int filtered) {
  static final SubscriptionCounts NONE = new SubscriptionCounts(0, 0, 0);

  /** Confirmed and pending ones. */
  public int all() {
    return confirmed + pending;
  }

  /** With that subscription counted once more, or once less. */
  SubscriptionCounts plus(SubscriptionDefinition subscription, int by) {
    int filter = SubscriptionAttributes.hasFilterPolicy(subscription.attributes()) ? by : 0;
    return switch (subscription.state()) {
      case CONFIRMED -> new SubscriptionCounts(confirmed + by, pending, filtered + filter);
      case PENDING -> new SubscriptionCounts(confirmed, pending + by, filtered + filter);
      case DELETED -> this;
    };
  }
}
