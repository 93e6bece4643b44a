package io.tern.state.catalogue;

import io.tern.state.CatalogueImage.Deletion;
import io.tern.state.EntryTime;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.crossing.CrossingView;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The read-only face of the catalogue's index; all that its rules can see. */
public interface CatalogueView {

  /** The time of the entry that is being applied, never earlier than one before. */
  EntryTime clock();

  /** Those of the first start; 0 until the cluster is initialized. */
  int dataPartitions();

  /** The number the next queue, topic or subscription gets. */
  long nextQueue();

  int queues();

  @Nullable QueueDefinition queue(QueueId queue);

  @Nullable QueueDefinition queue(QueueName name);

  /** The queues whose redrive policy names this one, by their numbers. */
  Collection<QueueDefinition> sources(QueueName target);

  /** When the last queue of that name was deleted, or null when that is forgotten. */
  @Nullable Deletion deletion(QueueName name);

  /** The deletions of that time or before, oldest first, at most so many. */
  List<Deletion> deletionsUpTo(long queueMillis, int limit);

  /** The data partition with the fewest queues and topics, the lowest of several. */
  PartitionId emptiestPartition();

  MembershipView membership();

  /** The level of logic that this entry is decided with. */
  int logic();

  TopicsView topics();

  CrossingView crossing();
}
