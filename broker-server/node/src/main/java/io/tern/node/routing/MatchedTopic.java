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
import io.tern.topics.filter.TopicFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of one version of a topic, arranged for matching. Says always the same; the next
 * version takes over what is the same in it. Made and asked by {@link TopicMatcher}.
 */
final class MatchedTopic {
  private record Filtered(String policy, String scope) {}

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
          String scope =
              SubscriptionAttributes.effective(definition.attributes(), FILTER_POLICY_SCOPE);
          filtered.put(definition.subscription().number(), new Filtered(policy, scope));
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

  /** Those that the message is for. */
  List<TopicSubscriber> matching(TopicMessage message) {
    if (filtered.isEmpty()) {
      return subscribers;
    }
    Set<Long> matched = filter.matchAttributes(message.getAttributesList()).subscriptions();
    Map<String, Set<Long>> byText = new HashMap<>();
    List<TopicSubscriber> chosen = new ArrayList<>(subscribers.size());
    for (TopicSubscriber subscriber : subscribers) {
      long number = subscriber.subscription().number();
      if (!filtered.containsKey(number)
          || matched.contains(number)
          || byText
              .computeIfAbsent(
                  textKey(message, subscriber), key -> bodyMatches(message, subscriber))
              .contains(number)) {
        chosen.add(subscriber);
      }
    }
    return chosen;
  }

  /** A structured message may have another text for each protocol. */
  private static String textKey(TopicMessage message, TopicSubscriber subscriber) {
    return message.getStructured() ? subscriber.protocol() : "";
  }

  private Set<Long> bodyMatches(TopicMessage message, TopicSubscriber subscriber) {
    return filter.matchBody(TextOf.protocol(message, subscriber.protocol())).subscriptions();
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
    FilterScope scope = FilterScope.of(text.scope()).orElse(FilterScope.MESSAGE_ATTRIBUTES);
    if (FilterPolicy.parse(text.policy(), scope) instanceof FilterPolicy policy) {
      return policy;
    }
    throw new IllegalStateException("a stored filter policy cannot be read: " + text.policy());
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
