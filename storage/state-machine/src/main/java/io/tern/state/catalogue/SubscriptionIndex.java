package io.tern.state.catalogue;

import io.tern.state.SubscriptionId;
import io.tern.state.TopicId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions in memory: by number, by topic, by endpoint, and those that time ends; {@link
 * TopicIndex} keeps it.
 */
final class SubscriptionIndex {
  private record Address(TopicId topic, String protocol, String endpoint) {
    static Address of(SubscriptionDefinition subscription) {
      return new Address(subscription.topic(), subscription.protocol(), subscription.endpoint());
    }
  }

  private record Since(long millis, SubscriptionId subscription) implements Comparable<Since> {
    private static final Comparator<Since> ORDER =
        Comparator.comparingLong(Since::millis).thenComparing(Since::subscription);

    static Since of(SubscriptionDefinition subscription) {
      return new Since(subscription.changedMillis(), subscription.subscription());
    }

    @Override
    public int compareTo(Since other) {
      return ORDER.compare(this, other);
    }
  }

  private static final class OfTopic {
    final TreeMap<SubscriptionId, SubscriptionDefinition> byNumber = new TreeMap<>();
    SubscriptionCounts counts = SubscriptionCounts.NONE;
  }

  private final TreeMap<SubscriptionId, SubscriptionDefinition> byNumber = new TreeMap<>();

  // For looking up only; whatever is told in order goes by number or by time.
  private final Map<TopicId, OfTopic> ofTopic = new HashMap<>();
  private final Map<Address, SubscriptionDefinition> byAddress = new HashMap<>();
  private final Map<String, SubscriptionCounts> ofOwner = new HashMap<>();

  private final TreeMap<Since, SubscriptionDefinition> unconfirmed = new TreeMap<>();

  /** Returns what it replaces. */
  @Nullable SubscriptionDefinition put(SubscriptionDefinition subscription) {
    SubscriptionDefinition before = remove(subscription.subscription());
    byNumber.put(subscription.subscription(), subscription);
    OfTopic topic = ofTopic.computeIfAbsent(subscription.topic(), _ -> new OfTopic());
    topic.byNumber.put(subscription.subscription(), subscription);
    byAddress.put(Address.of(subscription), subscription);
    if (subscription.state() != SubscriptionState.CONFIRMED) {
      unconfirmed.put(Since.of(subscription), subscription);
    }
    count(topic, subscription, 1);
    return before;
  }

  /** Returns what there was. */
  @Nullable SubscriptionDefinition remove(SubscriptionId subscription) {
    SubscriptionDefinition known = byNumber.remove(subscription);
    if (known == null) {
      return null;
    }
    byAddress.remove(Address.of(known), known);
    unconfirmed.remove(Since.of(known));
    OfTopic topic = ofTopic.get(known.topic());
    if (topic != null) {
      topic.byNumber.remove(subscription);
      count(topic, known, -1);
      if (topic.byNumber.isEmpty()) {
        ofTopic.remove(known.topic());
      }
    }
    return known;
  }

  private void count(OfTopic topic, SubscriptionDefinition subscription, int by) {
    topic.counts = topic.counts.plus(subscription, by);
    SubscriptionCounts counts = counts(subscription.owner()).plus(subscription, by);
    if (counts.equals(SubscriptionCounts.NONE)) {
      ofOwner.remove(subscription.owner());
    } else {
      ofOwner.put(subscription.owner(), counts);
    }
  }

  int size() {
    return byNumber.size();
  }

  List<SubscriptionDefinition> byNumber() {
    return List.copyOf(byNumber.values());
  }

  @Nullable SubscriptionDefinition find(SubscriptionId subscription) {
    return byNumber.get(subscription);
  }

  @Nullable SubscriptionDefinition find(TopicId topic, String protocol, String endpoint) {
    return byAddress.get(new Address(topic, protocol, endpoint));
  }

  Collection<SubscriptionDefinition> ofTopic(TopicId topic) {
    OfTopic known = ofTopic.get(topic);
    return known == null ? List.of() : known.byNumber.values();
  }

  SubscriptionCounts counts(TopicId topic) {
    OfTopic known = ofTopic.get(topic);
    return known == null ? SubscriptionCounts.NONE : known.counts;
  }

  SubscriptionCounts counts(String owner) {
    return ofOwner.getOrDefault(owner, SubscriptionCounts.NONE);
  }

  /** Pending and deleted ones since that time or before, oldest first. */
  List<SubscriptionDefinition> unconfirmedUpTo(long queueMillis, int limit) {
    List<SubscriptionDefinition> old = new ArrayList<>();
    for (SubscriptionDefinition subscription : unconfirmed.values()) {
      if (subscription.changedMillis() > queueMillis || old.size() == limit) {
        break;
      }
      old.add(subscription);
    }
    return old;
  }
}
