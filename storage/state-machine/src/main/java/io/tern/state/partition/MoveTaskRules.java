package io.tern.state.partition;

import io.tern.state.Arrival;
import io.tern.state.Change;
import io.tern.state.Change.MessageParked;
import io.tern.state.Change.MessageRemoved;
import io.tern.state.Change.MoveTaskChanged;
import io.tern.state.Command.AdvanceMoveTask;
import io.tern.state.Command.CancelMoveTask;
import io.tern.state.Command.StartMoveTask;
import io.tern.state.Decision;
import io.tern.state.MoveTarget;
import io.tern.state.QueueName;
import io.tern.state.Rejections;
import io.tern.state.Reply.MoveTaskStands;
import io.tern.state.crossing.Crossing.ParkedMessage;
import io.tern.state.crossing.MoveReason;
import io.tern.state.crossing.MoveRoute;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.queue.Candidate;
import io.tern.state.queue.MoveTask;
import io.tern.state.queue.QueueView;
import io.tern.state.queue.Touched;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides how messages are moved out of a dead-letter queue; called by the machine. A task is
 * state: the leader only says when its next step is due, and where queues are.
 */
final class MoveTaskRules {
  private static final Arrival NO_PAST = new Arrival(null, 0, 0);

  private final PartitionView state;
  private final QueueView queue;
  private final List<MoveRoute> routes;
  private final Parking parking;
  private final List<Change> changes = new ArrayList<>();
  private final List<QueueName> unresolved = new ArrayList<>();
  private MoveTask task;

  private MoveTaskRules(
      PartitionView state, QueueView queue, MoveTask task, List<MoveRoute> routes) {
    this.state = state;
    this.queue = queue;
    this.task = task;
    this.routes = routes;
    this.parking = new Parking(state);
  }

  static @Nullable MoveTask find(QueueView queue, String taskId) {
    for (MoveTask task : queue.tasks()) {
      if (task.taskId().equals(taskId)) {
        return task;
      }
    }
    return null;
  }

  /** Only one task runs at a time; a start that is repeated is answered like the first. */
  static Decision start(PartitionView state, StartMoveTask command) {
    QueueView queue = state.queue(command.queue());
    if (queue == null) {
      return Rejections.queueDoesNotExist();
    }
    MoveTask known = find(queue, command.taskId());
    if (known != null) {
      return Decision.reply(new MoveTaskStands(known, List.of()));
    }
    if (!queue.tasks().isEmpty() && queue.tasks().getFirst().isRunning()) {
      return Rejections.of(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "There is already a task running. Only one active task is allowed for a source queue arn"
              + " at a given time.");
    }
    MoveTask task =
        new MoveTask(
            command.taskId(),
            command.destination(),
            command.perSecond(),
            MoveTask.Status.RUNNING,
            0,
            queue.visible(),
            queue.nextNumber() - 1,
            state.clock().wallMillis(),
            "");
    return Decision.of(
        new MoveTaskStands(task, List.of()), List.of(new MoveTaskChanged(command.queue(), task)));
  }

  static Decision cancel(PartitionView state, CancelMoveTask command) {
    QueueView queue = state.queue(command.queue());
    MoveTask task = queue == null ? null : find(queue, command.taskId());
    if (task == null) {
      return Rejections.of(ErrorCode.RESOURCE_NOT_FOUND, "Task does not exist.");
    }
    if (!task.isRunning()) {
      return Rejections.of(
          ErrorCode.UNSUPPORTED_OPERATION, "Only a task that is running can be cancelled.");
    }
    MoveTask cancelled = task.ended(MoveTask.Status.CANCELLED, "");
    return Decision.of(
        new MoveTaskStands(cancelled, List.of()),
        List.of(new MoveTaskChanged(command.queue(), cancelled)));
  }

  static Decision advance(PartitionView state, AdvanceMoveTask command) {
    QueueView queue = state.queue(command.queue());
    if (queue == null) {
      return Rejections.queueDoesNotExist();
    }
    MoveTask task = find(queue, command.taskId());
    if (task == null) {
      return Rejections.of(ErrorCode.RESOURCE_NOT_FOUND, "Task does not exist.");
    }
    return task.isRunning()
        ? new MoveTaskRules(state, queue, task, command.routes()).step(command.maxMessages())
        : Decision.reply(new MoveTaskStands(task, List.of()));
  }

  /** Parks the oldest messages, as far as routes and outboxes go; ends the task when none waits. */
  private Decision step(int maxMessages) {
    MoveTask before = task;
    int max = Math.clamp(maxMessages, 1, Limits.MOVES_PER_STEP);
    long floor = queue.expiredUpTo(state.retentionMillis());
    boolean more = false;
    for (Candidate candidate : queue.movable(floor, task.lastNumber(), max)) {
      more = true;
      if (!removeIfExpired(candidate.number()) && !move(candidate.number())) {
        break;
      }
    }
    if (!more && task.isRunning()) {
      task = task.ended(MoveTask.Status.COMPLETED, "");
    }
    if (!task.equals(before)) {
      changes.add(new MoveTaskChanged(queue.queue(), task));
    }
    return new Decision(new MoveTaskStands(task, unresolved), changes, parking.effects());
  }

  /** A dead letter that outlived the retention period is gone, and not a new message elsewhere. */
  private boolean removeIfExpired(long number) {
    Touched message = queue.touched(number);
    boolean expired =
        message != null
            && !queue.settings().fifo()
            && message.isExpiredArrival(
                state.retentionMillis(), queue.settings().retentionMillis());
    if (expired) {
      changes.add(new MessageRemoved(queue.queue(), number));
    }
    return expired;
  }

  /** Parks one message; false when the step ends here. */
  private boolean move(long number) {
    Touched message = queue.touched(number);
    Arrival past = message == null || message.arrival() == null ? NO_PAST : message.arrival();
    MoveTarget fixed = task.destination();
    QueueName wanted = fixed == null ? past.deadLetterSource() : fixed.name();
    if (wanted == null) {
      task = task.ended(MoveTask.Status.FAILED, MoveTask.NO_SOURCE);
      return false;
    }
    MoveRoute route = route(wanted);
    if (route == null) {
      unresolved.add(wanted);
      return false;
    }
    MoveTarget target = route.target();
    if (target == null || (fixed != null && !fixed.queue().equals(target.queue()))) {
      task = task.ended(MoveTask.Status.FAILED, MoveTask.NO_DESTINATION);
      return false;
    }
    ParkedMessage crossing =
        new ParkedMessage(
            target.queue(),
            queue.queue(),
            MoveReason.REDRIVE,
            task.taskId(),
            new Arrival(
                past.deadLetterSource(),
                message == null ? 0 : message.receiveCount(),
                message == null ? 0 : message.firstReceivedMillis()));
    MessageParked parked = parking.park(queue.queue(), number, target, crossing);
    if (parked == null) {
      return false;
    }
    changes.add(parked);
    task = task.advanced(1);
    return true;
  }

  private @Nullable MoveRoute route(QueueName name) {
    for (MoveRoute route : routes) {
      if (route.name().equals(name)) {
        return route;
      }
    }
    return null;
  }
}
