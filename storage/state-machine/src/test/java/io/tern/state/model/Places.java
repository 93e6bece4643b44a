package io.tern.state.model;

import io.tern.state.MoveTarget;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;

/** The queues of a history: of which kind, in which partition, under which id at the moment. */
final class Places {
  static final int QUEUES = 5;
  private static final int[] PARTITIONS = {1, 1, 2, 2, 1};
  private static final boolean[] FIFO = {false, true, false, true, true};

  private final long[] ids = {1, 2, 3, 4, 5};

  PartitionId partition(int queue) {
    return new PartitionId(PARTITIONS[queue]);
  }

  /** Of a queue as it is, or as it was under an older id. */
  PartitionId partition(QueueId queue) {
    return partition((int) ((queue.number() - 1) % QUEUES));
  }

  boolean isFifo(int queue) {
    return FIFO[queue];
  }

  QueueId id(int queue) {
    return new QueueId(ids[queue]);
  }

  QueueName name(int queue) {
    return new QueueName("000000000000", "queue-" + queue + (FIFO[queue] ? ".fifo" : ""));
  }

  MoveTarget target(int queue) {
    return new MoveTarget(id(queue), partition(queue), name(queue));
  }

  /** A queue created again has another id. */
  void renew(int queue) {
    ids[queue] += QUEUES;
  }
}
