package io.tern.state.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.AppliedEntry;
import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.MoveTarget;
import io.tern.state.QueueName;
import io.tern.state.Reply;
import io.tern.state.crossing.MoveRoute;
import io.tern.state.limits.ErrorCode;
import io.tern.state.queue.MoveTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps of {@link ModelRun} that are about move tasks. */
final class MoveTaskSteps {
  private final ModelRun run;
  private int started;

  MoveTaskSteps(ModelRun run) {
    this.run = run;
  }

  void start(Step.StartTask step) {
    int to = step.destination();
    if (to >= 0 && run.places.isFifo(to) != run.places.isFifo(step.queue())) {
      return;
    }
    started++;
    MoveTarget destination = to < 0 ? null : run.places.target(to);
    String id = "task-" + started;
    Reply reply =
        run.ask(
            step.queue(),
            new Command.StartMoveTask(run.places.id(step.queue()), id, destination, 0));
    NaiveQueue queue = run.model.get(run.places.id(step.queue()));
    if (queue == null) {
      run.compare(reply, null);
    } else if (queue.tasks.stream().anyMatch(NaiveTask::isRunning)) {
      ModelRun.assertRejected(reply, ErrorCode.INVALID_PARAMETER_VALUE);
    } else {
      NaiveTask task = new NaiveTask(id, destination, queue.visible(run.now), queue.lastNumber);
      queue.tasks.addFirst(task);
      assertStands(reply, task);
      while (queue.tasks.size() > 10) {
        queue.tasks.removeLast();
      }
    }
  }

  void cancel(int place) {
    NaiveQueue queue = run.model.get(run.places.id(place));
    if (queue == null || queue.tasks.isEmpty()) {
      return;
    }
    NaiveTask task = queue.tasks.getFirst();
    Reply reply = run.ask(place, new Command.CancelMoveTask(queue.id, task.id));
    if (task.isRunning()) {
      task.end(MoveTask.Status.CANCELLED, "");
      assertStands(reply, task);
    } else {
      ModelRun.assertRejected(reply, ErrorCode.UNSUPPORTED_OPERATION);
    }
  }

  void advance(Step.AdvanceTask step) {
    NaiveQueue queue = run.model.get(run.places.id(step.queue()));
    if (queue == null || queue.tasks.isEmpty()) {
      return;
    }
    NaiveTask task = queue.tasks.getFirst();
    List<MoveRoute> routes = step.withRoutes() ? routes() : List.of();
    AppliedEntry applied =
        run.apply(
            run.partition(step.queue()),
            List.of(new Command.AdvanceMoveTask(queue.id, task.id, step.max(), routes)));
    Reply reply = applied.replies().getFirst();
    assertThat(reply).isInstanceOf(Reply.MoveTaskStands.class);
    if (!(reply instanceof Reply.MoveTaskStands stands)) {
      return;
    }
    boolean ran = task.isRunning();
    int eligible = eligible(queue, task, step.queue()).size();
    int moved = 0;
    for (Change change : applied.changes()) {
      if (change instanceof Change.MessageParked parked) {
        move(queue, task, step.queue(), parked, routes);
        moved++;
      }
    }
    if (!ran) {
      assertThat(moved).isZero();
      assertStands(reply, task);
      return;
    }
    assertThat(moved).isLessThanOrEqualTo(step.max());
    judge(stands, queue, task, step, eligible, moved, routes);
    assertStands(reply, task);
  }

  /** Each message that left was one that the task may move now, to where the task says. */
  private void move(
      NaiveQueue queue,
      NaiveTask task,
      int place,
      Change.MessageParked parked,
      List<MoveRoute> routes) {
    NaiveMessage message = queue.find(parked.number()).orElseThrow();
    assertThat(eligible(queue, task, place)).as("what the task may move").contains(message);
    MoveTarget target = target(routes, Objects.requireNonNull(wanted(task, message))).orElseThrow();
    if (task.destination != null) {
      assertThat(target).isEqualTo(task.destination);
    }
    run.crossings.redrive(queue, message, run.places.partition(place), target, task.id);
    task.moved++;
  }

