package io.tern.state.catalogue;

import io.tern.state.SubscriptionId;
import io.tern.state.TopicDefinitionChange;
import io.tern.state.TopicId;
import io.tern.state.TopicName;
import io.tern.state.limits.TopicAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Topics, resources and signing keys in memory, and {@link SubscriptionIndex} for subscriptions;
 * the part of the catalogue's state that {@link CatalogueState} keeps here.
 */
final class TopicIndex implements TopicsView {
  private record Kind(String region, String account, boolean fifo) {
    static Kind of(TopicDefinition topic) {
      return new Kind(
          topic.name().region(),
          topic.name().account(),
          TopicAttributes.isFifo(topic.attributes()));
    }
  }

  private final TreeMap<TopicId, TopicDefinition> topics = new TreeMap<>();

  /** For looking up only; whatever is told in order goes by number. */
  private final Map<TopicName, TopicDefinition> byName = new HashMap<>();

  private final Map<Kind, Integer> topicsOfKind = new HashMap<>();
  private final SubscriptionIndex subscriptions = new SubscriptionIndex();
  private final TreeMap<ResourceKey, ResourceDefinition> resources = new TreeMap<>();
  private final LinkedHashMap<String, SigningKey> signingKeys = new LinkedHashMap<>();
  private final PartitionLoad load;

  TopicIndex(PartitionLoad load) {
    this.load = load;
  }

  void evolve(TopicDefinitionChange change) {
    switch (change) {
      case TopicDefinitionChange.TopicDefined c -> define(c.definition());
      case TopicDefinitionChange.TopicUndefined c -> forget(c.topic());
      case TopicDefinitionChange.SubscriptionDefined c -> define(c.definition());
      case TopicDefinitionChange.SubscriptionUndefined c -> forget(c.subscription());
      case TopicDefinitionChange.ResourceDefined c -> define(c.definition());
      case TopicDefinitionChange.ResourceUndefined c -> resources.remove(c.key());
      case TopicDefinitionChange.SigningKeyAdded c -> add(c.key());
    }
  }

  void define(TopicDefinition topic) {
    remove(topic.topic());
    topics.put(topic.topic(), topic);
    byName.put(topic.name(), topic);
    topicsOfKind.merge(Kind.of(topic), 1, Integer::sum);
    load.count(topic.partition(), 1);
  }

  /** Its subscriptions go with it. */
  private void forget(TopicId topic) {
    for (SubscriptionDefinition subscription : List.copyOf(subscriptions.ofTopic(topic))) {
      forget(subscription.subscription());
    }
    remove(topic);
  }

  private void remove(TopicId topic) {
    TopicDefinition known = topics.remove(topic);
    if (known != null) {
      byName.remove(known.name());
      topicsOfKind.computeIfPresent(Kind.of(known), (_, count) -> count == 1 ? null : count - 1);
      load.count(known.partition(), -1);
    }
  }

  /** After its topic: that is where a delivery queue is counted. */
  void define(SubscriptionDefinition subscription) {
    countDeliveryQueue(subscriptions.put(subscription), -1);
    countDeliveryQueue(subscription, 1);
  }

  private void forget(SubscriptionId subscription) {
    countDeliveryQueue(subscriptions.remove(subscription), -1);
  }

  private void countDeliveryQueue(@Nullable SubscriptionDefinition subscription, int by) {
    if (subscription != null && subscription.deliveryQueue() != null) {
      TopicDefinition topic = topics.get(subscription.topic());
      if (topic != null) {
        load.count(topic.partition(), by);
      }
    }
  }

  void define(ResourceDefinition resource) {
    resources.put(resource.key(), resource);
  }

  void add(SigningKey key) {
    signingKeys.putLast(key.id(), key);
  }

  List<TopicDefinition> topicsByNumber() {
    return List.copyOf(topics.values());
  }

  List<SubscriptionDefinition> subscriptionsByNumber() {
    return subscriptions.byNumber();
  }

  List<ResourceDefinition> resourcesByKey() {
    return List.copyOf(resources.values());
  }

  @Override
  public @Nullable TopicDefinition topic(TopicId topic) {
    return topics.get(topic);
  }

  @Override
  public @Nullable TopicDefinition topic(TopicName name) {
    return byName.get(name);
  }

  @Override
  public int topics(String region, String account, boolean fifo) {
    return topicsOfKind.getOrDefault(new Kind(region, account, fifo), 0);
  }

  @Override
  public @Nullable SubscriptionDefinition subscription(SubscriptionId subscription) {
    return subscriptions.find(subscription);
  }

  @Override
  public @Nullable SubscriptionDefinition subscription(
      TopicId topic, String protocol, String endpoint) {
    return subscriptions.find(topic, protocol, endpoint);
  }

  @Override
  public Collection<SubscriptionDefinition> subscriptions(TopicId topic) {
    return subscriptions.ofTopic(topic);
  }

  @Override
  public SubscriptionCounts counts(TopicId topic) {
    return subscriptions.counts(topic);
  }

  @Override
  public SubscriptionCounts counts(String owner) {
    return subscriptions.counts(owner);
  }

  @Override
  public int subscriptions() {
    return subscriptions.size();
  }

  @Override
  public List<SubscriptionDefinition> unconfirmedUpTo(long queueMillis, int limit) {
    return subscriptions.unconfirmedUpTo(queueMillis, limit);
  }

  @Override
  public @Nullable ResourceDefinition resource(ResourceKey key) {
    return resources.get(key);
  }

  @Override
  public int resources() {
    return resources.size();
  }

  @Override
  public Collection<ResourceDefinition> endpoints(ResourceKey application) {
    List<ResourceDefinition> endpoints = new ArrayList<>();
    ResourceKey first = application.endpoint("");
    for (ResourceDefinition resource : resources.tailMap(first).values()) {
      if (!resource.key().isEndpointOf(application)) {
        break;
      }
      endpoints.add(resource);
    }
    return endpoints;
  }

  @Override
  public List<SigningKey> signingKeys() {
    return List.copyOf(signingKeys.values());
  }
}
