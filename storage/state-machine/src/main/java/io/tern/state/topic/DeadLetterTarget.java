package io.tern.state.topic;

import io.tern.state.PartitionId;
import io.tern.state.QueueId;

/** Where a notification goes that its target does not take. */
public record DeadLetterTarget(QueueId queue, PartitionId partition) {}
