package io.tern.simulator;

import io.tern.state.QueueName;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicCommand.Publish;
import io.tern.state.catalogue.CatalogueMachine;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.SubscriptionState;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.state.queue.Deduplication;
import io.tern.state.topic.DeadLetterTarget;
import io.tern.state.topic.FanOutTarget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the queues that a published message is for, in a catalogue that may be old. */
final class Matching {
  static final String DEAD_LETTERS = "RedrivePolicy";
  private static final String ARN = "arn:aws:sqs:here:" + Client.ACCOUNT + ":";

  private Matching() {}

  static String arn(String queue) {
    return ARN + queue;
  }

  static QueueName named(String arn) {
    return new QueueName(Client.ACCOUNT, arn.substring(ARN.length()));
  }

  /** As it was when nobody knows the topic here. */
  static Publish matched(CatalogueMachine catalogue, Publish publish) {
    TopicDefinition topic = catalogue.topics().topic(publish.topic());
    if (topic == null) {
      return publish;
    }
    List<FanOutTarget> targets = new ArrayList<>();
    for (SubscriptionDefinition each : catalogue.topics().subscriptions(publish.topic())) {
      if (each.state() == SubscriptionState.CONFIRMED) {
        FanOutTarget target = target(catalogue, each, publish.deduplication());
        if (target != null) {
          targets.add(target);
        }
      }
    }
    return new Publish(
        publish.topic(),
        publish.id(),
        publish.group(),
        publish.deduplication(),
        publish.content(),
        topic.version(),
        targets);
  }

  /** The queue, or what takes its place when it is gone; null when both are. */
  private static @Nullable FanOutTarget target(
      CatalogueMachine catalogue, SubscriptionDefinition of, @Nullable Deduplication once) {
    QueueDefinition queue = catalogue.queue(named(of.endpoint()));
    String policy = of.attributes().get(DEAD_LETTERS);
    QueueDefinition dead = policy == null ? null : catalogue.queue(named(policy));
    if (queue == null) {
      return dead == null ? null : target(of.subscription(), dead, null, once);
    }
    return target(of.subscription(), queue, dead, once);
  }

  private static FanOutTarget target(
      SubscriptionId subscription,
      QueueDefinition queue,
      @Nullable QueueDefinition dead,
      @Nullable Deduplication once) {
    return new FanOutTarget(
        subscription,
        "sqs",
        true,
        queue.queue(),
        queue.partition(),
        dead == null ? null : new DeadLetterTarget(dead.queue(), dead.partition()),
        queue.name().name().endsWith(".fifo") ? once : null);
  }
}
