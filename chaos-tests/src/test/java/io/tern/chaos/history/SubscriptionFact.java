package io.tern.chaos.history;

import org.jspecify.annotations.Nullable;

/**
 * A queue subscribed to a topic before the first publish.
 *
 * @param filterPolicy JSON over message attributes; null takes everything
 */
public record SubscriptionFact(
    String workload, String topic, String queue, @Nullable String filterPolicy, boolean raw) {}
