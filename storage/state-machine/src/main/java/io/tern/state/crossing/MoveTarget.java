package io.tern.state.crossing;

import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;

/** A queue that messages are moved to, and where it is. */
public record MoveTarget(QueueId queue, PartitionId partition, QueueName name) {}
