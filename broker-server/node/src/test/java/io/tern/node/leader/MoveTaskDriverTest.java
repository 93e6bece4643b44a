package io.tern.node.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.node.raft.RaftFailure;
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
import io.tern.state.queue.MoveTask;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Steps of move tasks with a clock, an alarm and a log that the test moves by hand. */
class MoveTaskDriverTest {
  private static final QueueId DEAD = new QueueId(5);
  private static final MoveTarget ORDERS =
      new MoveTarget(new QueueId(1), new PartitionId(2), new QueueName("1", "orders"));
  private static final MoveTarget BILLS =
      new MoveTarget(new QueueId(2), new PartitionId(3), new QueueName("1", "bills"));
  private static final long STARTED_MILLIS = 1_000_000;

  private record Alarm(long atMillis, Runnable step) {}

  private final ArrayDeque<Alarm> alarms = new ArrayDeque<>();
  private final SlowLog log = new SlowLog();
  private final Map<PartitionId, Integer> backlog = new HashMap<>();
  private final Catalogue catalogue = new Catalogue();
  private long millis = 5_000;
  private final MoveTaskDriver driver =
      new MoveTaskDriver(
          log::submit,
          partition -> backlog.getOrDefault(partition, 0),
          catalogue,
          () -> new EntryTime(millis, STARTED_MILLIS + millis),
          (delay, step) -> alarms.add(new Alarm(millis + delay, step)));

  /** What the mirror knows, and what it learns by a barrier. */
  private static final class Catalogue implements LeaderPorts.QueueRoutes {
    private final Map<QueueName, MoveTarget> known = new HashMap<>();
    private final ArrayDeque<CompletableFuture<Void>> barriers = new ArrayDeque<>();

    @Override
    public Optional<MoveTarget> find(QueueName name) {
      return Optional.ofNullable(known.get(name));
    }

    @Override
    public CompletableFuture<Void> caughtUp() {
      CompletableFuture<Void> barrier = new CompletableFuture<>();
      barriers.add(barrier);
      return barrier;
    }
  }

  @Test
  void withoutARateItMovesAsFastAsItIsAnswered() {
    catalogue.known.put(ORDERS.name(), ORDERS);
    driver.changed(running(ORDERS, 0, 0));
    for (int moved = 0; moved < 1_000; moved += 100) {
      rings();
      assertThat(advance().maxMessages()).isEqualTo(Limits.MOVES_PER_STEP);
      assertThat(advance().routes()).containsExactly(new MoveRoute(ORDERS.name(), ORDERS));
      log.answer(stands(ORDERS, 0, moved + 100));
    }

    assertThat(millis).isEqualTo(5_000);
  }

  @Test
  void aFullOutboxHoldsItBack() {
    catalogue.known.put(ORDERS.name(), ORDERS);
    backlog.put(ORDERS.partition(), Limits.MOVE_TASK_BACKLOG - 30);
    driver.changed(running(ORDERS, 0, 0));
    rings();
    assertThat(advance().maxMessages()).isEqualTo(30);
    log.answer(stands(ORDERS, 0, 30));

    backlog.put(ORDERS.partition(), Limits.MOVE_TASK_BACKLOG);
    rings();
    assertThat(log.waiting()).isZero();
    backlog.clear();
    rings();
    assertThat(advance().maxMessages()).isEqualTo(Limits.MOVES_PER_STEP);
  }

  @Test
  void aRateIsKeptOverTenSeconds() {
    catalogue.known.put(ORDERS.name(), ORDERS);
    driver.changed(running(ORDERS, 30, 0));
    long moved = 0;
    long began = millis;
    while (millis < began + 10_000) {
      rings();
      if (log.waiting() > 0) {
        moved += advance().maxMessages();
        log.answer(stands(ORDERS, 30, moved));
      }
      assertThat(moved).isLessThanOrEqualTo(30 * (millis - began) / 1_000 + 1);
    }

    assertThat(moved).isBetween(290L, 301L);
  }

