package io.tern.node.sns;

import io.tern.node.config.WallClock;
import io.tern.state.SubscriptionId;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.SubscriptionState;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.topics.envelope.Confirmation;
import io.tern.topics.envelope.TopicArn;
import io.tern.topics.policy.Protocol;
import io.tern.topics.policy.TopicAttributes;

/** Asks the owners of endpoints whether they want messages, or want no more of them. */
final class Questions {
  private final TopicDirectory directory;
  private final ConfirmationTokens tokens;
  private final QuestionSender sender;
  private final WallClock clock;

  Questions(
      TopicDirectory directory, ConfirmationTokens tokens, QuestionSender sender, WallClock clock) {
    this.directory = directory;
    this.tokens = tokens;
    this.sender = sender;
    this.clock = clock;
  }

  /** Asks about a subscription that waits for it. */
  void askToConfirm(TopicDefinition topic, SubscriptionId id) {
    directory
        .mirror()
        .subscriptions()
        .find(id)
        .filter(subscription -> subscription.state() == SubscriptionState.PENDING)
        .ifPresent(subscription -> ask(Confirmation.Kind.SUBSCRIBE, topic, subscription));
  }

  /** Asks whether somebody was right to end the subscription. */
  void askToRestore(TopicDefinition topic, SubscriptionDefinition subscription) {
    ask(Confirmation.Kind.UNSUBSCRIBE, topic, subscription);
  }

  private void ask(
      Confirmation.Kind kind, TopicDefinition topic, SubscriptionDefinition subscription) {
    long now = clock.wallMillis();
    Confirmation question =
        new Confirmation(
            kind,
            OutgoingPublish.newId(),
            TopicArn.of(topic.name()),
            directory.arn(topic, subscription.subscription()),
            tokens.make(kind, subscription.subscription(), now),
            now,
            "2".equals(topic.attributes().get(TopicAttributes.SIGNATURE_VERSION)) ? 2 : 1,
            topic.attributes().getOrDefault(TopicAttributes.DISPLAY_NAME, ""));
    Protocol.of(subscription.protocol())
        .filter(protocol -> !protocol.confirmedAtOnce())
        .ifPresent(protocol -> sender.send(protocol, subscription.endpoint(), question));
  }
}
