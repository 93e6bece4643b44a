package io.tern.node.leader;

import io.tern.node.leader.LeaderPorts.QueueRoutes;
import io.tern.state.Change.MoveTaskChanged;
import io.tern.state.Command;
import io.tern.state.EntryTime;
import io.tern.state.MoveTarget;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.Reply;
import io.tern.state.crossing.MoveRoute;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the running move tasks of a partition on, step by step: each at its rate, or as fast as the
 * courier carries. What a task has done is state; this is a duty of the term and forgets all.
 *
 * <p>A task has one step at most under way: an alarm, a barrier or a command. Alarms and replies
 * drive it; the apply thread tells which tasks run.
 */
final class MoveTaskDriver {
  private static final Logger LOG = LoggerFactory.getLogger(MoveTaskDriver.class);

  /** Runs something later; a timer does. */
  @FunctionalInterface
  interface Alarm {
    void after(long delayMillis, Runnable step);
  }

  private final Function<Command, CompletableFuture<Reply>> submit;
  private final ToIntFunction<PartitionId> backlog;
  private final QueueRoutes routes;
  private final Supplier<EntryTime> clock;
  private final Alarm alarm;
  private final Map<QueueId, MoveTaskRun> runs = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param backlog how many crossings wait for a destination
   */
  MoveTaskDriver(
      Function<Command, CompletableFuture<Reply>> submit,
      ToIntFunction<PartitionId> backlog,
      QueueRoutes routes,
      Supplier<EntryTime> clock,
      Alarm alarm) {
    this.submit = submit;
    this.backlog = backlog;
    this.routes = routes;
    this.clock = clock;
    this.alarm = alarm;
  }

  /** Called by the apply thread: a task began, went on or ended. */
  void changed(MoveTaskChanged change) {
    MoveTaskRun known = runs.get(change.queue());
    boolean isKnown = known != null && known.taskId().equals(change.task().taskId());
    if (!change.task().isRunning()) {
      if (isKnown) {
        runs.remove(change.queue());
      }
    } else if (!isKnown && !closed) {
      MoveTaskRun run = new MoveTaskRun(change.queue(), change.task(), clock.get().queueMillis());
      runs.put(change.queue(), run);
      later(run, 0);
    }
  }

  /** Called by the apply thread: the queue is gone and its task with it. */
  void queueRemoved(QueueId queue) {
    runs.remove(queue);
  }

  int running() {
    return runs.size();
  }

  void close() {
    closed = true;
    runs.clear();
  }

  private void later(MoveTaskRun run, long delayMillis) {
    if (isRunning(run)) {
      alarm.after(delayMillis, () -> step(run));
    }
  }

  private boolean isRunning(MoveTaskRun run) {
    return !closed && runs.get(run.queue()) == run;
  }

  private void step(MoveTaskRun run) {
    if (!isRunning(run)) {
      return;
    }
    EntryTime now = clock.get();
    if (run.isOverdue(now)) {
      send(run, new Command.CancelMoveTask(run.queue(), run.taskId()));
    } else if (run.allowed(now.queueMillis()) == 0) {
      later(run, run.paceMillis());
    } else {
      List<MoveRoute> found = resolve(run);
      if (found.stream().anyMatch(route -> !run.expects(route.target()))) {
        resolveAgain(run);
      } else {
        advance(run, found);
      }
    }
  }

  private List<MoveRoute> resolve(MoveTaskRun run) {
    List<MoveRoute> found = new ArrayList<>();
    for (QueueName name : run.names()) {
      found.add(new MoveRoute(name, routes.find(name).orElse(null)));
    }
    return found;
  }

  /** Before a queue is called gone or another, this node learns what the catalogue knows. */
  private void resolveAgain(MoveTaskRun run) {
    var _ =
        routes
            .caughtUp()
            .whenComplete((_, failure) ->
                alarm.after(
                    failure == null ? 0 : run.nextPauseMillis(),
                    () -> {
                      if (failure == null && isRunning(run)) {
                        advance(run, resolve(run));
                      } else {
                        step(run);
                      }
                    }));
  }

  private void advance(MoveTaskRun run, List<MoveRoute> found) {
    int most = Math.min(run.allowed(clock.get().queueMillis()), room(found));
    if (most <= 0) {
      later(run, run.nextPauseMillis());
    } else {
      send(run, new Command.AdvanceMoveTask(run.queue(), run.taskId(), most, found));
    }
  }

  /** How much more may wait for the fullest of the destinations. */
  private int room(List<MoveRoute> found) {
    int most = 0;
    for (MoveRoute route : found) {
      MoveTarget target = route.target();
      if (target != null) {
        most = Math.max(most, backlog.applyAsInt(target.partition()));
      }
    }
    return Limits.MOVE_TASK_BACKLOG - most;
  }

  private void send(MoveTaskRun run, Command command) {
    var _ = submit.apply(command).whenComplete((reply, _) -> answered(run, reply));
  }

  /** No reply: the step may have been done; the next one's reply counts it. */
  private void answered(MoveTaskRun run, @Nullable Reply reply) {
    switch (reply) {
      case Reply.MoveTaskStands stands -> {
        if (stands.task().isRunning()) {
          later(run, run.nextStepMillis(stands.task(), stands.unresolved()));
        } else {
          runs.remove(run.queue(), run);
        }
      }
      case Reply.Rejected rejected when isGone(rejected) -> runs.remove(run.queue(), run);
      case null -> later(run, run.nextPauseMillis());
      case Reply other -> {
        if (run.mayComplain()) {
          LOG.error(
              "move task stands still queue={} task={} reply={}",
              run.queue().number(),
              run.taskId(),
              other);
        }
        later(run, run.nextPauseMillis());
      }
    }
  }

  private static boolean isGone(Reply.Rejected rejected) {
    return rejected.code() == ErrorCode.QUEUE_DOES_NOT_EXIST
        || rejected.code() == ErrorCode.RESOURCE_NOT_FOUND;
  }
}
