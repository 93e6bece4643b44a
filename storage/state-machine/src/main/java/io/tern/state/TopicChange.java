package io.tern.state;

import io.tern.state.limits.TopicSettings;
import io.tern.state.queue.Deduplication;
import io.tern.state.topic.Notification;
import io.tern.state.topic.Replay;

/** One fact about a topic that became true in a data partition. */
public sealed interface TopicChange extends Change.PartitionChange {

  /** The partition is the topic's home, or knows its newer settings. */
  record TopicInstalled(TopicId topic, long version, TopicSettings settings)
      implements TopicChange {}

  /** The topic is gone; its bodies stay as long as queues hold notifications of them. */
  record TopicRemoved(TopicId topic) implements TopicChange {}

  /**
   * A published message's body is stored, once for all queues of the partition. Numbers grow and
   * are never used again, but need not follow each other.
   *
   * @param number among the topic's bodies in this partition
   * @param sentMillis wall clock
   * @param retentionMillis the partition's retention clock
   */
  record BodyStored(
      TopicId topic, long number, long sentMillis, long retentionMillis, Bytes content)
      implements TopicChange {}

  /** The bodies up to this number are gone. */
  record BodiesForgotten(TopicId topic, long upTo) implements TopicChange {}

  /** A message is stored that refers to a body; the fields are those of MessageStored. */
  record NotificationStored(
      QueueId queue,
      long number,
      long visibleAtMillis,
      long sentMillis,
      long retentionMillis,
      String group,
      Notification notification)
      implements TopicChange {}

  /**
   * A FIFO topic remembers a publish, so that its repetition is delivered to nobody. The number is
   * taken even when no body is stored under it.
   *
   * @param atMillis queue time of the publish
   */
  record PublishRemembered(TopicId topic, long number, Deduplication deduplication, long atMillis)
      implements TopicChange {}

  /** The publishes with numbers up to this one may be repeated. */
  record PublishesForgotten(TopicId topic, long upTo) implements TopicChange {}

  /** A replay stands as given here. */
  record ReplayChanged(TopicId topic, Replay replay) implements TopicChange {}

  /**
   * The partition looked for bodies that nobody needs. Writes no row.
   *
   * @param atMillis queue time
   * @param upTo the topic it ended with because there were too many, 0 when it saw all
   */
  record BodiesChecked(long atMillis, long upTo) implements TopicChange {}

  /** The subscription has no replay any more. */
  record ReplayRemoved(TopicId topic, SubscriptionId subscription) implements TopicChange {}
}