  @Test
  void whatCouldNotBeMovedForALongTimeIsNotMadeUpForAtOnce() {
    catalogue.known.put(ORDERS.name(), ORDERS);
    driver.changed(running(ORDERS, 100, 0));
    millis += 60_000;
    rings();

    assertThat(advance().maxMessages()).isLessThanOrEqualTo(25);
  }

  @Test
  void aSlowTaskWaitsForEachMessage() {
    catalogue.known.put(ORDERS.name(), ORDERS);
    driver.changed(running(ORDERS, 1, 0));
    rings();
    assertThat(advance().maxMessages()).isEqualTo(1);
    log.answer(stands(ORDERS, 1, 1));
    rings();

    assertThat(millis).isEqualTo(6_000);
    assertThat(advance().maxMessages()).isEqualTo(1);
  }

  @Test
  void withoutADestinationItLearnsWhereMessagesGo() {
    catalogue.known.put(ORDERS.name(), ORDERS);
    catalogue.known.put(BILLS.name(), BILLS);
    driver.changed(running(null, 0, 0));
    rings();
    assertThat(advance().routes()).isEmpty();
    log.answer(stands(null, 0, 0, ORDERS.name()));
    rings();
    assertThat(advance().routes()).containsExactly(new MoveRoute(ORDERS.name(), ORDERS));
    log.answer(stands(null, 0, 40, BILLS.name()));
    rings();

    assertThat(advance().routes())
        .containsExactly(new MoveRoute(ORDERS.name(), ORDERS), new MoveRoute(BILLS.name(), BILLS));
    assertThat(millis).isEqualTo(5_000);
  }

  @Test
  void theNamesItRemembersAreLimited() {
    driver.changed(running(null, 0, 0));
    rings();
    QueueName[] names = new QueueName[Limits.MOVE_TASK_NAMES + 5];
    for (int i = 0; i < names.length; i++) {
      names[i] = new QueueName("1", "source-" + i);
      catalogue.known.put(names[i], ORDERS);
    }
    log.answer(stands(null, 0, 0, names));
    rings();

    assertThat(advance().routes()).hasSize(Limits.MOVE_TASK_NAMES);
    assertThat(advance().routes().getLast().name()).isEqualTo(names[names.length - 1]);
  }

  @Test
  void aQueueIsGoneOnlyWhenTheCatalogueSaysSo() {
    driver.changed(running(ORDERS, 0, 0));
    rings();
    assertThat(log.waiting()).isZero();
    catalogue.known.put(ORDERS.name(), ORDERS);
    catalogue.barriers.remove().complete(null);
    rings();
    assertThat(advance().routes()).containsExactly(new MoveRoute(ORDERS.name(), ORDERS));
    log.answer(stands(ORDERS, 0, 100));

    catalogue.known.clear();
    rings();
    catalogue.barriers.remove().completeExceptionally(RaftFailure.unavailable("no leader"));
    rings();
    assertThat(log.waiting()).isZero();
    catalogue.barriers.remove().complete(null);
    rings();
    assertThat(advance().routes()).containsExactly(new MoveRoute(ORDERS.name(), null));
  }

  @Test
  void aQueueOfTheSameNameIsAnotherOnlyWhenTheCatalogueSaysSo() {
    MoveTarget earlier = new MoveTarget(new QueueId(99), new PartitionId(4), ORDERS.name());
    catalogue.known.put(ORDERS.name(), earlier);
    driver.changed(running(ORDERS, 0, 0));
    rings();
    assertThat(log.waiting()).isZero();
    catalogue.known.put(ORDERS.name(), ORDERS);
    catalogue.barriers.remove().complete(null);
    rings();

    assertThat(advance().routes()).containsExactly(new MoveRoute(ORDERS.name(), ORDERS));
  }