  private void judge(
      Reply.MoveTaskStands stands,
      NaiveQueue queue,
      NaiveTask task,
      Step.AdvanceTask step,
      int eligible,
      int moved,
      List<MoveRoute> routes) {
    List<NaiveMessage> left = eligible(queue, task, step.queue());
    switch (stands.task().status()) {
      case RUNNING -> {
        if (stands.unresolved().isEmpty()) {
          assertThat(moved).isEqualTo(Math.min(eligible, step.max())).isPositive();
        } else {
          QueueName name = stands.unresolved().getFirst();
          assertThat(routes).extracting(MoveRoute::name).doesNotContain(name);
          assertThat(left).anyMatch(m -> name.equals(wanted(task, m)));
        }
      }
      case COMPLETED -> {
        assertThat(eligible).as("messages a completed task left").isZero();
        task.end(MoveTask.Status.COMPLETED, "");
      }
      case FAILED -> {
        if (stands.task().failureReason().equals(MoveTask.NO_SOURCE)) {
          assertThat(left).anyMatch(m -> wanted(task, m) == null);
        } else {
          assertThat(left).anyMatch(m -> isGone(task, wanted(task, m), routes));
        }
        task.end(MoveTask.Status.FAILED, stands.task().failureReason());
      }
      case CANCELLED -> throw new AssertionError("Nobody cancelled " + task.id);
    }
  }

  private static boolean isGone(
      NaiveTask task, @Nullable QueueName wanted, List<MoveRoute> routes) {
    return routes.stream()
        .filter(route -> route.name().equals(wanted))
        .anyMatch(route ->
            route.target() == null
                || (task.destination != null && !task.destination.equals(route.target())));
  }

  /**
   * What a receive could get now of what was in the queue when the task began. The number alone
   * says what was, in FIFO queues too: the count of messages at the start has none of those that
   * were in flight then, and has those that a consumer deleted since.
   */
  private List<NaiveMessage> eligible(NaiveQueue queue, NaiveTask task, int place) {
    List<NaiveMessage> eligible = new ArrayList<>();
    long clock = ModelRun.retention(run.partition(place));
    for (NaiveMessage message : queue.messages) {
      boolean free =
          queue.settings.fifo()
              ? queue.prefix(message.group, run.now).contains(message)
              : !message.isHidden(run.now);
      if (free && message.number <= task.lastNumber && !queue.isExpired(message, clock)) {
        eligible.add(message);
      }
    }
    return eligible;
  }

  private static @Nullable QueueName wanted(NaiveTask task, NaiveMessage message) {
    return task.destination == null ? message.deadLetterSource : task.destination.name();
  }

  private List<MoveRoute> routes() {
    List<MoveRoute> routes = new ArrayList<>();
    for (int place = 0; place < Places.QUEUES; place++) {
      boolean there = run.model.containsKey(run.places.id(place));
      routes.add(new MoveRoute(run.places.name(place), there ? run.places.target(place) : null));
    }
    return routes;
  }

  private static Optional<MoveTarget> target(List<MoveRoute> routes, QueueName name) {
    return routes.stream()
        .filter(route -> route.name().equals(name))
        .findFirst()
        .flatMap(route -> Optional.ofNullable(route.target()));
  }

  private static void assertStands(Reply reply, NaiveTask task) {
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.MoveTaskStands.class, stands -> assertSame(stands.task(), task));
  }

  static void assertSame(MoveTask actual, NaiveTask task) {
    assertThat(actual.taskId()).isEqualTo(task.id);
    assertThat(actual.status()).isEqualTo(task.status);
    assertThat(actual.moved()).isEqualTo(task.moved);
    assertThat(actual.toMove()).isEqualTo(task.toMove);
    assertThat(actual.failureReason()).isEqualTo(task.reason);
  }
}
