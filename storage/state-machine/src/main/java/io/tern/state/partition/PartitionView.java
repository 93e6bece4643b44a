package io.tern.state.partition;

import io.tern.state.EntryTime;
import io.tern.state.QueueId;
import io.tern.state.crossing.CrossingView;
import io.tern.state.queue.QueueView;
import io.tern.state.topic.TopicsView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The read-only face of a data partition's index; all that rules can see. */
public interface PartitionView {

  /** The time of the entry that is being applied, never earlier than one before. */
  EntryTime clock();

  /** The retention clock: queue time slewed towards the wall clock. */
  long retentionMillis();

  /** The level of logic that this entry is decided with. */
  int logic();

  /** The queue, or null when this partition does not hold it. */
  @Nullable QueueView queue(QueueId queue);

  /** The queues with expired messages, the longest expired first, at most so many. */
  List<QueueView> queuesWithExpired(int limit);

  /** FIFO queues with sends that should be forgotten, at most so many. */
  List<QueueView> queuesWithForgettable(int limit);

  TopicsView topics();

  CrossingView crossing();
}
