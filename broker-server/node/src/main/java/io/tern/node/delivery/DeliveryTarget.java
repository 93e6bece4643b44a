package io.tern.node.delivery;

import io.tern.state.QueueName;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.topics.policy.HttpPolicy;
import io.tern.topics.policy.Protocol;
import io.tern.topics.policy.RetrySchedule;
import org.jspecify.annotations.Nullable;

/**
 * A confirmed subscription as deliveries need it, read from one version of the catalogue. {@link
 * DeliveryTargets} makes it.
 *
 * @param policy in force for http and https, the default for others
 * @param deadLetter the queue for what cannot be delivered, or null
 */
record DeliveryTarget(
    SubscriptionDefinition subscription,
    TopicDefinition topic,
    Protocol protocol,
    HttpPolicy policy,
    RetrySchedule retries,
    Feedback feedback,
    @Nullable QueueName deadLetter) {

  /**
   * What the topic wants to be told of deliveries in the log.
   *
   * @param successPercent of the successes that are told
   */
  record Feedback(int successPercent, boolean failures) {
    static final Feedback NONE = new Feedback(0, false);
  }

  /** Deliveries a second, 0 for no limit. */
  int perSecond() {
    Integer most = policy.maxReceivesPerSecond();
    return most == null ? 0 : most;
  }

  /** Whether it still says what the catalogue does. */
  boolean isOf(SubscriptionDefinition newSubscription, TopicDefinition newTopic) {
    return subscription.subscription().equals(newSubscription.subscription())
        && subscription.revision() == newSubscription.revision()
        && topic.version() == newTopic.version();
  }
}
