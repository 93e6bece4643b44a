package io.tern.node.routing;

import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.limits.QueueAttributes;
import io.tern.state.queue.Deduplication;
import io.tern.state.topic.DeadLetterTarget;
import io.tern.state.topic.FanOutTarget;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscriber's notifications go while no queue changes: made once for many messages by
 * {@link TargetRoutes}.
 *
 * @param usual null when the queue is not there
 * @param instead the dead-letter queue alone, for what the queue would not take; null: drop it
 * @param maximumBytes of the queue's messages
 */
record TargetRoute(
    @Nullable Way usual, @Nullable Way instead, boolean isMissing, int maximumBytes) {

  /** How a queue remembers messages, so that it takes each once. */
  enum Memory {
    NONE,
    OF_QUEUE,
    OF_GROUP;

    static Memory of(QueueDefinition queue) {
      if (!queue.attributes().containsKey(QueueAttributes.FIFO_QUEUE)) {
        return NONE;
      }
      boolean perGroup =
          QueueAttributes.SCOPE_GROUP.equals(
              queue.attributes().get(QueueAttributes.DEDUPLICATION_SCOPE));
      return perGroup ? OF_GROUP : OF_QUEUE;
    }
  }

  /**
   * One queue.
   *
   * @param target complete but for what a FIFO queue remembers the message by
   */
  record Way(FanOutTarget target, Memory memory) {

    /** The target of one message; what a FIFO queue remembers is asked for when it is needed. */
    FanOutTarget with(Function<Way, Deduplication> deduplication) {
      return memory == Memory.NONE
          ? target
          : new FanOutTarget(
              target.subscription(),
              target.protocol(),
              target.raw(),
              target.queue(),
              target.partition(),
              target.deadLetter(),
              deduplication.apply(this));
    }
  }

  /** The route of a subscriber whose deliveries wait in a queue of their own, which takes all. */
  static TargetRoute own(FanOutTarget target) {
    return new TargetRoute(new Way(target, Memory.NONE), null, false, Integer.MAX_VALUE);
  }

  static Way way(
      TopicSubscriber subscriber, QueueDefinition queue, @Nullable QueueDefinition deadLetter) {
    return new Way(
        new FanOutTarget(
            subscriber.subscription(),
            subscriber.protocol(),
            subscriber.raw(),
            queue.queue(),
            queue.partition(),
            deadLetter == null
                ? null
                : new DeadLetterTarget(deadLetter.queue(), deadLetter.partition()),
            null),
        Memory.of(queue));
  }
}
