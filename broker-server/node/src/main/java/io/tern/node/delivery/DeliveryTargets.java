package io.tern.node.delivery;

import io.tern.node.delivery.DeliveryTarget.Feedback;
import io.tern.node.routing.CatalogueMirror;
import io.tern.node.routing.DeadLetterArn;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.SubscriptionState;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.state.limits.SubscriptionAttributes;
import io.tern.state.limits.TopicAttributes;
import io.tern.topics.policy.DeliveryPolicies;
import io.tern.topics.policy.HttpPolicy;
import io.tern.topics.policy.Protocol;
import io.tern.topics.policy.Protocol.EndpointClass;
import io.tern.topics.policy.RetrySchedule;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads from this node's mirror of the catalogue who is behind a delivery queue. */
final class DeliveryTargets {
  private static final int ALL = 100;

  private final CatalogueMirror mirror;
  private final PartitionId home;

  DeliveryTargets(CatalogueMirror mirror, PartitionId home) {
    this.mirror = mirror;
    this.home = home;
  }

  /** Whether the queue is a confirmed subscription's. */
  boolean isDeliveryQueue(QueueId queue) {
    return mirror.subscriptions().ofDeliveryQueue(home, queue).isPresent();
  }

  /** All delivery queues of the partition. */
  Iterable<SubscriptionDefinition> all() {
    return mirror.subscriptions().withDeliveryQueues(home);
  }

  /**
   * Who gets the queue's deliveries now; empty when nobody does any more.
   *
   * @param before an earlier answer, given again if nothing has changed
   */
  Optional<DeliveryTarget> find(QueueId queue, @Nullable DeliveryTarget before) {
    return mirror
        .subscriptions()
        .ofDeliveryQueue(home, queue)
        .filter(subscription -> subscription.state() == SubscriptionState.CONFIRMED)
        .flatMap(subscription ->
            mirror
                .topics()
                .find(subscription.topic())
                .flatMap(topic ->
                    before != null && before.isOf(subscription, topic)
                        ? Optional.of(before)
                        : read(subscription, topic)));
  }

  private static Optional<DeliveryTarget> read(
      SubscriptionDefinition subscription, TopicDefinition topic) {
    return Protocol.of(subscription.protocol())
        .map(protocol -> {
          HttpPolicy policy =
              protocol.endpointClass() == EndpointClass.HTTP
                  ? DeliveryPolicies.inForce(
                      subscription.attributes().get(SubscriptionAttributes.DELIVERY_POLICY),
                      topic.attributes().get(TopicAttributes.DELIVERY_POLICY))
                  : HttpPolicy.DEFAULT;
          return new DeliveryTarget(
              subscription,
              topic,
              protocol,
              policy,
              RetrySchedule.of(protocol, policy),
              feedback(protocol, topic.attributes()),
              DeadLetterArn.of(subscription.attributes()));
        });
  }

  /** Any role switches a log on; nobody assumes it. */
  private static Feedback feedback(Protocol protocol, Map<String, String> attributes) {
    String prefix = feedbackPrefix(protocol);
    if (prefix.isEmpty()) {
      return Feedback.NONE;
    }
    boolean successes = !attributes.getOrDefault(prefix + "SuccessFeedbackRoleArn", "").isEmpty();
    boolean failures = !attributes.getOrDefault(prefix + "FailureFeedbackRoleArn", "").isEmpty();
    return new Feedback(
        successes ? percent(attributes.get(prefix + "SuccessFeedbackSampleRate")) : 0, failures);
  }

  private static int percent(@Nullable String text) {
    return text == null || !text.matches("[0-9]{1,3}")
        ? ALL
        : Math.min(ALL, Integer.parseInt(text));
  }

  /** As the attributes of topics name the protocols; empty for those without a log. */
  private static String feedbackPrefix(Protocol protocol) {
    return switch (protocol) {
      case HTTP, HTTPS -> "HTTP";
      case LAMBDA -> "Lambda";
      case FIREHOSE -> "Firehose";
      case APPLICATION -> "Application";
      case SQS -> "SQS";
      case EMAIL, EMAIL_JSON, SMS -> "";
    };
  }
}
