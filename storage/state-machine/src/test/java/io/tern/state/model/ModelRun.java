package io.tern.state.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.AppliedEntry;
import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.Entry;
import io.tern.state.EntryRunner;
import io.tern.state.EntryTime;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.Reply;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.QueueSettings;
import io.tern.state.model.NaiveQueue.Settled;
import io.tern.state.partition.PartitionMachine;
import io.tern.state.queue.QueueGauge;
import io.tern.state.queue.QueueImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes the steps of a history with the machine and with the model, and compares. */
final class ModelRun {
  private static final long LONGEST_RETENTION_MILLIS = 345_600_000;

  private final Map<Integer, NaiveQueue> model = new HashMap<>();
  private final long[] ids = {1, 2};
  private PartitionMachine machine = PartitionMachine.empty();
  private PartitionMachine twin = PartitionMachine.empty();
  private long now = 1_000;
  private long wall = 1_767_225_600_000L;
  private long crossings;
  private long versions;

  void take(Step step) {
    switch (step) {
      case Step.Send s -> send(s);
      case Step.Receive s -> receive(s);
      case Step.Delete s -> {
        NaiveQueue queue = model.get(s.queue());
        Reply reply = ask(new Command.DeleteMessage(id(s.queue()), s.number(), s.receipt()));
        compare(reply, queue == null ? null : queue.delete(s.number(), s.receipt()));
      }
      case Step.ChangeVisibility s -> {
        NaiveQueue queue = model.get(s.queue());
        Reply reply =
            ask(
                new Command.ChangeVisibility(
                    id(s.queue()), s.number(), s.receipt(), s.visibilityMillis()));
        compare(
            reply,
            queue == null
                ? null
                : queue.changeVisibility(s.number(), s.receipt(), s.visibilityMillis(), now));
      }
      case Step.Purge s -> purge(s);
      case Step.Install s -> install(s);
      case Step.Remove s -> {
        cross(new Crossing.RemoveQueue(id(s.queue())));
        model.remove(s.queue());
        ids[s.queue()] += 2;
      }
      case Step.Tick _ -> {
        ask(new Command.Tick());
        model
            .values()
            .forEach(q -> q.assertNothingOverdue(retentionClock(), LONGEST_RETENTION_MILLIS));
      }
      case Step.Wait s -> {
        now += s.queueMillis();
        wall += s.queueMillis() + s.wallMillis();
        apply(List.of());
      }
      case Step.Restart _ -> machine = PartitionMachine.of(machine.image());
    }
    compareStates();
  }

  private void send(Step.Send step) {
    NaiveQueue queue = model.get(step.queue());
    Reply reply =
        ask(new Command.SendMessage(id(step.queue()), step.delayMillis(), "", null, Bytes.EMPTY));
    if (queue == null) {
      compare(reply, null);
    } else {
      long number = queue.send(step.delayMillis(), now, retentionClock());
      assertThat(reply).isEqualTo(new Reply.MessageAccepted(number));
    }
  }

  private void receive(Step.Receive step) {
    NaiveQueue queue = model.get(step.queue());
    Reply reply =
        ask(new Command.ReceiveMessages(id(step.queue()), step.max(), step.visibilityMillis(), ""));
    if (queue == null) {
      compare(reply, null);
    } else {
      assertThat(reply)
          .isEqualTo(
              new Reply.MessagesReceived(
                  queue.receive(step.max(), step.visibilityMillis(), now, wall)));
    }
  }

  private void purge(Step.Purge step) {
    NaiveQueue queue = model.get(step.queue());
    Reply reply = ask(new Command.PurgeQueue(id(step.queue()), step.intervalMillis()));
    if (queue == null) {
      compare(reply, null);
    } else if (queue.purge(step.intervalMillis(), now)) {
      assertThat(reply).isEqualTo(new Reply.Done());
    } else {
      assertRejected(reply, ErrorCode.PURGE_QUEUE_IN_PROGRESS);
    }
  }

