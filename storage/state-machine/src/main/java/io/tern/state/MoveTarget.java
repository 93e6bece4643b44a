package io.tern.state;

/** A queue that messages are moved to, and where it is. */
public record MoveTarget(QueueId queue, PartitionId partition, QueueName name) {}
