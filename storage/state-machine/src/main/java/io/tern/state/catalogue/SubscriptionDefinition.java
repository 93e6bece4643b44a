package io.tern.state.catalogue;

import io.tern.state.QueueId;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicId;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as the catalogue defines it.
 *
 * @param owner the account that subscribed
 * @param authenticated whether its confirmation was, or needed none
 * @param protectedUnsubscribe whether only the owner may unsubscribe
 * @param revision counts changes of the subscription, from 1
 * @param attributes those that were set, normalised; defaults are not stored
 * @param deliveryQueue the queue in the topic's home that its deliveries wait in; null for protocol
 *     sqs and before it is confirmed
 * @param changedMillis queue time of the last change of state
 */
public record SubscriptionDefinition(
    SubscriptionId subscription,
    TopicId topic,
    String protocol,
    String endpoint,
    String owner,
    SubscriptionState state,
    boolean authenticated,
    boolean protectedUnsubscribe,
    long revision,
    SortedMap<String, String> attributes,
    @Nullable QueueId deliveryQueue,
    long changedMillis) {

  /** Confirmed, with the queue that its deliveries wait in. */
  SubscriptionDefinition confirmed(
      boolean newAuthenticated,
      boolean newProtected,
      @Nullable QueueId newDeliveryQueue,
      long nowMillis) {
    return new SubscriptionDefinition(
        subscription,
        topic,
        protocol,
        endpoint,
        owner,
        SubscriptionState.CONFIRMED,
        newAuthenticated,
        newProtected,
        revision + 1,
        attributes,
        newDeliveryQueue,
        nowMillis);
  }

  /** Removed, and to be restored for a while. */
  SubscriptionDefinition deleted(long nowMillis) {
    return new SubscriptionDefinition(
        subscription,
        topic,
        protocol,
        endpoint,
        owner,
        SubscriptionState.DELETED,
        authenticated,
        protectedUnsubscribe,
        revision + 1,
        attributes,
        null,
        nowMillis);
  }

  SubscriptionDefinition with(SortedMap<String, String> newAttributes) {
    return new SubscriptionDefinition(
        subscription,
        topic,
        protocol,
        endpoint,
        owner,
        state,
        authenticated,
        protectedUnsubscribe,
        revision + 1,
        newAttributes,
        deliveryQueue,
        changedMillis);
  }
}
