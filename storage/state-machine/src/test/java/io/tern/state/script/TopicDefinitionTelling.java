package io.tern.state.script;

import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.TopicDefinitionChange;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.TopicDefinition;
import java.util.Locale;

/** The part of {@link Telling} that is about the catalogue's topics. */
final class TopicDefinitionTelling {
  private final Names names;

  TopicDefinitionTelling(Names names) {
    this.names = names;
  }

  String change(TopicDefinitionChange change) {
    return switch (change) {
      case TopicDefinitionChange.TopicDefined c -> defined(c.definition());
      case TopicDefinitionChange.TopicUndefined c -> "undefined topic " + c.name().name();
      case TopicDefinitionChange.SubscriptionDefined c -> defined(c.definition());
      case TopicDefinitionChange.SubscriptionUndefined c ->
          "undefined subscription " + named(c.subscription().number());
      case TopicDefinitionChange.ResourceDefined c ->
          "defined "
              + c.definition().key().kind().name().toLowerCase(Locale.ROOT)
              + " "
              + c.definition().key().name()
              + " r"
              + c.definition().revision();
      case TopicDefinitionChange.ResourceUndefined c -> "undefined " + c.key().name();
      case TopicDefinitionChange.SigningKeyAdded c -> "added the signing key " + c.key().id();
    };
  }

  private String defined(TopicDefinition topic) {
    names.name(new QueueId(topic.topic().number()), topic.name().name());
    PartitionId home = topic.partition();
    return "defined topic "
        + topic.name().name()
        + " v"
        + topic.version()
        + " r"
        + topic.revision()
        + " in partition "
        + home.number()
        + " "
        + topic.attributes();
  }

  private String defined(SubscriptionDefinition subscription) {
    QueueId queue = subscription.deliveryQueue();
    String name = named(subscription.topic().number()) + "/" + subscription.endpoint();
    names.name(new QueueId(subscription.subscription().number()), name);
    if (queue != null) {
      names.name(queue, name + "/queue");
    }
    return "defined subscription "
        + name
        + " r"
        + subscription.revision()
        + " "
        + subscription.state().name().toLowerCase(Locale.ROOT)
        + " "
        + subscription.protocol()
        + (queue == null ? "" : " by " + names.of(queue))
        + " "
        + subscription.attributes();
  }

  private String named(long number) {
    return names.of(new QueueId(number));
  }
}
