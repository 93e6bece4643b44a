package io.tern.state.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.AppliedEntry;
import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.Delivery;
import io.tern.state.Entry;
import io.tern.state.EntryTime;
import io.tern.state.MessageId;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.Reply;
import io.tern.state.TopicCommand;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.QueueSettings;
import io.tern.state.model.NaiveCrossings.Pair;
import io.tern.state.model.NaiveMessage.NaivePast;
import io.tern.state.model.NaiveQueue.Attempt;
import io.tern.state.model.NaiveQueue.Settled;
import io.tern.state.queue.Deduplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Takes the steps of a history with two partitions' machines and with the model, and compares. */
final class ModelRun {
  private static final long LONGEST_RETENTION_MILLIS = 345_600_000;

  /** A receipt that was given out. */
  record Receipt(int queue, QueueId id, long number, int count) {}

  final Places places = new Places();
  final TreeMap<QueueId, NaiveQueue> model = new TreeMap<>();
  final NaiveCrossings crossings = new NaiveCrossings(model, places::partition);
  final List<Partition> partitions =
      List.of(new Partition(new PartitionId(1)), new Partition(new PartitionId(2)));

  /** Sends that were acknowledged and of which nobody wanted an end. */
  final TreeSet<Long> alive = new TreeSet<>();

  final Sends sends = new Sends();
  private final MoveTaskSteps tasks = new MoveTaskSteps(this);
  final TopicSteps topics = new TopicSteps(this);
  private final List<Receipt> receipts = new ArrayList<>();
  private final long[] installs = new long[2];
  private long versions;
  long now = 1_000;
  long wall = 1_767_225_600_000L;

  void take(Step step) {
    switch (step) {
      case Step.Send s -> send(s);
      case Step.Receive s -> receive(s);
      case Step.Delete s -> delete(s.queue(), places.id(s.queue()), s.number(), s.receipt());
      case Step.ChangeVisibility s ->
          change(s.queue(), places.id(s.queue()), s.number(), s.receipt(), s.visibilityMillis());
      case Step.DeleteReceived s ->
          receipt(s.receipt()).ifPresent(r -> delete(r.queue, r.id, r.number, r.count));
      case Step.ChangeReceived s ->
          receipt(s.receipt())
              .ifPresent(r -> change(r.queue, r.id, r.number, r.count, s.visibilityMillis()));
      case Step.Purge s -> purge(s);
      case Step.Install s -> install(s);
      case Step.Remove s -> remove(s.queue());
      case Step.StartTask s -> tasks.start(s);
      case Step.AdvanceTask s -> tasks.advance(s);
      case Step.CancelTask s -> tasks.cancel(s.queue());
      case Step.OfTopics s -> topics.take(s);
      case Step.Deliver s -> deliver(s);
      case Step.Settle s -> settle(new Pair(new PartitionId(s.from()), new PartitionId(s.to())));
      case Step.Tick _ -> tick();
      case Step.Wait s -> {
        now += s.queueMillis();
        wall += s.queueMillis() + s.wallMillis();
        partitions.forEach(partition -> apply(partition, List.of()));
      }
      case Step.Restart _ -> partitions.forEach(Partition::restart);
    }
    model.values().forEach(queue -> queue.refresh(now));
    new StateComparison(this).compare();
  }

  Optional<Receipt> receipt(int choice) {
    return receipts.isEmpty()
        ? Optional.empty()
        : Optional.of(receipts.get(receipts.size() - 1 - choice % receipts.size()));
  }

  Partition partition(int queue) {
    return partitions.get(places.partition(queue).number() - 1);
  }

