package io.tern.state;

import io.tern.state.catalogue.ResourceKey;
import io.tern.state.catalogue.SigningKey;
import java.util.SortedMap;

/** What can be asked of the catalogue about topics, subscriptions and what belongs to them. */
public sealed interface TopicDefinitionCommand extends Command.CatalogueCommand {

  /** Defines a topic, or confirms that one exists of which these are attributes and tags. */
  record CreateTopic(
      TopicName name, SortedMap<String, String> attributes, SortedMap<String, String> tags)
      implements TopicDefinitionCommand {}

  /** Removes a topic with its subscriptions; one that is not there does not matter. */
  record DeleteTopic(TopicId topic) implements TopicDefinitionCommand {}

  /** Replaces attributes and tags if the topic still is at that revision; Outdated otherwise. */
  record ReplaceTopic(
      TopicId topic,
      long expectedRevision,
      SortedMap<String, String> attributes,
      SortedMap<String, String> tags)
      implements TopicDefinitionCommand {}

  /**
   * Subscribes an endpoint, or confirms that it is subscribed with these attributes.
   *
   * @param confirmed whether nobody need confirm it
   */
  record Subscribe(
      TopicId topic,
      String protocol,
      String endpoint,
      String owner,
      SortedMap<String, String> attributes,
      boolean confirmed)
      implements TopicDefinitionCommand {}

  /**
   * Confirms a subscription, or restores one that was removed a while ago.
   *
   * @param authenticated whether the call was signed
   * @param protectedUnsubscribe whether only the owner may unsubscribe
   */
  record ConfirmSubscription(
      SubscriptionId subscription, boolean authenticated, boolean protectedUnsubscribe)
      implements TopicDefinitionCommand {}

  /**
   * Ends a subscription; one that is not there does not matter.
   *
   * @param restorable whether it may be restored for a while
   */
  record Unsubscribe(SubscriptionId subscription, boolean restorable)
      implements TopicDefinitionCommand {}

  /** Replaces the attributes if the subscription still is at that revision; Outdated otherwise. */
  record ReplaceSubscription(
      SubscriptionId subscription, long expectedRevision, SortedMap<String, String> attributes)
      implements TopicDefinitionCommand {}

  /** Defines a resource if it still is at that revision, 0 for not there; Outdated otherwise. */
  record PutResource(ResourceKey key, long expectedRevision, SortedMap<String, String> attributes)
      implements TopicDefinitionCommand {}

  /** Removes a resource; a platform application takes its endpoints along. */
  record RemoveResource(ResourceKey key) implements TopicDefinitionCommand {}

  /** Adds the key that notifications are signed with from now on. */
  record AddSigningKey(SigningKey key, boolean onlyIfNone) implements TopicDefinitionCommand {}
}
