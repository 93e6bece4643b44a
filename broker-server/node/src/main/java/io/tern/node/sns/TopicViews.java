package io.tern.node.sns;

import io.tern.node.routing.SubscriptionMirror;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.topics.envelope.TopicArn;
import io.tern.topics.policy.DeliveryPolicies;
import io.tern.topics.policy.TopicAttributes;
import io.tern.topics.policy.TopicPolicy;
import java.util.SortedMap;
import java.util.TreeMap;

/** A topic's attributes as callers see them. */
final class TopicViews {
  static final String DATA_PROTECTION_POLICY =
      io.tern.state.limits.TopicAttributes.DATA_PROTECTION_POLICY;

  private TopicViews() {}

  /**
   * All attributes.
   *
   * @param beginning of the archive; empty for none
   */
  static SortedMap<String, String> view(
      TopicDefinition topic, SubscriptionMirror.Counts counts, String beginning) {
    SortedMap<String, String> all = new TreeMap<>(topic.attributes());
    all.remove(DATA_PROTECTION_POLICY);
    all.putIfAbsent(TopicAttributes.POLICY, TopicPolicy.defaultOf(topic.name()));
    all.putIfAbsent(TopicAttributes.DISPLAY_NAME, "");
    if (all.containsKey(TopicAttributes.FIFO_TOPIC)) {
      all.putIfAbsent(TopicAttributes.CONTENT_BASED_DEDUPLICATION, "false");
    }
    if (!beginning.isEmpty()) {
      all.put(io.tern.state.limits.TopicAttributes.BEGINNING_ARCHIVE_TIME, beginning);
    }
    all.put("TopicArn", TopicArn.of(topic.name()));
    all.put("Owner", topic.name().account());
    all.put("SubscriptionsConfirmed", Integer.toString(counts.confirmed()));
    all.put("SubscriptionsPending", Integer.toString(counts.pending()));
    all.put("SubscriptionsDeleted", Integer.toString(counts.deleted()));
    all.put(
        "EffectiveDeliveryPolicy",
        DeliveryPolicies.effectiveOfTopic(topic.attributes().get(TopicAttributes.DELIVERY_POLICY)));
    return all;
  }

  /**
   * What CreateTopic was given, in the topic's own words where it says the same: for the catalogue
   * only the same text is the same policy.
   */
  static SortedMap<String, String> alike(TopicDefinition known, SortedMap<String, String> given) {
    SortedMap<String, String> alike = new TreeMap<>();
    given.forEach((name, value) -> {
      SortedMap<String, String> one = new TreeMap<>();
      one.put(name, value);
      if (!TopicAttributes.includes(known.name(), known.attributes(), one)) {
        alike.put(name, value);
      } else if (known.attributes().containsKey(name)) {
        alike.put(name, known.attributes().get(name));
      }
    });
    return alike;
  }
}