  private void send(Step.Send step) {
    boolean fifo = places.isFifo(step.queue());
    long send = sends.next();
    int key = step.key() < 0 ? (int) (1_000 + send) : step.key();
    MessageId id = new MessageId(7, send);
    String group = !fifo && step.group() == 0 ? "" : "group-" + step.group();
    Reply reply =
        ask(
            step.queue(),
            new Command.SendMessage(
                places.id(step.queue()),
                fifo ? Command.QUEUE_DEFAULT : step.delayMillis(),
                group,
                fifo ? new Deduplication(key, -key, id) : null,
                sends.content(send)));
    NaiveQueue queue = model.get(places.id(step.queue()));
    if (queue == null) {
      compare(reply, null);
      return;
    }
    Optional<NaiveQueue.Send> before = fifo ? queue.repeated(key, now) : Optional.empty();
    if (before.isPresent()) {
      assertThat(reply)
          .isEqualTo(new Reply.MessageRepeated(before.get().number(), before.get().id()));
      return;
    }
    long delay = step.delayMillis() < 0 ? queue.settings.delayMillis() : step.delayMillis();
    NaiveMessage message =
        queue.store(
            group, send, delay, wall, retention(partition(step.queue())), now, NaivePast.NONE);
    alive.add(send);
    if (fifo) {
      queue.remember(new NaiveQueue.Send(key, message.number, id, now));
    }
    assertThat(reply).isEqualTo(new Reply.MessageAccepted(message.number));
  }

  private void receive(Step.Receive step) {
    NaiveQueue queue = model.get(places.id(step.queue()));
    String attemptId = step.attempt() == 0 ? "" : "attempt-" + step.attempt();
    AppliedEntry applied =
        apply(
            partition(step.queue()),
            List.of(
                new Command.ReceiveMessages(
                    places.id(step.queue()), step.max(), step.visibilityMillis(), attemptId)));
    Reply reply = applied.replies().getFirst();
    if (queue == null) {
      compare(reply, null);
      return;
    }
    NaiveReceive receive = new NaiveReceive(queue, step.max(), step.visibilityMillis(), now, wall);
    if (!queue.settings.fifo()) {
      receive.standard(chosen(applied));
      received(step.queue(), queue, receive, reply);
      return;
    }
    Attempt attempt = attemptId.isEmpty() ? null : queue.attempt(attemptId, now);
    if (attempt != null) {
      Optional<List<Delivery>> again = queue.again(attemptId, attempt, receive.visibility(), now);
      again.ifPresentOrElse(
          same -> assertThat(reply).isEqualTo(new Reply.MessagesReceived(same)),
          () -> assertRejected(reply, ErrorCode.INVALID_PARAMETER_VALUE));
      return;
    }
    Optional<Change.MessagesExpired> expired = expired(applied);
    receive.fifo(chosen(applied), expired.map(Change.MessagesExpired::upTo).orElse(0L));
    expired.ifPresent(change -> expire(change, partition(step.queue())));
    received(step.queue(), queue, receive, reply);
    if (!attemptId.isEmpty() && !receive.deliveries.isEmpty()) {
      queue.remember(
          attemptId, new Attempt(now, now + receive.visibility(), List.copyOf(receive.deliveries)));
    }
  }

  private void received(int place, NaiveQueue queue, NaiveReceive receive, Reply reply) {
    assertThat(reply).isEqualTo(new Reply.MessagesReceived(receive.deliveries));
    for (NaiveMessage dead : receive.parked) {
      QueueSettings.Redrive redrive = queue.settings.redrive();
      assertThat(redrive).isNotNull();
      if (redrive != null) {
        crossings.deadLetter(queue, dead, places.partition(place), redrive.target());
      }
    }
    for (Delivery delivery : receive.deliveries) {
      receipts.add(new Receipt(place, queue.id, delivery.number(), delivery.receiveCount()));
    }
  }

  private static Optional<Change.MessagesExpired> expired(AppliedEntry applied) {
    return applied.changes().stream()
        .filter(Change.MessagesExpired.class::isInstance)
        .map(Change.MessagesExpired.class::cast)
        .findFirst();
  }

  /** The messages that the machine's receive dealt with, in its order. */
  static List<Long> chosen(AppliedEntry applied) {
    List<Long> numbers = new ArrayList<>();
    for (Change change : applied.changes()) {
      if (change instanceof Change.MessageHidden hidden) {
        numbers.add(hidden.number());
      } else if (change instanceof Change.MessageParked parked) {
        numbers.add(parked.number());
      }
    }
    return numbers;
  }

