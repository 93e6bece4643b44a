package io.tern.node.routing;

import static io.tern.state.limits.SubscriptionAttributes.FILTER_POLICY;
import static io.tern.state.limits.SubscriptionAttributes.FILTER_POLICY_SCOPE;

import io.tern.proto.content.TopicMessage;
import io.tern.state.QueueName;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.SubscriptionState;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.state.limits.SubscriptionAttributes;
import io.tern.topics.envelope.TextOf;
import io.tern.topics.filter.FilterPolicy;
import io.tern.topics.filter.FilterScope;
import io.tern.topics.filter.FilteredOut;
import io.tern.topics.filter.ScopeMatches;
import io.tern.topics.filter.TopicFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of one version of a topic, arranged for matching. Says always the same; the next
 * version takes over what is the same in it. Made and asked by {@link TopicMatcher}.
 */
final class MatchedTopic {
  private record Filtered(String policy, FilterScope scope) {}

  /** Those that a message is for, and how many others there are for each reason. */
  record Chosen(List<TopicSubscriber> subscribers, Map<FilteredOut, Integer> others) {}

  private final long version;
  private final List<TopicSubscriber> subscribers;
  private final Map<Long, Filtered> filtered;
  private final TopicFilter filter;
  private volatile @Nullable TargetRoutes routes;

  private MatchedTopic(
      long version,
      List<TopicSubscriber> subscribers,
      Map<Long, Filtered> filtered,
      TopicFilter filter) {
    this.version = version;
    this.subscribers = subscribers;
    this.filtered = filtered;
    this.filter = filter;
  }

  /**
   * Arranges a topic's subscribers.
   *
   * @param definitions read after the topic's definition: they may be newer, never older
   * @param before an earlier version, or null
   */
  static MatchedTopic of(
      TopicDefinition topic,
      Collection<SubscriptionDefinition> definitions,
      @Nullable MatchedTopic before) {
    List<TopicSubscriber> subscribers = new ArrayList<>(definitions.size());
    Map<Long, Filtered> filtered = new HashMap<>();
    for (SubscriptionDefinition definition : definitions) {
      if (definition.state() == SubscriptionState.CONFIRMED) {
        subscribers.add(subscriber(subscribers.size(), topic, definition));
        String policy = definition.attributes().get(FILTER_POLICY);
        if (policy != null) {
          filtered.put(
              definition.subscription().number(),
              new Filtered(policy, scope(definition.attributes())));
        }
      }
    }
    TopicFilter filter =
        before == null ? compiled(filtered) : changed(before.filter, before.filtered, filtered);
    return new MatchedTopic(topic.version(), List.copyOf(subscribers), filtered, filter);
  }

  long version() {
    return version;
  }

  /** Those of that protocol, filtered or not. */
  List<TopicSubscriber> ofProtocol(String protocol) {
    return subscribers.stream().filter(each -> each.protocol().equals(protocol)).toList();
  }

  /** The routes of all of them, found anew when a queue has changed. */
  TargetRoutes routes(CatalogueMirror mirror) {
    TargetRoutes known = routes;
    if (known == null || known.queueChanges() != mirror.queueChanges()) {
      known = TargetRoutes.find(mirror, subscribers);
      routes = known;
    }
    return known;
  }

  /** Whom the message is for. */
  Chosen matching(TopicMessage message) {
    if (filtered.isEmpty()) {
      return new Chosen(subscribers, Map.of());
    }
    ScopeMatches attributes = filter.matchAttributes(message.getAttributesList());
    Map<String, ScopeMatches> byText = new HashMap<>();
    List<TopicSubscriber> chosen = new ArrayList<>(subscribers.size());
    Map<FilteredOut, Integer> others = new EnumMap<>(FilteredOut.class);
    for (TopicSubscriber subscriber : subscribers) {
      long number = subscriber.subscription().number();
      Filtered policy = filtered.get(number);
      if (policy == null) {
        chosen.add(subscriber);
        continue;
      }
      ScopeMatches matches =
          switch (policy.scope()) {
            case MESSAGE_ATTRIBUTES -> attributes;
            case MESSAGE_BODY ->
                byText.computeIfAbsent(
                    textKey(message, subscriber), _ -> bodyMatches(message, subscriber));
          };
      if (matches.subscriptions().contains(number)) {
        chosen.add(subscriber);
      } else {
        others.merge(matches.others(), 1, Integer::sum);
      }
    }
    return new Chosen(chosen, others);
  }

  /** A structured message may have another text for each protocol. */
  private static String textKey(TopicMessage message, TopicSubscriber subscriber) {
    return message.getStructured() ? subscriber.protocol() : "";
  }

  private ScopeMatches bodyMatches(TopicMessage message, TopicSubscriber subscriber) {
    return filter.matchBody(TextOf.protocol(message, subscriber.protocol()));
  }

  private static TopicFilter compiled(Map<Long, Filtered> filtered) {
    Map<Long, FilterPolicy> policies = new HashMap<>();
    filtered.forEach((number, text) -> policies.put(number, policy(text)));
    return TopicFilter.of(policies);
  }

  private static TopicFilter changed(
      TopicFilter filter, Map<Long, Filtered> before, Map<Long, Filtered> after) {
    TopicFilter changed = filter;
    for (Long number : before.keySet()) {
      if (!after.containsKey(number)) {
        changed = changed.without(number);
      }
    }
    for (Map.Entry<Long, Filtered> each : after.entrySet()) {
      if (!each.getValue().equals(before.get(each.getKey()))) {
        changed = changed.with(each.getKey(), policy(each.getValue()));
      }
    }
    return changed;
  }

  /** It was checked when it was set. */
  private static FilterPolicy policy(Filtered text) {
    if (FilterPolicy.parse(text.policy(), text.scope()) instanceof FilterPolicy policy) {
      return policy;
    }
    throw new IllegalStateException("a stored filter policy cannot be read: " + text.policy());
  }

  private static FilterScope scope(SortedMap<String, String> attributes) {
    return FilterScope.of(SubscriptionAttributes.effective(attributes, FILTER_POLICY_SCOPE))
        .orElse(FilterScope.MESSAGE_ATTRIBUTES);
  }

  private static TopicSubscriber subscriber(
      int index, TopicDefinition topic, SubscriptionDefinition definition) {
    boolean toQueue = definition.deliveryQueue() == null;
    return new TopicSubscriber(
        index,
        definition.subscription(),
        definition.protocol(),
        SubscriptionAttributes.isRaw(definition.attributes()),
        toQueue ? queueName(definition.endpoint()) : null,
        definition.deliveryQueue(),
        topic.partition(),
        DeadLetterArn.of(definition.attributes()));
  }

  private static @Nullable QueueName queueName(String arn) {
    return QueueArn.parse(arn).map(QueueArn::queue).orElse(null);
  }
}
