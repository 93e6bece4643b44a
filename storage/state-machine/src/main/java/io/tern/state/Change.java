package io.tern.state;

import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.crossing.Crossing;
import io.tern.state.limits.QueueSettings;
import io.tern.state.queue.Deduplication;
import io.tern.state.queue.MoveTask;
import java.util.List;

/** One fact that became true. Changes are the only thing that alters the index or the rows. */
public sealed interface Change {

  /** Of a data partition. */
  sealed interface PartitionChange extends Change
      permits QueueInstalled,
          QueueRemoved,
          QueuePurged,
          MessageStored,
          MessageArrived,
          MessageParked,
          DeduplicationRemembered,
          DeduplicationForgotten,
          AttemptRemembered,
          MoveTaskChanged,
          MessageHidden,
          MessageRemoved,
          MessagesExpired,
          TopicChange {}

  /** Of the catalogue. */
  sealed interface CatalogueChange extends Change
      permits ClusterInitialized,
          QueueDefined,
          QueueUndefined,
          DeletionForgotten,
          MembershipChange,
          TopicDefinitionChange {}

  /** Of every partition. */
  sealed interface CommonChange extends Change {}

  /** The partition holds the queue, or knows its newer settings. */
  record QueueInstalled(QueueId queue, long version, QueueSettings settings)
      implements PartitionChange {}

  /** The queue and all its messages are gone. */
  record QueueRemoved(QueueId queue) implements PartitionChange {}

  /** All messages with numbers up to this one are gone. */
  record QueuePurged(QueueId queue, long upTo, long purgedAtMillis) implements PartitionChange {}

  /**
   * A message is stored.
   *
   * @param visibleAtMillis queue time; not later than now means ready
   * @param sentMillis wall clock
   * @param retentionMillis the partition's retention clock when it was sent
   * @param group the message group, empty for none
   */
  record MessageStored(
      QueueId queue,
      long number,
      long visibleAtMillis,
      long sentMillis,
      long retentionMillis,
      String group,
      Bytes content)
      implements PartitionChange {}

  /**
   * A message came from another queue and keeps its past: a dead letter, or one that could not be
   * delivered and is back.
   *
   * @param sentMillis wall clock; of a dead letter in a standard queue, of its first send
   * @param arrival its past
   */
  record MessageArrived(
      QueueId queue,
      long number,
      long visibleAtMillis,
      long sentMillis,
      long retentionMillis,
      String group,
      Arrival arrival,
      Bytes content)
      implements PartitionChange {}

  /**
   * A message left its queue and waits in the outbox; its row waits there too.
   *
   * @param outboxNumber the number of its outbox entry
   */
  record MessageParked(
      QueueId queue,
      long number,
      PartitionId destination,
      long outboxNumber,
      Crossing.ParkedMessage crossing)
      implements PartitionChange {}

  /**
   * A FIFO queue remembers a send, so that its repetition stores nothing.
   *
   * @param atMillis queue time of the send
   */
  record DeduplicationRemembered(
      QueueId queue, long number, Deduplication deduplication, long atMillis)
      implements PartitionChange {}

  /** The sends with numbers up to this one may be repeated. */
  record DeduplicationForgotten(QueueId queue, long upTo) implements PartitionChange {}

  /**
   * A FIFO queue remembers what a receive gave out under this attempt id.
   *
   * @param atMillis queue time of the receive
   * @param untilMillis queue time until which its messages are hidden
   */
  record AttemptRemembered(
      QueueId queue, String attemptId, long atMillis, long untilMillis, List<Delivery> deliveries)
      implements PartitionChange {}

  /** A move task of the queue stands as given here. */
  record MoveTaskChanged(QueueId queue, MoveTask task) implements PartitionChange {}

  /**
   * A message is hidden until then: received, or its visibility changed. Not later than now means
   * ready again.
   *
   * @param visibleAtMillis queue time
   * @param receivedAtMillis queue time of the newest receive; the 12-hour limit counts from it
   * @param firstReceivedMillis wall clock of the first receive
   * @param group the message group, empty for none; its row has it with the message
   */
  record MessageHidden(
      QueueId queue,
      long number,
      long visibleAtMillis,
      int receiveCount,
      long receivedAtMillis,
      long firstReceivedMillis,
      String group)
      implements PartitionChange {

    /** Of a message without a group. */
    public MessageHidden(
        QueueId queue,
        long number,
        long visibleAtMillis,
        int receiveCount,
        long receivedAtMillis,
        long firstReceivedMillis) {
      this(queue, number, visibleAtMillis, receiveCount, receivedAtMillis, firstReceivedMillis, "");
    }
  }

  /** One message is gone. */
  record MessageRemoved(QueueId queue, long number) implements PartitionChange {}

  /** All messages up to this number outlived the retention period and are gone. */
  record MessagesExpired(QueueId queue, long upTo) implements PartitionChange {}

  /** The sealing key and the number of data partitions are fixed for the cluster's life. */
  record ClusterInitialized(Bytes sealingKey, int dataPartitions) implements CatalogueChange {}

  /** A queue's definition is as given here. */
  record QueueDefined(QueueDefinition definition) implements CatalogueChange {}

  /** A queue's definition is gone; the name is remembered for the re-create rule. */
  record QueueUndefined(QueueId queue, QueueName name, long deletedAtMillis)
      implements CatalogueChange {}

  /** A deleted queue's name may be used again. */
  record DeletionForgotten(QueueName name) implements CatalogueChange {}

  /** Time went on; every visibility that ended by then has ended. */
  record ClockAdvanced(EntryTime time, long retentionMillis) implements CommonChange {}

  /** Something waits to be carried to another partition. */
  record OutboxAppended(PartitionId destination, long number, Crossing crossing)
      implements CommonChange {}

  /** The destination has taken everything up to this number. */
  record OutboxSettled(PartitionId destination, long upTo) implements CommonChange {}

  /** Everything up to this number was taken from that source. */
  record InboxAdvanced(PartitionId source, long number) implements CommonChange {}

  /** Rules that ask for this level of {@link Logic} hold from the next command on. */
  record LogicAdvanced(int level) implements CommonChange {}
}
