package io.tern.state.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Arrival;
import io.tern.state.Bytes;
import io.tern.state.Change.MoveTaskChanged;
import io.tern.state.Command;
import io.tern.state.Delivery;
import io.tern.state.Entry;
import io.tern.state.EntryRunner;
import io.tern.state.EntryTime;
import io.tern.state.MessageId;
import io.tern.state.MoveTarget;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.Reply;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.Crossing.MovedMessage;
import io.tern.state.crossing.Crossing.ParkedMessage;
import io.tern.state.crossing.MoveReason;
import io.tern.state.crossing.MoveRoute;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.QueueSettings;
import io.tern.state.partition.PartitionMachine;
import io.tern.state.queue.Deduplication;
import io.tern.state.queue.QueueGauge;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What was wrong in the rules when they were read, and run, against the reference; each made small.
 */
class FoundFailuresTest {
  private static final long WALL = 1_767_225_600_000L;
  private static final QueueId DEAD = new QueueId(1);
  private static final MoveTarget HOME =
      new MoveTarget(new QueueId(2), new PartitionId(2), new QueueName("000000000000", "home"));

  private final PartitionMachine machine = PartitionMachine.empty();
  private long delivered;

  /** It was parked again and again, and arrived as often. */
  @Test
  void aTaskMovesAMessageWithAGroupOnce() {
    install();
    run(new Command.SendMessage(DEAD, 0, "tenant", null, Bytes.EMPTY));
    run(new Command.SendMessage(DEAD, 0, "tenant", null, Bytes.EMPTY));
    run(new Command.StartMoveTask(DEAD, "first", HOME, 0));
    advance("first");
    advance("first");
    assertThat(machine.waiting(HOME.partition(), 0, 10)).hasSize(2);
    assertThat(gauge().visible()).isZero();
    assertThat(machine.image().queues().getFirst().groups()).as("a drained group").isEmpty();
  }

  /** The same in a FIFO queue, for messages that were sent to it and never received. */
  @Test
  void aTaskMovesAnUntouchedFifoMessageOnce() {
    QueueSettings settings =
        new QueueSettings(
            new QueueName("000000000000", "dead.fifo"), 30_000, 0, 345_600_000, true, null);
    install(settings);
    for (int i = 0; i < 2; i++) {
      Deduplication once = new Deduplication(1, i, new MessageId(1, i));
      run(new Command.SendMessage(DEAD, 0, "group", once, Bytes.EMPTY));
    }
    run(new Command.StartMoveTask(DEAD, "first", HOME, 0));
    advance("first");
    advance("first");
    assertThat(machine.waiting(HOME.partition(), 0, 10)).hasSize(2);
    assertThat(gauge().visible()).isZero();
  }

  /** The leader forgot the running task until it was started again. */
  @Test
  void aLateReturnEndsItsOwnTaskOnly() {
    install();
    run(new Command.SendMessage(DEAD, 0, "", null, Bytes.EMPTY));
    run(new Command.StartMoveTask(DEAD, "first", HOME, 0));
    advance("first");
    advance("first");
    run(new Command.StartMoveTask(DEAD, "second", HOME, 0));
    ParkedMessage back =
        new ParkedMessage(DEAD, HOME.queue(), MoveReason.RETURN, "first", new Arrival(null, 0, 0));
    run(
        new Command.AcceptDeliveries(
            HOME.partition(),
            0,
            List.of(new OutboxEntry(1, new MovedMessage(back, 0, "", Bytes.EMPTY)))));
    assertThat(machine.runningMoveTasks())
        .extracting(MoveTaskChanged::task)
        .extracting("taskId")
        .containsExactly("second");
  }

  /** The memory of tenants grew with every one that ever was. */
  @Test
  void aGroupWhoseLastMessageIsDeletedWhileVisibleIsForgotten() {
    install();
    run(new Command.SendMessage(DEAD, 0, "tenant", null, Bytes.EMPTY));
    run(new Command.ReceiveMessages(DEAD, 1, 0, ""));
    run(new Command.DeleteMessage(DEAD, 1, 1));
    assertThat(machine.image().queues().getFirst().groups()).isEmpty();
  }

  /** Receives in another queue gave out no receipts of this one. */
  @Test
  void anArrivedMessageHasNoReceiptsYet() {
    install();
    ParkedMessage parked =
        new ParkedMessage(
            DEAD, HOME.queue(), MoveReason.DEAD_LETTER, "", new Arrival(HOME.name(), 3, 1));
    run(
        new Command.AcceptDeliveries(
            HOME.partition(),
            0,
            List.of(new OutboxEntry(1, new MovedMessage(parked, 0, "", Bytes.EMPTY)))));
    assertThat(run(new Command.DeleteMessage(DEAD, 1, 3)))
        .isEqualTo(new Reply.Rejected(ErrorCode.RECEIPT_HANDLE_IS_INVALID, ""));
    assertThat(gauge().visible()).isEqualTo(1);
  }

  /** One that outlived its retention period on its way took the place of one that did not. */
  @Test
  void anExpiredArrivalHidesNoOther() {
    install();
    ParkedMessage parked =
        new ParkedMessage(
            DEAD, HOME.queue(), MoveReason.DEAD_LETTER, "", new Arrival(HOME.name(), 3, 1));
    OutboxEntry old =
        new OutboxEntry(1, new MovedMessage(parked, WALL - 400_000_000, "", Bytes.EMPTY));
    run(new Command.AcceptDeliveries(HOME.partition(), 0, List.of(old)));
    run(new Command.SendMessage(DEAD, 0, "", null, Bytes.EMPTY));
    assertThat(run(new Command.ReceiveMessages(DEAD, 1, 30_000, "")))
        .isEqualTo(new Reply.MessagesReceived(List.of(new Delivery(2, 1, WALL))));
  }

  /** Later messages of quiet tenants hid the earlier ones of a noisy tenant from the task. */
  @Test
  void aTaskMovesNoisyTenantsToo() {
    install();
    for (int i = 0; i < 40; i++) {
      run(new Command.SendMessage(DEAD, 0, "noisy", null, Bytes.EMPTY));
    }
    for (int i = 0; i < 3; i++) {
      run(new Command.ReceiveMessages(DEAD, 10, 30_000, ""));
    }
    run(new Command.StartMoveTask(DEAD, "first", HOME, 0));
    for (int i = 0; i < 10; i++) {
      run(new Command.SendMessage(DEAD, 0, "quiet", null, Bytes.EMPTY));
    }
    advance("first");
    assertThat(machine.waiting(HOME.partition(), 0, 20)).hasSize(10);
  }

  private void advance(String task) {
    run(new Command.AdvanceMoveTask(DEAD, task, 10, List.of(new MoveRoute(HOME.name(), HOME))));
  }

  private QueueGauge gauge() {
    return Objects.requireNonNull(machine.gauge(DEAD));
  }

  private void install() {
    install(
        new QueueSettings(
            new QueueName("000000000000", "dead"), 30_000, 0, 345_600_000, false, null));
  }

  private void install(QueueSettings settings) {
    Crossing install = new Crossing.InstallQueue(DEAD, 1, settings);
    delivered++;
    run(
        new Command.AcceptDeliveries(
            PartitionId.CATALOGUE, delivered - 1, List.of(new OutboxEntry(delivered, install))));
  }

  private Reply run(Command command) {
    EntryRunner runner =
        new EntryRunner(
            machine,
            (failed, failure) -> {
              throw new AssertionError("A rule failed at " + failed, failure);
            });
    Entry entry = new Entry(new EntryTime(1_000, WALL), List.of(command));
    return runner.run(entry).replies().getFirst();
  }
}
