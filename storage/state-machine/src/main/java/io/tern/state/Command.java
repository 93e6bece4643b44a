package io.tern.state;

import io.tern.state.crossing.MoveRoute;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.queue.Deduplication;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What can be asked of a partition; goes into the log. One record for each thing. */
public sealed interface Command {

  /** Asked of a data partition. */
  sealed interface PartitionCommand extends Command
      permits SendMessage,
          ReceiveMessages,
          DeleteMessage,
          ChangeVisibility,
          PurgeQueue,
          StartMoveTask,
          AdvanceMoveTask,
          CancelMoveTask,
          TopicCommand {}

  /** Asked of the catalogue. */
  sealed interface CatalogueCommand extends Command
      permits CreateQueue,
          DeleteQueue,
          SetQueueAttributes,
          TagQueue,
          UntagQueue,
          ReplacePolicy,
          InitializeCluster,
          MembershipCommand,
          TopicDefinitionCommand {}

  /** Understood by every partition, the catalogue too. */
  sealed interface CommonCommand extends Command {}

  /**
   * Stores a message.
   *
   * @param delayMillis how long it stays hidden, or {@link #QUEUE_DEFAULT}
   * @param group the message group, empty for none; a FIFO queue's messages have one
   * @param deduplication of a FIFO queue's message, null otherwise
   * @param content the encoded message, opaque to the rules
   */
  record SendMessage(
      QueueId queue,
      long delayMillis,
      String group,
      @Nullable Deduplication deduplication,
      Bytes content)
      implements PartitionCommand {}

  /**
   * Hides and returns the oldest visible messages.
   *
   * @param maxMessages 1 to 10
   * @param visibilityMillis how long they stay hidden, or {@link #QUEUE_DEFAULT}
   * @param attemptId on a FIFO queue, the same id within five minutes gets the same messages; empty
   *     for none
   */
  record ReceiveMessages(QueueId queue, int maxMessages, long visibilityMillis, String attemptId)
      implements PartitionCommand {}

  /** Removes a message if the receipt is its newest; succeeds without effect otherwise. */
  record DeleteMessage(QueueId queue, long number, int receiveCount) implements PartitionCommand {}

  /** Hides a received message for so long from now; 0 makes it visible at once. */
  record ChangeVisibility(QueueId queue, long number, int receiveCount, long visibilityMillis)
      implements PartitionCommand {}

  /** Removes all messages; refused when the last purge is younger than the interval. */
  record PurgeQueue(QueueId queue, long minimumIntervalMillis) implements PartitionCommand {}

  /**
   * Begins to move a dead-letter queue's messages.
   *
   * @param destination where all of them go, or null for each to where it came from
   * @param perSecond how many messages a second, 0 when the server decides
   */
  record StartMoveTask(
      QueueId queue, String taskId, @Nullable MoveTarget destination, int perSecond)
      implements PartitionCommand {}

  /**
   * Moves the next messages of a running task.
   *
   * @param routes where the queues are that messages may go to; a name that is missing stops the
   *     task's step and is told in the reply
   */
  record AdvanceMoveTask(QueueId queue, String taskId, int maxMessages, List<MoveRoute> routes)
      implements PartitionCommand {}

  /** Ends a running task; what was moved stays moved. */
  record CancelMoveTask(QueueId queue, String taskId) implements PartitionCommand {}

  /** Defines a queue, or confirms that one with the same attributes exists. */
  record CreateQueue(
      QueueName name,
      SortedMap<String, String> attributes,
      SortedMap<String, String> tags,
      long recreateWaitMillis)
      implements CatalogueCommand {}

  /** Removes a queue's definition; its partition follows by outbox. */
  record DeleteQueue(QueueId queue) implements CatalogueCommand {}

  /** Overwrites the attributes given; an empty value removes one. */
  record SetQueueAttributes(QueueId queue, SortedMap<String, String> attributes)
      implements CatalogueCommand {}

  /** Adds tags, or overwrites those with the same keys. */
  record TagQueue(QueueId queue, SortedMap<String, String> tags) implements CatalogueCommand {}

  /** Removes tags; keys that are not there do not matter. */
  record UntagQueue(QueueId queue, List<String> keys) implements CatalogueCommand {}

  /**
   * Replaces the queue's policy if it still is the expected one; both may be empty for none.
   * Otherwise the reply is Outdated, and the caller reads again.
   */
  record ReplacePolicy(QueueId queue, String expected, String policy) implements CatalogueCommand {}

  /** The first command of a cluster's life; later ones change nothing. */
  record InitializeCluster(Bytes sealingKey, int dataPartitions) implements CatalogueCommand {}

  /** Takes what another partition's outbox hands over, if it continues what was taken before. */
  record AcceptDeliveries(PartitionId source, long previous, List<OutboxEntry> entries)
      implements CommonCommand {}

  /** Forgets outbox entries that the destination has taken. */
  record SettleOutbox(PartitionId destination, long upTo) implements CommonCommand {}

  /** Lets time alone do its work: retention, forgetting. */
  record Tick() implements CommonCommand {}

  /**
   * Raises the level of {@link Logic}, never lowers it. To be proposed only when every node knows
   * the level.
   */
  record AdvanceLogic(int level) implements CommonCommand {}

  /** Stands where the caller leaves the choice to the queue's attribute. */
  long QUEUE_DEFAULT = -1;
}
