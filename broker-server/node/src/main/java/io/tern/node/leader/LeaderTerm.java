package io.tern.node.leader;

import io.tern.state.AppliedEntry;
import io.tern.state.Change;
import io.tern.state.Command;
import io.tern.state.Effect;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.ReplicatedMachine;
import io.tern.state.Reply;
import io.tern.state.TopicChange;
import io.tern.state.TopicId;
import io.tern.state.TopicReply;
import io.tern.state.partition.PartitionMachine;
import io.tern.state.queue.QueueGauge;
import io.tern.state.topic.TopicView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Everything that exists only while this node leads one partition: the batcher, the long polls, the
 * courier, the move tasks, the housekeeping tick, the newest messages in memory. Closed when the
 * term ends.
 */
public final class LeaderTerm {
  private static final long TICK_MILLIS = 1_000;

  private record Inspection(QueueId queue, CompletableFuture<Optional<QueueGauge>> answer) {}

  private final CommandBatcher batcher;
  private final QueueGauges gauges = new QueueGauges();
  private final ConcurrentLinkedQueue<Inspection> inspections = new ConcurrentLinkedQueue<>();
  private final MessageBodies bodies;
  private final LongPolls polls;
  private final PublishLanes publishes;
  private final ReplayDriver replays;
  private final Runnable dropped;
  private final OutboxCourier courier;
  private final MoveTaskDriver moveTasks;
  private final List<TermDuty> duties = new CopyOnWriteArrayList<>();
  private final ScheduledFuture<?> housekeeping;
  private volatile long nextWakeUpMillis = Long.MAX_VALUE;
  private volatile @Nullable CompletableFuture<Reply> tick;

