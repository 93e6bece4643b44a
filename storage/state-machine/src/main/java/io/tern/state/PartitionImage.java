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
 */
public record PartitionImage(
    EntryTime clock,
    long retentionMillis,
    long hash,
    List<QueueImage> queues,
    TopicsImage topics,
    CrossingImage crossing)
    implements MachineImage {}
