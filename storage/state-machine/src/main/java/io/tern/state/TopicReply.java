package io.tern.state;

import io.tern.state.topic.Replay;
import java.util.List;

/** What the asker of something about topics is told. */
public sealed interface TopicReply extends Reply {

  /**
   * The catalogue took a topic's definition. It is in force once the outbox entry is settled.
   *
   * @param outboxNumber 0 when nothing had to be handed over
   */
  record TopicTaken(TopicId topic, PartitionId partition, long outboxNumber)
      implements TopicReply {}

  /** The same of a subscription. */
  record SubscriptionTaken(
      SubscriptionId subscription, boolean confirmed, PartitionId partition, long outboxNumber)
      implements TopicReply {}

  /**
   * How a topic's archive and replays stand.
   *
   * @param oldestArchivedMillis wall clock from which on messages can be replayed, -1 for none
   */
  record TopicStands(long oldestArchivedMillis, List<Replay> replays) implements TopicReply {}

  /** How a replay stands now. */
  record ReplayStands(Replay replay) implements TopicReply {}
}