  private void install(Step.Install step) {
    QueueSettings settings =
        new QueueSettings(
            new QueueName("000000000000", "queue-" + step.queue()),
            step.visibilityMillis(),
            step.delayMillis(),
            step.retentionMillis(),
            false,
            null);
    versions++;
    cross(new Crossing.InstallQueue(id(step.queue()), versions, settings));
    model.computeIfAbsent(step.queue(), _ -> new NaiveQueue(settings)).settings = settings;
  }

  private void cross(Crossing crossing) {
    OutboxEntry entry = new OutboxEntry(crossings + 1, crossing);
    Reply reply =
        ask(new Command.AcceptDeliveries(PartitionId.CATALOGUE, crossings, List.of(entry)));
    crossings++;
    assertThat(reply).isEqualTo(new Reply.DeliveriesTaken(crossings));
  }

  private Reply ask(Command command) {
    return apply(List.of(command)).replies().getFirst();
  }

  private AppliedEntry apply(List<Command> commands) {
    Entry entry = new Entry(new EntryTime(now, wall), commands);
    AppliedEntry applied = runner(machine).run(entry);
    assertThat(runner(twin).run(entry)).isEqualTo(applied);
    for (Change change : applied.changes()) {
      if (change instanceof Change.MessagesExpired expired) {
        for (int queue = 0; queue < ids.length; queue++) {
          if (ids[queue] == expired.queue().number()) {
            Objects.requireNonNull(model.get(queue)).expire(expired.upTo(), retentionClock());
          }
        }
      }
    }
    return applied;
  }

  private static EntryRunner runner(PartitionMachine machine) {
    return new EntryRunner(
        new CheckedMachine(machine),
        (command, failure) -> {
          throw new AssertionError("A rule failed at " + command, failure);
        });
  }

  private void compare(Reply reply, @Nullable Settled expected) {
    switch (expected) {
      case null -> assertRejected(reply, ErrorCode.QUEUE_DOES_NOT_EXIST);
      case DONE -> assertThat(reply).isEqualTo(new Reply.Done());
      case GONE, TOO_LONG -> assertRejected(reply, ErrorCode.INVALID_PARAMETER_VALUE);
      case NO_SUCH_RECEIPT -> assertRejected(reply, ErrorCode.RECEIPT_HANDLE_IS_INVALID);
    }
  }

  private static void assertRejected(Reply reply, ErrorCode code) {
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo(code));
  }

  /** Machine, its twin that never restarts, and model agree; each message is in one place. */
  private void compareStates() {
    assertThat(machine.image()).isEqualTo(twin.image());
    assertThat(PartitionMachine.of(machine.image()).image()).isEqualTo(machine.image());
    for (int number = 0; number < ids.length; number++) {
      QueueGauge gauge = machine.gauge(id(number));
      NaiveQueue queue = model.get(number);
      if (queue == null || gauge == null) {
        assertThat(gauge == null).isEqualTo(queue == null);
        continue;
      }
      assertThat(gauge.visible()).isEqualTo(queue.visible(now));
      assertThat(gauge.inFlight()).isEqualTo(queue.inFlight(now));
      assertThat(gauge.delayed()).isEqualTo(queue.delayed(now));
    }
    for (QueueImage image : machine.image().queues()) {
      assertOnePlaceEach(image);
    }
  }

  private void assertOnePlaceEach(QueueImage image) {
    for (int number = 0; number < ids.length; number++) {
      NaiveQueue queue = model.get(number);
      if (queue != null && ids[number] == image.queue().number()) {
        for (long message = 1; message <= queue.lastNumber; message++) {
          assertPlace(image, queue, message);
        }
      }
    }
  }

  private void assertPlace(QueueImage image, NaiveQueue queue, long message) {
    boolean ready =
        image.ready().stream().anyMatch(r -> r.first() <= message && message <= r.last());
    boolean hidden =
        image.touched().stream().anyMatch(t -> t.number() == message && t.visibleAtMillis() > now);
    boolean alive = queue.messages.stream().anyMatch(m -> m.number == message);
    assertThat((ready ? 1 : 0) + (hidden ? 1 : 0))
        .as("places of message %s", message)
        .isEqualTo(alive ? 1 : 0);
  }

  private long retentionClock() {
    return machine.image().retentionMillis();
  }

  private QueueId id(int queue) {
    return new QueueId(ids[queue]);
  }
}
