package io.tern.state.crossing;

import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.TopicId;
import java.util.List;

/** The read-only face of a partition's outboxes and inboxes. */
public interface CrossingView {

  /** The number the next entry for that destination gets. */
  long nextNumber(PartitionId destination);

  /** Whether the destination's outbox is at its limit. */
  boolean isFull(PartitionId destination);

  /** The newest number that waits for that destination and is about this queue, or 0. */
  long waitingFor(PartitionId destination, QueueId queue);

  /** The lowest body of the topic that waits to be carried, or the greatest long. */
  long oldestBody(TopicId topic);

  /** The highest number that settling up to this one would forget; 0 when it would forget none. */
  long settles(PartitionId destination, long upTo);

  /** The highest number taken from that source. */
  long taken(PartitionId source);

  /** The entries that continue what was taken from that source. */
  List<OutboxEntry> fresh(PartitionId source, long previous, List<OutboxEntry> entries);
}
