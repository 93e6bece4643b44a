package io.tern.state;

import io.tern.state.catalogue.ResourceDefinition;
import io.tern.state.catalogue.ResourceKey;
import io.tern.state.catalogue.SigningKey;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.TopicDefinition;

/** One fact about topics that became true in the catalogue. */
public sealed interface TopicDefinitionChange extends Change.CatalogueChange {

  /** A topic's definition is as given here. */
  record TopicDefined(TopicDefinition definition) implements TopicDefinitionChange {}

  /** A topic's definition is gone, and with it its subscriptions. */
  record TopicUndefined(TopicId topic, TopicName name) implements TopicDefinitionChange {}

  /** A subscription's definition is as given here. */
  record SubscriptionDefined(SubscriptionDefinition definition) implements TopicDefinitionChange {}

  /** A subscription's definition is gone. */
  record SubscriptionUndefined(SubscriptionId subscription, TopicId topic)
      implements TopicDefinitionChange {}

  /** A resource's definition is as given here. */
  record ResourceDefined(ResourceDefinition definition) implements TopicDefinitionChange {}

  /** A resource's definition is gone. */
  record ResourceUndefined(ResourceKey key) implements TopicDefinitionChange {}

  /** Notifications are signed with this key from now on; older certificates stay served. */
  record SigningKeyAdded(SigningKey key) implements TopicDefinitionChange {}
}
