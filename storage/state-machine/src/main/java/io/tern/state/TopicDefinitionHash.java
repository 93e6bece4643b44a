package io.tern.state;

import io.tern.state.catalogue.ResourceKey;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.TopicDefinition;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.LongConsumer;

/**
 * Mixes the catalogue's changes about topics field by field; a part of {@link ChangeHash}.
 *
 * @param mix takes the next field
 */
record TopicDefinitionHash(LongConsumer mix) {

  void add(TopicDefinitionChange change) {
    switch (change) {
      case TopicDefinitionChange.TopicDefined c -> {
        mix.accept(50);
        topic(c.definition());
      }
      case TopicDefinitionChange.TopicUndefined c -> {
        mix.accept(51);
        mix.accept(c.topic().number());
        name(c.name());
      }
      case TopicDefinitionChange.SubscriptionDefined c -> {
        mix.accept(52);
        subscription(c.definition());
      }
      case TopicDefinitionChange.SubscriptionUndefined c -> {
        mix.accept(53);
        mix.accept(c.subscription().number());
        mix.accept(c.topic().number());
      }
      case TopicDefinitionChange.ResourceDefined c -> {
        mix.accept(54);
        key(c.definition().key());
        mix.accept(c.definition().revision());
        strings(c.definition().attributes());
      }
      case TopicDefinitionChange.ResourceUndefined c -> {
        mix.accept(55);
        key(c.key());
      }
      case TopicDefinitionChange.SigningKeyAdded c -> {
        mix.accept(56);
        text(c.key().id());
        mix.accept(c.key().privateKey().hashCode());
        text(c.key().certificate());
      }
    }
  }

  private void topic(TopicDefinition topic) {
    mix.accept(topic.topic().number());
    name(topic.name());
    mix.accept(topic.version());
    mix.accept(topic.revision());
    mix.accept(topic.partition().number());
    strings(topic.attributes());
    strings(topic.tags());
    mix.accept(topic.createdMillis());
  }

  private void subscription(SubscriptionDefinition subscription) {
    mix.accept(subscription.subscription().number());
    mix.accept(subscription.topic().number());
    text(subscription.protocol());
    text(subscription.endpoint());
    text(subscription.owner());
    text(subscription.state().name());
    mix.accept(subscription.authenticated() ? 1 : 0);
    mix.accept(subscription.protectedUnsubscribe() ? 1 : 0);
    mix.accept(subscription.revision());
    strings(subscription.attributes());
    QueueId queue = subscription.deliveryQueue();
    mix.accept(queue == null ? 0 : queue.number());
    mix.accept(subscription.changedMillis());
  }

  private void key(ResourceKey key) {
    text(key.kind().name());
    text(key.region());
    text(key.account());
    text(key.name());
  }

  void name(TopicName name) {
    text(name.region());
    text(name.account());
    text(name.name());
  }

  private void strings(SortedMap<String, String> strings) {
    mix.accept(strings.size());
    for (Map.Entry<String, String> entry : strings.entrySet()) {
      text(entry.getKey());
      text(entry.getValue());
    }
  }

  private void text(String text) {
    mix.accept(text.hashCode());
  }
}
