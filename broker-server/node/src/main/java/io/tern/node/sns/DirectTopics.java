package io.tern.node.sns;

import io.tern.node.api.Caller;
import io.tern.state.TopicDefinitionCommand.CreateTopic;
import io.tern.state.TopicDefinitionCommand.Subscribe;
import io.tern.state.TopicName;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.TopicDefinition;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The topic that messages to single devices and telephones go through, one for each account and
 * region: so they are stored before they are acknowledged, and tried again like others. Made when
 * the first such message is published. Its name is none that a caller can give, and no list has it.
 */
final class DirectTopics {
  /** How many of them an account has in a region. */
  static final int MOST = 1;

  /** How many subscriptions that one has. */
  static final int MOST_SUBSCRIPTIONS = 2;

  private static final String NAME = "direct/messages";
  private static final String ANY_ENDPOINT = "direct";
  private static final SortedMap<String, String> NOTHING = Collections.emptySortedMap();

  private final TopicDirectory directory;
  private final CatalogueEdits catalogue;

  DirectTopics(TopicDirectory directory, CatalogueEdits catalogue) {
    this.directory = directory;
    this.catalogue = catalogue;
  }

  static boolean isOne(TopicName name) {
    return name.name().equals(NAME);
  }

  /** The topic, with a subscription for the protocol. */
  CompletableFuture<TopicDefinition> topic(Caller caller, String protocol) {
    TopicName name = new TopicName(caller.region(), directory.account(), NAME);
    return directory
        .mirror()
        .topic(name)
        .filter(topic -> hasProtocol(topic, protocol))
        .map(CompletableFuture::completedFuture)
        .orElseGet(() -> make(caller, name, protocol));
  }

  private boolean hasProtocol(TopicDefinition topic, String protocol) {
    for (SubscriptionDefinition known :
        directory.mirror().subscriptions().confirmed(topic.topic())) {
      if (known.protocol().equals(protocol)) {
        return true;
      }
    }
    return false;
  }

  private CompletableFuture<TopicDefinition> make(Caller caller, TopicName name, String protocol) {
    return catalogue
        .run(caller, new CreateTopic(name, NOTHING, new TreeMap<>()))
        .thenCompose(_ -> directory.freshTopic(caller, name))
        .thenCompose(topic ->
            catalogue.run(
                caller,
                new Subscribe(
                    topic.topic(), protocol, ANY_ENDPOINT, directory.account(), NOTHING, true)))
        .thenCompose(_ -> directory.freshTopic(caller, name));
  }
}