  @Test
  void itEndsWithTheTask() {
    begin();
    log.answer(
        new Reply.MoveTaskStands(
            task(ORDERS, 0, 7).ended(MoveTask.Status.COMPLETED, ""), List.of()));
    assertEnded();
  }

  @Test
  void itEndsWhenTheTaskIsCancelled() {
    begin();
    driver.changed(
        new MoveTaskChanged(DEAD, task(ORDERS, 0, 0).ended(MoveTask.Status.CANCELLED, "")));
    log.answer(stands(ORDERS, 0, 100));
    assertEnded();
  }

  @Test
  void itEndsWithTheQueue() {
    begin();
    driver.queueRemoved(DEAD);
    log.fail(RaftFailure.unknown("lost"));
    assertEnded();
  }

  @Test
  void itEndsWhenTheMachineKnowsNoSuchTask() {
    begin();
    log.answer(new Reply.Rejected(ErrorCode.RESOURCE_NOT_FOUND, ""));
    assertEnded();
  }

  @Test
  void itEndsWithTheTerm() {
    begin();
    driver.close();
    log.answer(stands(ORDERS, 0, 100));
    driver.changed(running(ORDERS, 0, 0));
    assertEnded();
  }

  private void begin() {
    catalogue.known.put(ORDERS.name(), ORDERS);
    driver.changed(running(ORDERS, 0, 0));
    rings();
    assertThat(driver.running()).isEqualTo(1);
  }

  private void assertEnded() {
    assertThat(driver.running()).isZero();
    while (!alarms.isEmpty()) {
      rings();
    }
    assertThat(log.waiting()).isZero();
  }

  @Test
  void whatFailsIsTriedAgainMoreAndMoreSlowly() {
    catalogue.known.put(ORDERS.name(), ORDERS);
    driver.changed(running(ORDERS, 0, 0));
    for (int i = 0; i < 20; i++) {
      rings();
      log.fail(RaftFailure.unknown("lost"));
    }

    assertThat(millis).isGreaterThan(15_000);
    rings();
    assertThat(log.waiting()).isEqualTo(1);
  }

  @Test
  void aTaskThatMovesNothingWaits() {
    catalogue.known.put(ORDERS.name(), ORDERS);
    driver.changed(running(ORDERS, 0, 0));
    rings();
    log.answer(stands(ORDERS, 0, 0));
    rings();

    assertThat(millis).isGreaterThan(5_000);
  }

  @Test
  void afterThirtySixHoursATaskIsCancelled() {
    catalogue.known.put(ORDERS.name(), ORDERS);
    driver.changed(running(ORDERS, 0, 0));
    millis = Limits.MOVE_TASK_MILLIS + 1;
    rings();

    assertThat(log.next()).isEqualTo(new Command.CancelMoveTask(DEAD, "task"));
  }

  /** The time comes for the next alarm. */
  private void rings() {
    Alarm next = alarms.remove();
    millis = Math.max(millis, next.atMillis());
    next.step().run();
  }

  private Command.AdvanceMoveTask advance() {
    assertThat(log.next()).isInstanceOf(Command.AdvanceMoveTask.class);
    return (Command.AdvanceMoveTask) log.next();
  }

  private static MoveTaskChanged running(
      @Nullable MoveTarget destination, int perSecond, long moved) {
    return new MoveTaskChanged(DEAD, task(destination, perSecond, moved));
  }

  private static Reply stands(
      @Nullable MoveTarget destination, int perSecond, long moved, QueueName... unresolved) {
    return new Reply.MoveTaskStands(task(destination, perSecond, moved), List.of(unresolved));
  }

  private static MoveTask task(@Nullable MoveTarget destination, int perSecond, long moved) {
    return new MoveTask(
        "task",
        destination,
        perSecond,
        MoveTask.Status.RUNNING,
        moved,
        100_000,
        100_000,
        STARTED_MILLIS,
        "");
  }
}