  private void delete(int place, QueueId id, long number, int receipt) {
    NaiveQueue queue = model.get(id);
    if (queue != null && cannotExist(queue, number)) {
      return;
    }
    Reply reply = ask(place, new Command.DeleteMessage(id, number, receipt));
    Optional<NaiveMessage> message = queue == null ? Optional.empty() : queue.find(number);
    compare(reply, queue == null ? null : queue.delete(number, receipt, now));
    if (queue != null && queue.find(number).isEmpty()) {
      message.ifPresent(gone -> alive.remove(gone.send));
    }
  }

  private void change(int place, QueueId id, long number, int receipt, long visibilityMillis) {
    NaiveQueue queue = model.get(id);
    if (queue != null && cannotExist(queue, number)) {
      return;
    }
    Reply reply = ask(place, new Command.ChangeVisibility(id, number, receipt, visibilityMillis));
    compare(
        reply,
        queue == null ? null : queue.changeVisibility(number, receipt, visibilityMillis, now));
  }

  /** Receipts are sealed; one of a message with a group that nobody received cannot exist. */
  private static boolean cannotExist(NaiveQueue queue, long number) {
    return queue.find(number).filter(m -> !m.group.isEmpty() && m.receiveCount == 0).isPresent();
  }

  private void purge(Step.Purge step) {
    NaiveQueue queue = model.get(places.id(step.queue()));
    Reply reply =
        ask(step.queue(), new Command.PurgeQueue(places.id(step.queue()), step.intervalMillis()));
    List<NaiveMessage> before = queue == null ? List.of() : List.copyOf(queue.messages);
    if (queue == null) {
      compare(reply, null);
    } else if (queue.purge(step.intervalMillis(), now)) {
      assertThat(reply).isEqualTo(new Reply.Done());
      before.forEach(message -> alive.remove(message.send));
    } else {
      assertRejected(reply, ErrorCode.PURGE_QUEUE_IN_PROGRESS);
    }
  }

  private void install(Step.Install step) {
    int target = step.deadLetterTarget();
    boolean redrives =
        target != step.queue() && places.isFifo(target) == places.isFifo(step.queue());
    QueueSettings settings =
        new QueueSettings(
            places.name(step.queue()),
            step.visibilityMillis(),
            step.delayMillis(),
            step.retentionMillis(),
            places.isFifo(step.queue()),
            redrives ? new QueueSettings.Redrive(places.target(target), step.maxReceives()) : null);
    versions++;
    QueueId id = places.id(step.queue());
    define(step.queue(), new Crossing.InstallQueue(id, versions, settings));
    model.computeIfAbsent(id, _ -> new NaiveQueue(id, settings)).settings = settings;
  }

  private void remove(int place) {
    define(place, new Crossing.RemoveQueue(places.id(place)));
    NaiveQueue gone = model.remove(places.id(place));
    if (gone != null) {
      gone.messages.forEach(message -> alive.remove(message.send));
    }
    places.renew(place);
  }

  private void define(int place, Crossing crossing) {
    define(places.partition(place), crossing);
  }

  void define(PartitionId where, Crossing crossing) {
    int partition = where.number() - 1;
    OutboxEntry entry = new OutboxEntry(installs[partition] + 1, crossing);
    Command accept =
        new Command.AcceptDeliveries(PartitionId.CATALOGUE, installs[partition], List.of(entry));
    Reply reply = apply(partitions.get(partition), List.of(accept)).replies().getFirst();
    installs[partition]++;
    assertThat(reply).isEqualTo(new Reply.DeliveriesTaken(installs[partition]));
  }

