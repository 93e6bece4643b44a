package io.tern.state.partition;

import io.tern.state.Change.MessageParked;
import io.tern.state.Change.OutboxAppended;
import io.tern.state.Effect;
import io.tern.state.Effect.OutboxGrew;
import io.tern.state.MoveTarget;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.Crossing.ParkedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives what leaves the partition the next numbers of the outboxes; made for one decision, of which
 * a later entry must see what an earlier one took.
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
    return state.crossing().isFull(destination)
        ? null
        : new MessageParked(queue, number, destination, next(destination), crossing);
  }

  /** The fact that the crossing waits in the outbox; for who has seen that it is not full. */
  OutboxAppended append(PartitionId destination, Crossing crossing) {
    return new OutboxAppended(destination, next(destination), crossing);
  }

  private long next(PartitionId destination) {
    int before = parked.merge(destination, 1, Integer::sum) - 1;
    return state.crossing().nextNumber(destination) + before;
  }

  /** What the couriers should know. */
  List<Effect> effects() {
    List<Effect> effects = new ArrayList<>(parked.size());
    for (PartitionId destination : parked.keySet()) {
      effects.add(new OutboxGrew(destination));
    }
    return effects;
  }
}