  public LeaderTerm(PartitionId partition, CommandBatcher batcher, LeaderPorts ports) {
    this.batcher = batcher;
    this.bodies = new MessageBodies(ports);
    this.dropped = ports.topics().dropped();
    ScheduledExecutorService timer = ports.timer();
    this.polls = new LongPolls(batcher::submit, gauges, batcher::queueMillis, timer);
    this.courier = new OutboxCourier(partition, ports);
    MoveTaskDriver.Alarm alarm =
        (millis, step) -> {
          var _ = timer.schedule(step, millis, TimeUnit.MILLISECONDS);
        };
    this.moveTasks =
        new MoveTaskDriver(batcher::submit, courier::waiting, ports.routes(), batcher::now, alarm);
    this.publishes =
        new PublishLanes(
            ports.topics().matcher(),
            ports.topics().matching(),
            batcher::submitAll,
            batcher::queueMillis,
            alarm);
    this.replays =
        new ReplayDriver(
            batcher::submit,
            publishes::during,
            ports.topics(),
            ports.diskReads(),
            batcher::now,
            alarm);
    this.housekeeping =
        timer.scheduleWithFixedDelay(
            this::keepHouse, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Adds a duty before the term begins. */
  public void add(TermDuty duty) {
    duties.add(duty);
  }

  /** Called once by the apply thread: the duties start from where the state stands. */
  public void begin(ReplicatedMachine machine) {
    for (PartitionId destination : machine.waitingDestinations()) {
      // All: the outbox has its own limit, which its last receive may have passed by a little.
      courier.begin(destination, machine.waiting(destination, 0, Integer.MAX_VALUE));
    }
    nextWakeUpMillis = machine.nextWakeUpMillis();
    if (machine instanceof PartitionMachine data) {
      data.runningMoveTasks().forEach(moveTasks::changed);
      data.activeReplays().forEach(replay -> replays.changed(replay, nextBodies(data)));
      duties.forEach(duty -> duty.begin(data));
    }
  }

  /** The number that a topic's next body gets, as the machine stands. */
  private static ToLongFunction<TopicId> nextBodies(PartitionMachine machine) {
    return id -> {
      TopicView topic = machine.topic(id);
      return topic == null ? 1 : topic.nextBody();
    };
  }

  /** Puts the commands into the log, in order; each has its reply. */
  public CompletableFuture<List<Reply>> execute(List<Command> commands) {
    if (PublishLanes.concerns(commands)) {
      return publishes.publish(commands);
    }
    if (commands.size() == 1) {
      return batcher.submit(commands.getFirst()).thenApply(List::of);
    }
    return batcher.submitAll(commands);
  }

  /** Receives, waiting if the request says so; messages come with their bodies. */
  public CompletableFuture<ReceivedMessages> receive(ReceiveRequest request) {
    CompletableFuture<Reply> reply = polls.receive(request);
    CompletableFuture<ReceivedMessages> answer =
        reply.thenCompose(taken ->
            switch (taken) {
              case Reply.MessagesReceived received ->
                  bodies.plain(request.queue(), received.deliveries());
              case Reply.Rejected rejected ->
                  CompletableFuture.completedFuture(
                      new ReceivedMessages.Refused(rejected.code(), rejected.detail()));
              case Reply.Done _, Reply.Outdated _ -> unexpected(taken);
              case Reply.MessageAccepted _, Reply.MessageRepeated _ -> unexpected(taken);
              case Reply.DefinitionTaken _, Reply.DeliveriesTaken _ -> unexpected(taken);
              case TopicReply _ -> unexpected(taken);
              case Reply.MoveTaskStands _ -> unexpected(taken);
            });
    var _ =
        answer.whenComplete((messages, failure) -> {
          if (answer.isCancelled() && !reply.cancel(false) && !reply.isCompletedExceptionally()) {
            // It left while the bodies were read.
            polls.giveBack(request, reply.join());
          }
        });
    return answer;
  }

  /** Receives from a queue of deliveries, at once; a full answer says that there may be more. */
  public CompletableFuture<List<ReceivedNotification>> receiveNotifications(
      QueueId queue, int maxMessages, long visibilityMillis) {
    return batcher
        .submit(new Command.ReceiveMessages(queue, maxMessages, visibilityMillis, ""))
        .thenCompose(reply ->
            reply instanceof Reply.MessagesReceived received
                ? bodies.whole(queue, received.deliveries())
                : CompletableFuture.completedFuture(List.of()));
  }

  /** The queue's summary, if it was touched since the term began. */
  public Optional<QueueGauge> gauge(QueueId queue) {
    return gauges.find(queue);
  }

  /** The time that visibility runs on. */
  public long queueMillis() {
    return batcher.queueMillis();
  }

  /** Counts of a queue as of now; empty when the partition does not hold it. */
  public CompletableFuture<Optional<QueueGauge>> inspect(QueueId queue) {
    Optional<QueueGauge> known = gauges.find(queue);
    if (known.isPresent() && known.get().nextVisibleAtMillis() > batcher.queueMillis()) {
      return CompletableFuture.completedFuture(known);
    }
    Inspection inspection = new Inspection(queue, new CompletableFuture<>());
    inspections.add(inspection);
    var _ =
        batcher
            .submit(new Command.Tick())
            .whenComplete((reply, failure) -> {
              if (failure != null) {
                inspection.answer().completeExceptionally(failure);
              }
            });
    return inspection.answer();
  }

  /** Called by the apply thread after each entry, before the callers are answered. */
  public void entryApplied(AppliedEntry applied, ReplicatedMachine machine) {
    noteChanges(applied.changes(), machine);
    for (Effect effect : applied.effects()) {
      if (effect instanceof Effect.NotificationDropped) {
        dropped.run();
      }
    }
    nextWakeUpMillis = machine.nextWakeUpMillis();
    if (machine instanceof PartitionMachine partition) {
      replays.entryApplied(nextBodies(partition));
      for (QueueGauge gauge : partition.takeChangedGauges()) {
        gauges.publish(gauge);
        polls.gaugeChanged(gauge.queue());
        duties.forEach(duty -> duty.gaugeChanged(gauge));
      }
      answerInspections(partition);
    }
  }

  /** Ends held polls early with nothing, so that a stopping node need not break connections. */
  public void answerPolls() {
    polls.answerAll();
  }

  public int parkedPolls() {
    return polls.parkedPolls();
  }

  /** Callers still waiting learn that the leader is elsewhere. */
  public void close(Throwable reason) {
    housekeeping.cancel(false);
    duties.forEach(TermDuty::close);
    moveTasks.close();
    replays.close();
    courier.close();
    batcher.close();
    polls.close(reason);
    for (Inspection left = inspections.poll(); left != null; left = inspections.poll()) {
      left.answer().completeExceptionally(reason);
    }
  }

  private void noteChanges(List<Change> changes, ReplicatedMachine machine) {
    for (Change change : changes) {
      switch (change) {
        case Change.MessageStored stored -> bodies.stored(stored);
        case Change.MessageArrived arrived -> bodies.stored(arrived);
        case Change.MessageRemoved removed -> bodies.removed(removed.queue(), removed.number());
        case Change.MessageParked parked -> {
          bodies.removed(parked.queue(), parked.number());
          courier.parked(parked);
        }
        case Change.QueueRemoved removed -> {
          gauges.forget(removed.queue());
          moveTasks.queueRemoved(removed.queue());
          polls.gaugeChanged(removed.queue());
          duties.forEach(duty -> duty.queueRemoved(removed.queue()));
        }
        case Change.OutboxAppended appended -> courier.appended(appended);
        case Change.OutboxSettled settled -> courier.settled(settled);
        case Change.MoveTaskChanged task -> moveTasks.changed(task);
        case Change.MessageHidden _, Change.MessagesExpired _, Change.QueuePurged _ -> {}
        case Change.DeduplicationRemembered _, Change.DeduplicationForgotten _ -> {}
        case Change.AttemptRemembered _, Change.QueueInstalled _ -> {}
        case TopicChange topic -> noteTopic(topic, machine);
        case Change.InboxAdvanced _, Change.ClockAdvanced _ -> {}
        case Change.CatalogueChange _ -> {}
      }
    }
  }

  private void noteTopic(TopicChange change, ReplicatedMachine machine) {
    switch (change) {
      case TopicChange.BodyStored stored -> bodies.stored(stored);
      case TopicChange.NotificationStored stored -> bodies.stored(stored);
      case TopicChange.ReplayChanged replay -> {
        if (machine instanceof PartitionMachine data) {
          replays.changed(replay, nextBodies(data));
        }
      }
      case TopicChange.ReplayRemoved removed -> replays.removed(removed.subscription());
      case TopicChange.TopicInstalled _, TopicChange.TopicRemoved _ -> {}
      case TopicChange.BodiesForgotten _, TopicChange.BodiesChecked _ -> {}
      case TopicChange.PublishRemembered _, TopicChange.PublishesForgotten _ -> {}
    }
  }

  private void answerInspections(PartitionMachine machine) {
    for (Inspection next = inspections.poll(); next != null; next = inspections.poll()) {
      next.answer().complete(Optional.ofNullable(machine.gauge(next.queue())));
    }
  }

  private void keepHouse() {
    CompletableFuture<Reply> last = tick;
    if (nextWakeUpMillis <= batcher.queueMillis() && (last == null || last.isDone())) {
      tick = batcher.submit(new Command.Tick());
    }
  }

  private static CompletableFuture<ReceivedMessages> unexpected(Reply reply) {
    return CompletableFuture.failedFuture(
        new IllegalStateException("a receive was answered with " + reply));
  }
}
