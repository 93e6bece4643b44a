package io.tern.node.routing;

import io.tern.protocols.JsonValue;
import io.tern.state.QueueName;
import io.tern.state.limits.SubscriptionAttributes;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The dead-letter queue that a subscription's RedrivePolicy names; for all who give messages up. */
public final class DeadLetterArn {
  private static final String TARGET = "deadLetterTargetArn";

  private DeadLetterArn() {}

  /** The queue that a subscription with these attributes names, or null. */
  public static @Nullable QueueName of(Map<String, String> attributes) {
    String policy = attributes.get(SubscriptionAttributes.REDRIVE_POLICY);
    return policy == null ? null : parse(policy).map(QueueArn::queue).orElse(null);
  }

  /** The ARN in a RedrivePolicy; empty when it names no queue. */
  static Optional<QueueArn> parse(String policy) {
    return JsonValue.parseObject(policy)
        .map(object -> object.members().get(TARGET))
        .filter(JsonValue.Text.class::isInstance)
        .map(JsonValue.Text.class::cast)
        .flatMap(text -> QueueArn.parse(text.text()));
  }
}
