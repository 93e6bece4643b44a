package io.tern.state.partition;

import io.tern.state.Arrival;
import io.tern.state.Change;
import io.tern.state.Change.MessageArrived;
import io.tern.state.Change.MessageStored;
import io.tern.state.Change.MoveTaskChanged;
import io.tern.state.Effect;
import io.tern.state.Effect.MessagesReady;
import io.tern.state.Effect.NotificationDropped;
import io.tern.state.PartitionId;
import io.tern.state.crossing.Crossing.MovedMessage;
import io.tern.state.crossing.Crossing.ParkedMessage;
import io.tern.state.crossing.MoveReason;
import io.tern.state.limits.QueueSettings;
import io.tern.state.queue.MoveTask;
import io.tern.state.queue.QueueView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of messages that come from another queue; made by {@link CrossingRules} for
 * the entries of one delivery. A message whose queue is not here goes back where it was: nothing
 * acknowledged is lost because a queue was deleted meanwhile.
 */
final class MovedMessageRules {
  private final PartitionView state;
  private final DefinitionRules definitions;
  private final Intake intake;
  private final Parking parking;
  private final PartitionId source;
  private final List<Change> changes;
  private final List<Effect> effects;
  private final Map<String, MoveTask> tasks = new HashMap<>();

  MovedMessageRules(
      PartitionView state,
      DefinitionRules definitions,
      Intake intake,
      Parking parking,
      List<Effect> effects,
      PartitionId source) {
    this.state = state;
    this.definitions = definitions;
    this.intake = intake;
    this.parking = parking;
    this.effects = effects;
    this.source = source;
    this.changes = definitions.changes();
  }

  /** Takes the message; false when it would have to go back and the outbox is full. */
  boolean take(MovedMessage moved) {
    ParkedMessage parked = moved.parked();
    QueueSettings settings = definitions.settings(parked.target());
    if (settings == null) {
      return missed(moved);
    }
    changes.add(
        switch (parked.reason()) {
          case REDRIVE, UNDELIVERED -> stored(moved, settings);
          case DEAD_LETTER, RETURN -> arrived(moved, settings);
        });
    effects.add(new MessagesReady(parked.target(), 1));
    if (parked.reason() == MoveReason.RETURN && !parked.taskId().isEmpty()) {
      failTask(parked);
    }
    return true;
  }

  private boolean missed(MovedMessage moved) {
    return switch (moved.parked().reason()) {
      case DEAD_LETTER, REDRIVE -> sendBack(moved);
      case RETURN -> true;
      case UNDELIVERED -> {
        effects.add(new NotificationDropped(moved.parked().target()));
        yield true;
      }
    };
  }

  /** A redriven message is a new one, and so is one that no endpoint took. */
  private MessageStored stored(MovedMessage moved, QueueSettings settings) {
    return new MessageStored(
        moved.parked().target(),
        intake.nextNumber(moved.parked().target()),
        visibleAt(settings),
        state.clock().wallMillis(),
        state.retentionMillis(),
        moved.group(),
        moved.content());
  }

  /** A standard queue goes by the first send; a FIFO queue takes the message as sent now. */
  private MessageArrived arrived(MovedMessage moved, QueueSettings settings) {
    long wall = state.clock().wallMillis();
    long age = settings.fifo() ? 0 : Math.max(0, wall - moved.sentMillis());
    return new MessageArrived(
        moved.parked().target(),
        intake.nextNumber(moved.parked().target()),
        visibleAt(settings),
        settings.fifo() ? wall : moved.sentMillis(),
        state.retentionMillis() - age,
        moved.group(),
        moved.parked().arrival(),
        moved.content());
  }

  /** In a FIFO queue all come in order, so the queue's delay holds for every one. */
  private long visibleAt(QueueSettings settings) {
    return state.clock().queueMillis() + (settings.fifo() ? settings.delayMillis() : 0);
  }

  private boolean sendBack(MovedMessage moved) {
    if (state.crossing().isFull(source)) {
      return false;
    }
    ParkedMessage parked = moved.parked();
    Arrival past = parked.arrival();
    Arrival back =
        parked.reason() == MoveReason.REDRIVE
            ? past
            : new Arrival(null, past.receiveCount(), past.firstReceivedMillis());
    ParkedMessage returning = parked.back(back);
    changes.add(
        parking.append(
            source,
            new MovedMessage(returning, moved.sentMillis(), moved.group(), moved.content())));
    return true;
  }

  /** What came back was not moved, and the task cannot go on; one that was cancelled stays so. */
  private void failTask(ParkedMessage parked) {
    MoveTask task = task(parked);
    if (task != null) {
      MoveTask fewer = task.advanced(-1);
      MoveTask failed =
          task.status() == MoveTask.Status.CANCELLED
              ? fewer
              : fewer.ended(MoveTask.Status.FAILED, MoveTask.NO_DESTINATION);
      tasks.put(parked.taskId(), failed);
      changes.add(new MoveTaskChanged(parked.target(), failed));
    }
  }

  private @Nullable MoveTask task(ParkedMessage parked) {
    MoveTask decided = tasks.get(parked.taskId());
    QueueView queue = state.queue(parked.target());
    return decided != null || queue == null ? decided : MoveTaskRules.find(queue, parked.taskId());
  }
}
