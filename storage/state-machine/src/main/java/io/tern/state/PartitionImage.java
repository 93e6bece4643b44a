package io.tern.state;

import io.tern.state.crossing.CrossingImage;
import io.tern.state.queue.QueueImage;
import io.tern.state.topic.TopicsImage;
import java.util.List;

/**
 * The index of a data partition.
 *
 * @param retentionMillis the retention clock: queue time slewed towards the wall clock
 * @param hash the running hash of all changes
 * @param logic the level of {@link Logic}
 */
public record PartitionImage(
    EntryTime clock,
    long retentionMillis,
    long hash,
    List<QueueImage> queues,
    TopicsImage topics,
    CrossingImage crossing,
    int logic)
    implements MachineImage {

  /** A partition at the first level of logic. */
  public PartitionImage(
      EntryTime clock,
      long retentionMillis,
      long hash,
      List<QueueImage> queues,
      TopicsImage topics,
      CrossingImage crossing) {
    this(clock, retentionMillis, hash, queues, topics, crossing, 0);
  }
}
