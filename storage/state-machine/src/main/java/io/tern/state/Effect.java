package io.tern.state;

/** Something the leader should now do. Losing one is harmless: the state still says it. */
public sealed interface Effect {

  /** So many messages of the queue became visible. */
  record MessagesReady(QueueId queue, long count) implements Effect {}

  /** The outbox has something for that partition. */
  record OutboxGrew(PartitionId destination) implements Effect {}

  /** A notification was dropped: this queue did not take it, and no dead-letter queue did. */
  record NotificationDropped(QueueId queue) implements Effect {}
}
