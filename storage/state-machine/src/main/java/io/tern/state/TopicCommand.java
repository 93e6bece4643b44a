package io.tern.state;

import io.tern.state.queue.Deduplication;
import io.tern.state.topic.FanOutTarget;
import io.tern.state.topic.ReplayedMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked of a topic's partition. */
public sealed interface TopicCommand extends Command.PartitionCommand {

  /**
   * Publishes a message to the queues it matched. The leader fills in version and targets before
   * the log; the rule refuses as outdated when the topic is newer than that.
   *
   * @param deduplication what a FIFO topic remembers it by; null for standard topics
   * @param content the encoded message, opaque to the rules
   * @param version of the topic that was matched against, or {@link #NOT_MATCHED}
   */
  record Publish(
      TopicId topic,
      MessageId id,
      String group,
      @Nullable Deduplication deduplication,
      Bytes content,
      long version,
      List<FanOutTarget> targets)
      implements TopicCommand {}

  /**
   * Gives a message up that could not be delivered to the world, if the receipt is its newest.
   *
   * @param target the dead-letter queue, or null to drop it
   */
  record GiveUpMessage(QueueId queue, long number, int receiveCount, @Nullable MoveTarget target)
      implements TopicCommand {}

  /**
   * Takes a replay over the archived messages from one number up to another.
   *
   * @param version of the replay; another one makes this outdated
   * @param from where the replay must stand; 0 for one that has not begun
   * @param upTo the last number looked at
   * @param messages those of them that match the filter, in order
   * @param ended whether the archive has nothing more before the replay's end
   */
  record AdvanceReplay(
      TopicId topic,
      SubscriptionId subscription,
      long version,
      long from,
      long upTo,
      List<ReplayedMessage> messages,
      boolean ended)
      implements TopicCommand {}

  /** Asks how a topic's archive and replays stand. */
  record InspectTopic(TopicId topic) implements TopicCommand {}

  /** The version of a publish that has not been matched yet. */
  long NOT_MATCHED = 0;
}