  private void deliver(Step.Deliver step) {
    Partition from = partitions.get(step.from() - 1);
    Partition to = partitions.get(step.to() - 1);
    Pair pair = new Pair(from.id, to.id);
    List<OutboxEntry> entries = from.waiting(to.id, step.count());
    if (entries.isEmpty()) {
      assertThat(crossings.waiting(pair)).isEmpty();
      return;
    }
    long previous = entries.getFirst().number() - 1;
    Reply reply =
        apply(to, List.of(new Command.AcceptDeliveries(from.id, previous, entries)))
            .replies()
            .getFirst();
    List<Long> before = crossings.sendsUnderway();
    crossings.deliver(pair, step.count(), now, wall, retention(to));
    assertThat(reply).isEqualTo(new Reply.DeliveriesTaken(crossings.taken(pair)));
    before.removeAll(crossings.sendsUnderway());
    before.removeAll(
        model.values().stream().flatMap(q -> q.messages.stream()).map(m -> m.send).toList());
    // Both its queues are gone, or it was a repetition.
    before.forEach(alive::remove);
  }

  private void settle(Pair pair) {
    Partition from = partitions.get(pair.from().number() - 1);
    apply(from, List.of(new Command.SettleOutbox(pair.to(), crossings.taken(pair))));
    crossings.settle(pair, crossings.taken(pair));
  }

  private void tick() {
    for (Partition partition : partitions) {
      apply(partition, List.of(new Command.Tick()));
      long clock = retention(partition);
      for (int place = 0; place < Places.QUEUES; place++) {
        NaiveQueue queue = model.get(places.id(place));
        if (queue != null && partition(place) == partition) {
          queue.assertNothingOverdue(clock, LONGEST_RETENTION_MILLIS);
        }
      }
    }
  }

  Reply ask(int queue, Command command) {
    return apply(partition(queue), List.of(command)).replies().getFirst();
  }

  AppliedEntry apply(Partition partition, List<Command> commands) {
    AppliedEntry applied = partition.apply(new Entry(new EntryTime(now, wall), commands));
    boolean settles =
        !commands.isEmpty()
            && (commands.getFirst() instanceof Command.DeleteMessage
                || commands.getFirst() instanceof TopicCommand.GiveUpMessage);
    for (Change change : applied.changes()) {
      if (change instanceof Change.MessagesExpired c && !isFifo(c.queue())) {
        expire(c, partition);
      } else if (change instanceof Change.MessagesExpired c
          && !(commands.getFirst() instanceof Command.ReceiveMessages)) {
        expire(c, partition);
      } else if (change instanceof Change.MessageRemoved c && !settles) {
        NaiveQueue queue = model.get(c.queue());
        assertThat(queue).isNotNull();
        if (queue != null) {
          alive.remove(queue.find(c.number()).orElseThrow().send);
          queue.expireOne(c.number(), retention(partition));
        }
      }
    }
    return applied;
  }

  private boolean isFifo(QueueId id) {
    NaiveQueue queue = model.get(id);
    return queue != null && queue.settings.fifo();
  }

  private void expire(Change.MessagesExpired change, Partition partition) {
    NaiveQueue queue = model.get(change.queue());
    assertThat(queue).isNotNull();
    if (queue != null) {
      queue.messages.stream()
          .filter(m -> m.number <= change.upTo())
          .forEach(m -> alive.remove(m.send));
      queue.expire(change.upTo(), retention(partition));
    }
  }

  void compare(Reply reply, @Nullable Settled expected) {
    switch (expected) {
      case null -> assertRejected(reply, ErrorCode.QUEUE_DOES_NOT_EXIST);
      case DONE -> assertThat(reply).isEqualTo(new Reply.Done());
      case REFUSED -> assertRejected(reply, ErrorCode.INVALID_PARAMETER_VALUE);
      case NO_SUCH_RECEIPT -> assertRejected(reply, ErrorCode.RECEIPT_HANDLE_IS_INVALID);
    }
  }

  static void assertRejected(Reply reply, ErrorCode code) {
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo(code));
  }

  static long retention(Partition partition) {
    return partition.machine().image().retentionMillis();
  }
}
