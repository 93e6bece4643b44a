package io.tern.node.sns;

import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.SubscriptionState;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.topics.envelope.TopicArn;
import io.tern.topics.policy.DeliveryPolicies;
import io.tern.topics.policy.Endpoints;
import io.tern.topics.policy.SubscriptionAttributes;
import io.tern.topics.policy.TopicAttributes;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A subscription's attributes as callers see them. */
final class SubscriptionViews {
  private SubscriptionViews() {}

  /** All attributes; of a filter the scope is told, and only with a filter. */
  static SortedMap<String, String> view(
      TopicDefinition topic,
      SubscriptionDefinition subscription,
      String arn,
      Optional<String> replayStatus) {
    SortedMap<String, String> all = new TreeMap<>(subscription.attributes());
    if (all.containsKey(SubscriptionAttributes.FILTER_POLICY)) {
      all.putIfAbsent(
          SubscriptionAttributes.FILTER_POLICY_SCOPE, SubscriptionAttributes.SCOPE_ATTRIBUTES);
    } else {
      all.remove(SubscriptionAttributes.FILTER_POLICY_SCOPE);
    }
    all.putIfAbsent(SubscriptionAttributes.RAW_MESSAGE_DELIVERY, "false");
    String policy = all.get(SubscriptionAttributes.DELIVERY_POLICY);
    if (policy != null) {
      all.put(
          "EffectiveDeliveryPolicy",
          DeliveryPolicies.effectiveOfSubscription(
              policy, topic.attributes().get(TopicAttributes.DELIVERY_POLICY)));
    }
    replayStatus.ifPresent(status -> all.put("ReplayStatus", status));
    all.put("SubscriptionArn", arn);
    all.put("TopicArn", TopicArn.of(topic.name()));
    all.put("Owner", subscription.owner());
    all.put("Protocol", subscription.protocol());
    all.put("Endpoint", Endpoints.shown(subscription.endpoint()));
    all.put("SubscriptionPrincipal", "arn:aws:iam::" + subscription.owner() + ":root");
    all.put("ConfirmationWasAuthenticated", Boolean.toString(subscription.authenticated()));
    all.put(
        "PendingConfirmation", Boolean.toString(subscription.state() == SubscriptionState.PENDING));
    return all;
  }
}
