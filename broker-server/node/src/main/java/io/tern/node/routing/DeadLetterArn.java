package io.tern.node.routing;

import io.tern.state.QueueName;
import io.tern.topics.policy.SubscriptionAttributes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The dead-letter queue that a subscription names; for matching and for delivery. */
public final class DeadLetterArn {
  private DeadLetterArn() {}

  /** The queue that a subscription with these attributes names, or null. */
  public static @Nullable QueueName of(Map<String, String> attributes) {
    return SubscriptionAttributes.deadLetterQueue(
            attributes.get(SubscriptionAttributes.REDRIVE_POLICY))
        .orElse(null);
  }
}
