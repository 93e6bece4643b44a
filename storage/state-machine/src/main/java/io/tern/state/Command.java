package io.tern.state;

import io.tern.state.crossing.OutboxEntry;
import java.util.List;
import java.util.SortedMap;

/** What can be asked of a partition; goes into the log. One record for each thing. */
public sealed interface Command {

  /** Asked of a data partition. */
  sealed interface PartitionCommand extends Command {}

  /** Asked of the catalogue. */
  sealed interface CatalogueCommand extends Command {}

  /** Understood by every partition, the catalogue too. */
  sealed interface CommonCommand extends Command {}

  /**
   * Stores a message.
   *
   * @param delayMillis how long it stays hidden, or {@link #QUEUE_DEFAULT}
   * @param content the encoded message, opaque to the rules
   */
  record SendMessage(QueueId queue, long delayMillis, Bytes content) implements PartitionCommand {}

  /**
   * Hides and returns the oldest visible messages.
   *
   * @param maxMessages 1 to 10
   * @param visibilityMillis how long they stay hidden, or {@link #QUEUE_DEFAULT}
   */
  record ReceiveMessages(QueueId queue, int maxMessages, long visibilityMillis)
      implements PartitionCommand {}

  /** Removes a message if the receipt is its newest; succeeds without effect otherwise. */
  record DeleteMessage(QueueId queue, long number, int receiveCount) implements PartitionCommand {}

  /** Hides a received message for so long from now; 0 makes it visible at once. */
  record ChangeVisibility(QueueId queue, long number, int receiveCount, long visibilityMillis)
      implements PartitionCommand {}

  /** Removes all messages; refused when the last purge is younger than the interval. */
  record PurgeQueue(QueueId queue, long minimumIntervalMillis) implements PartitionCommand {}

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

  /** The first command of a cluster's life; later ones change nothing. */
  record InitializeCluster(Bytes sealingKey, int dataPartitions) implements CatalogueCommand {}

  /** Takes what another partition's outbox hands over, if it continues what was taken before. */
  record AcceptDeliveries(PartitionId source, long previous, List<OutboxEntry> entries)
      implements CommonCommand {}

  /** Forgets outbox entries that the destination has taken. */
  record SettleOutbox(PartitionId destination, long upTo) implements CommonCommand {}

  /** Lets time alone do its work: retention, forgetting. */
  record Tick() implements CommonCommand {}

  /** Stands where the caller leaves the choice to the queue's attribute. */
  long QUEUE_DEFAULT = -1;
}
