package io.tern.state.partition;

import io.tern.state.Change;
import io.tern.state.Change.MessageHidden;
import io.tern.state.Change.MessagesExpired;
import io.tern.state.Command;
import io.tern.state.Command.ReceiveMessages;
import io.tern.state.Decision;
import io.tern.state.Delivery;
import io.tern.state.Effect;
import io.tern.state.Effect.MessagesReady;
import io.tern.state.Rejections;
import io.tern.state.Reply.MessagesReceived;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.queue.QueueView;
import io.tern.state.queue.Touched;
import java.util.ArrayList;
import java.util.List;

/** Decides which messages a receive hides and returns; called by the machine. */
final class ReceiveRules {
  private static final Decision NOTHING = Decision.reply(new MessagesReceived(List.of()));

  private ReceiveRules() {}

  static Decision receive(PartitionView state, ReceiveMessages command) {
    QueueView queue = state.queue(command.queue());
    if (queue == null) {
      return Rejections.queueDoesNotExist();
    }
    long expiredUpTo = queue.expiredUpTo(state.retentionMillis());
    int room = room(queue, expiredUpTo);
    if (room <= 0) {
      return Rejections.of(ErrorCode.OVER_LIMIT, "Too many messages of the queue are in flight.");
    }
    long[] numbers = new long[Math.clamp(command.maxMessages(), 1, Limits.BATCH_ENTRIES)];
    int found = queue.lowestReady(expiredUpTo, Math.min(room, numbers.length), numbers);
    if (found == 0 && expiredUpTo == 0) {
      return NOTHING;
    }
    List<Change> changes = new ArrayList<>(found + 1);
    if (expiredUpTo > 0) {
      changes.add(new MessagesExpired(command.queue(), expiredUpTo));
    }
    long visibilityMillis =
        command.visibilityMillis() == Command.QUEUE_DEFAULT
            ? queue.settings().visibilityMillis()
            : command.visibilityMillis();
    List<Delivery> deliveries = new ArrayList<>(found);
    for (int i = 0; i < found; i++) {
      MessageHidden hidden = hide(state, queue, numbers[i], visibilityMillis);
      changes.add(hidden);
      deliveries.add(
          new Delivery(hidden.number(), hidden.receiveCount(), hidden.firstReceivedMillis()));
    }
    return new Decision(
        new MessagesReceived(deliveries), changes, effects(command, found, visibilityMillis));
  }

  /** How many messages may still go in flight once the expired ones are gone. */
  private static int room(QueueView queue, long expiredUpTo) {
    int room = Limits.IN_FLIGHT_MESSAGES - queue.inFlight();
    return room < Limits.BATCH_ENTRIES && expiredUpTo > 0
        ? room + queue.inFlightUpTo(expiredUpTo)
        : room;
  }

  private static MessageHidden hide(
      PartitionView state, QueueView queue, long number, long visibilityMillis) {
    long now = state.clock().queueMillis();
    Touched before = queue.touched(number);
    return new MessageHidden(
        queue.queue(),
        number,
        now + visibilityMillis,
        before == null ? 1 : before.receiveCount() + 1,
        now,
        before == null ? state.clock().wallMillis() : before.firstReceivedMillis());
  }

  /** With no visibility timeout the messages stay visible for others. */
  private static List<Effect> effects(ReceiveMessages command, int found, long visibilityMillis) {
    return found > 0 && visibilityMillis <= 0
        ? List.of(new MessagesReady(command.queue(), found))
        : List.of();
  }
}
