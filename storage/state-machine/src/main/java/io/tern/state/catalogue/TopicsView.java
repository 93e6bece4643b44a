package io.tern.state.catalogue;

import io.tern.state.SubscriptionId;
import io.tern.state.TopicId;
import io.tern.state.TopicName;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What rules can see of topics, subscriptions and what belongs to them. */
public interface TopicsView {

  @Nullable TopicDefinition topic(TopicId topic);

  @Nullable TopicDefinition topic(TopicName name);

  /** Topics of that region and account and of that kind. */
  int topics(String region, String account, boolean fifo);

  /** Of every state. */
  @Nullable SubscriptionDefinition subscription(SubscriptionId subscription);

  /** The newest subscription of that endpoint, of every state. */
  @Nullable SubscriptionDefinition subscription(TopicId topic, String protocol, String endpoint);

  /** The topic's subscriptions of every state, by number. */
  Collection<SubscriptionDefinition> subscriptions(TopicId topic);

  /** Subscriptions of the topic that are not deleted, and those of them with a filter policy. */
  SubscriptionCounts counts(TopicId topic);

  /** The same of all that the account subscribed. */
  SubscriptionCounts counts(String owner);

  /** Subscriptions of every state and topic. */
  int subscriptions();

  /** Subscriptions that are pending or deleted since that time or before, oldest first. */
  List<SubscriptionDefinition> unconfirmedUpTo(long queueMillis, int limit);

  @Nullable ResourceDefinition resource(ResourceKey key);

  int resources();

  /** The application's endpoints, by key. */
  Collection<ResourceDefinition> endpoints(ResourceKey application);

  /** In the order in which they were added. */
  Collection<SigningKey> signingKeys();
}
