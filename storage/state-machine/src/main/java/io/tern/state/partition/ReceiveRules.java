package io.tern.state.partition;

import io.tern.state.Arrival;
import io.tern.state.Change;
import io.tern.state.Change.AttemptRemembered;
import io.tern.state.Change.MessageHidden;
import io.tern.state.Change.MessageParked;
import io.tern.state.Change.MessageRemoved;
import io.tern.state.Change.MessagesExpired;
import io.tern.state.Command;
import io.tern.state.Command.ReceiveMessages;
import io.tern.state.Decision;
import io.tern.state.Delivery;
import io.tern.state.Effect;
import io.tern.state.Effect.MessagesReady;
import io.tern.state.Rejections;
import io.tern.state.Reply.MessagesReceived;
import io.tern.state.crossing.Crossing.ParkedMessage;
import io.tern.state.crossing.MoveReason;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.limits.QueueSettings;
import io.tern.state.queue.Candidate;
import io.tern.state.queue.QueueView;
import io.tern.state.queue.Touched;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which messages a receive hides and returns, and which it finds to be dead letters; made
 * by the machine for one receive.
 */
final class ReceiveRules {
  private static final Decision NOTHING = Decision.reply(new MessagesReceived(List.of()));

  private final PartitionView state;
  private final QueueView queue;
  private final long visibilityMillis;
  private final Parking parking;
  private final List<Change> changes = new ArrayList<>();
  private final List<Delivery> deliveries = new ArrayList<>();

  private ReceiveRules(PartitionView state, QueueView queue, ReceiveMessages command) {
    this.state = state;
    this.queue = queue;
    this.parking = new Parking(state);
    this.visibilityMillis =
        command.visibilityMillis() == Command.QUEUE_DEFAULT
            ? queue.settings().visibilityMillis()
            : command.visibilityMillis();
  }

  static Decision receive(PartitionView state, ReceiveMessages command) {
    QueueView queue = state.queue(command.queue());
    if (queue == null) {
      return Rejections.queueDoesNotExist();
    }
    boolean fifo = queue.settings().fifo();
    if (fifo && !command.attemptId().isEmpty()) {
      Decision again = AttemptRules.again(state, queue, command);
      if (again != null) {
        return again;
      }
    }
    long expiredUpTo = queue.expiredUpTo(state.retentionMillis());
    int room = room(queue, expiredUpTo);
    if (room <= 0) {
      return fifo
          ? NOTHING
          : Rejections.of(ErrorCode.OVER_LIMIT, "Too many messages of the queue are in flight.");
    }
    int max = Math.clamp(command.maxMessages(), 1, Limits.BATCH_ENTRIES);
    return new ReceiveRules(state, queue, command)
        .take(Math.min(room, max), expiredUpTo, fifo ? command.attemptId() : "");
  }

  /** How many messages may still go in flight once the expired ones are gone. */
  private static int room(QueueView queue, long expiredUpTo) {
    int room = Limits.IN_FLIGHT_MESSAGES - queue.inFlight();
    return room < Limits.BATCH_ENTRIES && expiredUpTo > 0
        ? room + queue.inFlightUpTo(expiredUpTo)
        : room;
  }

  private Decision take(int max, long expiredUpTo, String attemptId) {
    if (expiredUpTo > 0) {
      changes.add(new MessagesExpired(queue.queue(), expiredUpTo));
    }
    boolean allAreGivenOut =
        queue.settings().redrive() == null
            && queue.expiredArrivals(state.retentionMillis(), 1).isEmpty();
    int looked = allAreGivenOut ? max : max + Limits.DEAD_LETTERS_PER_RECEIVE;
    for (Candidate candidate : queue.candidates(expiredUpTo, looked, state.clock().queueMillis())) {
      if (deliveries.size() == max || !take(candidate)) {
        break;
      }
    }
    if (changes.isEmpty()) {
      return NOTHING;
    }
    long now = state.clock().queueMillis();
    if (!attemptId.isEmpty() && !deliveries.isEmpty()) {
      changes.add(
          new AttemptRemembered(
              queue.queue(), attemptId, now, now + visibilityMillis, List.copyOf(deliveries)));
    }
    return new Decision(new MessagesReceived(deliveries), changes, effects());
  }

  /** Returns the message, or moves it away; false when nothing further can be taken. */
  private boolean take(Candidate candidate) {
    Touched before = queue.touched(candidate.number());
    if (before != null && isExpired(before)) {
      changes.add(new MessageRemoved(queue.queue(), candidate.number()));
      return true;
    }
    QueueSettings.Redrive redrive = queue.settings().redrive();
    if (redrive != null && before != null && before.receivesHere() >= redrive.maxReceiveCount()) {
      MessageParked parked =
          parking.park(queue.queue(), candidate.number(), redrive.target(), deadLetter(before));
      if (parked == null) {
        // The outbox is full: the dead letter waits, and in a FIFO queue its group with it.
        return !queue.settings().fifo();
      }
      changes.add(parked);
      return true;
    }
    MessageHidden hidden = hide(candidate, before);
    changes.add(hidden);
    deliveries.add(
        new Delivery(hidden.number(), hidden.receiveCount(), hidden.firstReceivedMillis()));
    return true;
  }

  private boolean isExpired(Touched message) {
    QueueSettings settings = queue.settings();
    return !settings.fifo()
        && message.isExpiredArrival(state.retentionMillis(), settings.retentionMillis());
  }

  private ParkedMessage deadLetter(Touched message) {
    QueueSettings settings = queue.settings();
    if (settings.redrive() == null) {
      throw new IllegalStateException("A dead letter of a queue without a redrive policy");
    }
    return new ParkedMessage(
        settings.redrive().target().queue(),
        queue.queue(),
        MoveReason.DEAD_LETTER,
        "",
        new Arrival(settings.name(), message.receiveCount(), message.firstReceivedMillis()));
  }

  private MessageHidden hide(Candidate candidate, @Nullable Touched before) {
    long now = state.clock().queueMillis();
    long firstReceived = before == null ? 0 : before.firstReceivedMillis();
    return new MessageHidden(
        queue.queue(),
        candidate.number(),
        now + visibilityMillis,
        before == null ? 1 : before.receiveCount() + 1,
        now,
        firstReceived == 0 ? state.clock().wallMillis() : firstReceived,
        candidate.group());
  }

  /** With no visibility timeout the messages stay visible for others. */
  private List<Effect> effects() {
    List<Effect> effects = new ArrayList<>();
    if (!deliveries.isEmpty() && visibilityMillis <= 0) {
      effects.add(new MessagesReady(queue.queue(), deliveries.size()));
    }
    effects.addAll(parking.effects());
    return effects;
  }
}
