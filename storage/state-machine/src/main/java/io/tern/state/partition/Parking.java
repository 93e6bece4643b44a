package io.tern.state.partition;

import io.tern.state.Change.MessageParked;
import io.tern.state.MoveTarget;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.crossing.Crossing.ParkedMessage;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives messages that leave their queue the next numbers of the outboxes; made for one decision, of
 * which a later message must see what an earlier one took.
 */
final class Parking {
  private final PartitionView state;
  private final TreeMap<PartitionId, Integer> parked = new TreeMap<>();

  Parking(PartitionView state) {
    this.state = state;
  }

  /** The fact that the message waits in the outbox, or null when that is full. */
  @Nullable MessageParked park(
      QueueId queue, long number, MoveTarget target, ParkedMessage crossing) {
    PartitionId destination = target.partition();
    if (state.crossing().isFull(destination)) {
      return null;
    }
    int before = parked.merge(destination, 1, Integer::sum) - 1;
    return new MessageParked(
        queue, number, destination, state.crossing().nextNumber(destination) + before, crossing);
  }

  /** The partitions something was parked for. */
  Iterable<PartitionId> destinations() {
    return parked.keySet();
  }
}
