package io.tern.node.leader;

import io.tern.state.EntryTime;
import io.tern.state.MoveTarget;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.limits.Limits;
import io.tern.state.queue.MoveTask;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One running move task as {@link MoveTaskDriver} sees it: how many messages it may move now, and
 * which names it needs. Never used by two threads at once.
 */
final class MoveTaskRun {
  /** How far a task of a given rate may fall behind and still catch up. */
  private static final long BURST_MILLIS = 250;

  /** Between two steps of a task of a given rate; an entry costs the same for one as for many. */
  private static final long STEP_MILLIS = 100;

  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  /** What moving one message takes from the credit: a rate of one earns one in a millisecond. */
  private static final long MESSAGE_CREDIT = 1_000;

  private final QueueId queue;
  private final MoveTask begun;
  private final LinkedHashSet<QueueName> names = new LinkedHashSet<>();
  private long moved;
  private long credit = MESSAGE_CREDIT;
  private long creditedAtMillis;
  private long pauseMillis = FIRST_PAUSE_MILLIS;
  private boolean complained;

  MoveTaskRun(QueueId queue, MoveTask begun, long queueMillis) {
    this.queue = queue;
    this.begun = begun;
    this.moved = begun.moved();
    this.creditedAtMillis = queueMillis;
    MoveTarget destination = begun.destination();
    if (destination != null) {
      names.add(destination.name());
    }
  }

  QueueId queue() {
    return queue;
  }

  String taskId() {
    return begun.taskId();
  }

  boolean isOverdue(EntryTime now) {
    return now.wallMillis() - begun.startedMillis() > Limits.MOVE_TASK_MILLIS;
  }

  /**
   * Whether a queue that was found may be the one meant: there, and not an earlier or later one.
   */
  boolean expects(@Nullable MoveTarget found) {
    MoveTarget destination = begun.destination();
    return found != null && (destination == null || destination.queue().equals(found.queue()));
  }

  /** The queues that messages may go to, as far as is known; the newest last. */
  List<QueueName> names() {
    return new ArrayList<>(names);
  }

  /** How many messages the next step may move by the task's rate. */
  int allowed(long queueMillis) {
    if (begun.perSecond() == 0) {
      return Limits.MOVES_PER_STEP;
    }
    long most = Math.max(MESSAGE_CREDIT, begun.perSecond() * BURST_MILLIS);
    long earned = begun.perSecond() * (queueMillis - creditedAtMillis);
    credit = Math.min(most, credit + earned);
    creditedAtMillis = queueMillis;
    return Math.clamp(credit / MESSAGE_CREDIT, 0, Limits.MOVES_PER_STEP);
  }

  /** When to take the next step, after what the last one brought. */
  long nextStepMillis(MoveTask task, List<QueueName> unresolved) {
    long more = task.moved() - moved;
    moved = task.moved();
    credit -= more * MESSAGE_CREDIT;
    boolean learned = learn(unresolved);
    if (more == 0 && !learned) {
      return nextPauseMillis();
    }
    pauseMillis = FIRST_PAUSE_MILLIS;
    complained = false;
    return more == 0 ? 0 : paceMillis();
  }

  /** How long to wait when nothing could be moved; longer each time in a row. */
  long nextPauseMillis() {
    long millis = pauseMillis;
    pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * millis);
    return millis;
  }

  /** True once in a row of steps that were refused. */
  boolean mayComplain() {
    boolean may = !complained;
    complained = true;
    return may;
  }

  /** How long a task of that rate waits for its next message, and for some to gather. */
  long paceMillis() {
    if (begun.perSecond() == 0) {
      return 0;
    }
    long missing = Math.max(0, MESSAGE_CREDIT - credit);
    return Math.max(STEP_MILLIS, Math.ceilDiv(missing, begun.perSecond()));
  }

  private boolean learn(List<QueueName> unresolved) {
    if (begun.destination() != null) {
      return false;
    }
    boolean learned = false;
    for (QueueName name : unresolved) {
      learned |= names.add(name);
      if (names.size() > Limits.MOVE_TASK_NAMES) {
        names.removeFirst();
      }
    }
    return learned;
  }
}
