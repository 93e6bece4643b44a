package io.tern.state.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.EntryTime;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.limits.QueueSettings;
import io.tern.state.queue.QueueGauge;
import io.tern.state.queue.QueueImage;
import io.tern.state.queue.QueueImage.MessageRange;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the index costs: a backlog nobody has touched is one interval, an idle queue is small. */
class IndexSizeTest {
  private static final QueueId ORDERS = new QueueId(1);
  private static final QueueSettings SETTINGS =
      new QueueSettings(
          new QueueName("000000000000", "orders"), 30_000, 0, 345_600_000, false, null);
  private static final int MESSAGES = 1_000_000;

  @Test
  void aMillionMessagesAreOneInterval() {
    PartitionMachine machine = machineWith(1);
    long before = usedBytes();
    for (int i = 0; i < MESSAGES; i++) {
      advance(machine, 1_000L + i / 10);
      run(machine, new Command.SendMessage(ORDERS, Command.QUEUE_DEFAULT, "", null, Bytes.EMPTY));
    }
    QueueImage image = machine.image().queues().getFirst();
    assertThat(image.ready()).containsExactly(new MessageRange(1, MESSAGES));
    assertThat(image.touched()).isEmpty();
    assertThat(image.sentMarks()).hasSizeLessThan(10);
    assertThat(usedBytes() - before).isLessThan(4_000_000);
  }

  @Test
  void aMessageReceivedAndDeletedLeavesNothing() {
    PartitionMachine machine = machineWith(1);
    for (int number = 1; number <= 100_000; number++) {
      advance(machine, 1_000L * number);
      run(machine, new Command.SendMessage(ORDERS, Command.QUEUE_DEFAULT, "", null, Bytes.EMPTY));
      run(machine, new Command.ReceiveMessages(ORDERS, 10, 30_000, ""));
      run(machine, new Command.DeleteMessage(ORDERS, number, 1));
    }
    QueueImage image = machine.image().queues().getFirst();
    assertThat(image.ready()).isEmpty();
    assertThat(image.touched()).isEmpty();
    assertThat(image.sentMarks()).isEmpty();
    assertThat(machine.nextWakeUpMillis()).isEqualTo(Long.MAX_VALUE);
    assertThat(machine.nextVisibleAtMillis()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aHundredThousandIdleQueuesFit() {
    long before = usedBytes();
    PartitionMachine machine = machineWith(100_000);
    machine.takeChangedGauges();
    assertThat(usedBytes() - before).isLessThan(100_000L * 1_000);
    assertThat(machine.gauge(ORDERS)).isNotNull();
  }

  @Test
  void gaugesThatChangedAreTakenOnce() {
    PartitionMachine machine = machineWith(2);
    assertThat(machine.takeChangedGauges()).hasSize(2);
    assertThat(machine.takeChangedGauges()).isEmpty();
    advance(machine, 2_000);
    run(machine, new Command.SendMessage(ORDERS, 5_000, "", null, Bytes.EMPTY));
    assertThat(machine.takeChangedGauges()).extracting(QueueGauge::delayed).containsExactly(1L);
    advance(machine, 7_000);
    assertThat(machine.takeChangedGauges())
        .as("time alone made the message visible")
        .extracting(QueueGauge::visible)
        .containsExactly(1L);
    run(machine, new Command.SendMessage(ORDERS, 0, "", null, Bytes.EMPTY));
    deliver(machine, 2, List.of(new OutboxEntry(3, new Crossing.RemoveQueue(ORDERS))));
    assertThat(machine.takeChangedGauges()).as("removed queues have none").isEmpty();
  }

  private static PartitionMachine machineWith(int queues) {
    PartitionMachine machine = PartitionMachine.empty();
    for (long number = 1; number <= queues; number++) {
      Crossing install = new Crossing.InstallQueue(new QueueId(number), 1, SETTINGS);
      deliver(machine, number - 1, List.of(new OutboxEntry(number, install)));
    }
    return machine;
  }

  private static void deliver(PartitionMachine machine, long previous, List<OutboxEntry> entries) {
    run(machine, new Command.AcceptDeliveries(PartitionId.CATALOGUE, previous, entries));
  }

  private static void run(PartitionMachine machine, Command command) {
    for (Change change : machine.decide(command, EntryTime.ZERO).changes()) {
      machine.evolve(change);
    }
  }

  private static void advance(PartitionMachine machine, long queueMillis) {
    for (Change change : machine.advance(new EntryTime(queueMillis, queueMillis))) {
      machine.evolve(change);
    }
  }

  private static long usedBytes() {
    Runtime runtime = Objects.requireNonNull(Runtime.getRuntime());
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
