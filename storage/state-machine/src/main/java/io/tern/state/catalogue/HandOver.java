package io.tern.state.catalogue;

import io.tern.state.Change;
import io.tern.state.Change.OutboxAppended;
import io.tern.state.Decision;
import io.tern.state.Effect.OutboxGrew;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.Rejections;
import io.tern.state.Reply;
import io.tern.state.TopicDefinitionChange.SubscriptionDefined;
import io.tern.state.TopicDefinitionChange.SubscriptionUndefined;
import io.tern.state.TopicDefinitionChange.TopicDefined;
import io.tern.state.TopicDefinitionChange.TopicUndefined;
import io.tern.state.TopicReply.SubscriptionTaken;
import io.tern.state.TopicReply.TopicTaken;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.TopicCrossing;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.limits.QueueSettings;
import io.tern.state.limits.SubscriptionAttributes;
import io.tern.state.limits.TopicAttributes;
import io.tern.state.limits.TopicSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one command changes of a topic and its subscriptions, and what of it goes to the topic's
 * home, in that order; made by {@link TopicRules} and {@link SubscriptionRules}.
 */
final class HandOver {
  private final CatalogueView state;
  private final TopicDefinition topic;
  private final List<Change> changes = new ArrayList<>();
  private long lastNumber;

  HandOver(CatalogueView state, TopicDefinition topic) {
    this.state = state;
    this.topic = topic;
  }

  /** The topic is new, or its attributes or confirmed subscriptions are others than before. */
  void define(TopicDefinition next) {
    changes.add(new TopicDefined(next));
    hand(new TopicCrossing.InstallTopic(next.topic(), next.version(), settings(next)));
  }

  /** The topic's subscriptions go with it, and the queues that their deliveries wait in. */
  void undefine() {
    changes.add(new TopicUndefined(topic.topic(), topic.name()));
    hand(new TopicCrossing.RemoveTopic(topic.topic()));
    for (SubscriptionDefinition subscription : state.topics().subscriptions(topic.topic())) {
      removeQueue(subscription);
    }
  }

  /** Only told: nothing of it concerns the home. */
  void define(SubscriptionDefinition subscription) {
    changes.add(new SubscriptionDefined(subscription));
  }

  /** Only told: nothing of it concerns the home. */
  void undefine(SubscriptionDefinition subscription) {
    changes.add(new SubscriptionUndefined(subscription.subscription(), subscription.topic()));
  }

  /** Hands over the queue that the subscription's deliveries wait in, when it has one. */
  void installQueue(SubscriptionDefinition subscription) {
    QueueId queue = subscription.deliveryQueue();
    if (queue != null) {
      hand(new Crossing.InstallQueue(queue, 1, deliverySettings(topic, subscription)));
    }
  }

  void removeQueue(SubscriptionDefinition subscription) {
    QueueId queue = subscription.deliveryQueue();
    if (queue != null) {
      hand(new Crossing.RemoveQueue(queue));
    }
  }

  /** Hands over what became of the subscription's replay; null for no subscription. */
  void replay(@Nullable SubscriptionDefinition before, @Nullable SubscriptionDefinition after) {
    String old = replayPolicy(before);
    String given = replayPolicy(after);
    if (given.equals(old)) {
      return;
    }
    ReplayPolicy policy = ReplayPolicy.parse(given);
    if (after != null && policy != null) {
      hand(
          new TopicCrossing.InstallReplay(
              topic.topic(), policy.replay(after.subscription(), after.revision())));
    } else if (before != null && !old.isEmpty()) {
      hand(new TopicCrossing.RemoveReplay(topic.topic(), before.subscription()));
    }
  }

  private static String replayPolicy(@Nullable SubscriptionDefinition subscription) {
    return subscription == null || subscription.state() != SubscriptionState.CONFIRMED
        ? ""
        : subscription.attributes().getOrDefault(SubscriptionAttributes.REPLAY_POLICY, "");
  }

  /** The topic with all this, or a refusal when the outbox has no room. */
  Decision taken() {
    return decision(new TopicTaken(topic.topic(), topic.partition(), lastNumber));
  }

  /** The subscription with all this, or a refusal when the outbox has no room. */
  Decision taken(SubscriptionDefinition subscription) {
    return decision(reply(topic, subscription, lastNumber));
  }

  /** The topic stands as asked; it may still be on its way to its home. */
  static Decision confirmed(CatalogueView state, TopicDefinition topic) {
    return Decision.reply(new TopicTaken(topic.topic(), topic.partition(), waiting(state, topic)));
  }

  /** The subscription stands as asked; it may still be on its way to its topic's home. */
  static Decision confirmed(
      CatalogueView state, TopicDefinition topic, SubscriptionDefinition subscription) {
    return Decision.reply(reply(topic, subscription, waiting(state, topic)));
  }

  private static SubscriptionTaken reply(
      TopicDefinition topic, SubscriptionDefinition subscription, long outboxNumber) {
    return new SubscriptionTaken(
        subscription.subscription(),
        subscription.state() == SubscriptionState.CONFIRMED,
        topic.partition(),
        outboxNumber);
  }

  /** Numbers of topics and queues are of one counter, so the outbox takes one for the other. */
  private static long waiting(CatalogueView state, TopicDefinition topic) {
    return state.crossing().waitingFor(topic.partition(), new QueueId(topic.topic().number()));
  }

  private Decision decision(Reply reply) {
    if (lastNumber == 0) {
      return Decision.of(reply, changes);
    }
    return state.crossing().isFull(topic.partition())
        ? Rejections.of(ErrorCode.THROTTLED, "Too many definitions wait for the topic's partition.")
        : new Decision(reply, changes, List.of(new OutboxGrew(topic.partition())));
  }

  private void hand(Crossing crossing) {
    PartitionId home = topic.partition();
    lastNumber = lastNumber == 0 ? state.crossing().nextNumber(home) : lastNumber + 1;
    changes.add(new OutboxAppended(home, lastNumber, crossing));
  }

  private static TopicSettings settings(TopicDefinition topic) {
    return new TopicSettings(
        topic.name(),
        TopicAttributes.isFifo(topic.attributes()),
        ArchivePolicy.millis(topic.attributes()));
  }

  /** No caller can name such a queue: there is a slash in it. */
  private static QueueSettings deliverySettings(
      TopicDefinition topic, SubscriptionDefinition subscription) {
    return new QueueSettings(
        new QueueName(topic.name().account(), "sns/" + subscription.subscription().number()),
        Limits.DELIVERY_VISIBILITY_MILLIS,
        0,
        Limits.DELIVERY_RETENTION_MILLIS,
        false,
        null);
  }
}
