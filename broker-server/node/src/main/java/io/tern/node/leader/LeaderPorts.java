package io.tern.node.leader;

import io.tern.disk.StoredMessage;
import io.tern.state.MoveTarget;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What a {@link LeaderTerm} needs of the rest of the node; wired by the node for each partition.
 *
 * @param diskReads the pool for calls that read rows
 * @param sender the way to this and the other partitions
 */
public record LeaderPorts(
    MessageRows messages,
    ParkedRows parked,
    Executor diskReads,
    CommandSender sender,
    QueueRoutes routes,
    ScheduledExecutorService timer,
    TopicPorts topics) {

  /** Reads a message's row; blocks, so it runs on the pool for disk reads. */
  @FunctionalInterface
  public interface MessageRows {
    Optional<StoredMessage> read(QueueId queue, long number);
  }

  /** Reads the message of an outbox entry; blocks, so it runs on the pool for disk reads. */
  @FunctionalInterface
  public interface ParkedRows {
    Optional<StoredMessage> read(PartitionId destination, long number);
  }

  /** Where queues are, as this node's copy of the catalogue says. */
  public interface QueueRoutes {
    Optional<MoveTarget> find(QueueName name);

    /** Ends when the copy has everything that the catalogue took before the call. */
    CompletableFuture<Void> caughtUp();
  }
}
