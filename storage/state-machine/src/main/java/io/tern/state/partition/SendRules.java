package io.tern.state.partition;

import io.tern.state.Change;
import io.tern.state.Change.DeduplicationRemembered;
import io.tern.state.Change.MessageStored;
import io.tern.state.Command;
import io.tern.state.Command.SendMessage;
import io.tern.state.Decision;
import io.tern.state.Effect;
import io.tern.state.Effect.MessagesReady;
import io.tern.state.Rejections;
import io.tern.state.Reply.MessageAccepted;
import io.tern.state.Reply.MessageRepeated;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.queue.Deduplication;
import io.tern.state.queue.QueueImage.RememberedSend;
import io.tern.state.queue.QueueView;
import java.util.List;

/** Decides what a send does; called by the machine. */
final class SendRules {
  private SendRules() {}

  static Decision send(PartitionView state, SendMessage command) {
    QueueView queue = state.queue(command.queue());
    if (queue == null) {
      return Rejections.queueDoesNotExist();
    }
    if (queue.settings().fifo()) {
      return sendInOrder(state, queue, command);
    }
    long delayMillis =
        command.delayMillis() == Command.QUEUE_DEFAULT
            ? queue.settings().delayMillis()
            : command.delayMillis();
    if (delayMillis > 0 && queue.delayed() >= Limits.DELAYED_MESSAGES) {
      return tooManyDelayed();
    }
    MessageStored stored = stored(state, queue, command, delayMillis);
    return new Decision(
        new MessageAccepted(stored.number()), List.of(stored), effects(command, delayMillis));
  }

  /** A repetition is answered like the first send and stores nothing. The delay is the queue's. */
  private static Decision sendInOrder(PartitionView state, QueueView queue, SendMessage command) {
    Deduplication key = command.deduplication();
    if (key == null || command.group().isEmpty()) {
      return Rejections.of(
          ErrorCode.MISSING_PARAMETER, "The request must contain the parameter MessageGroupId.");
    }
    long now = state.clock().queueMillis();
    RememberedSend before = queue.remembered(key);
    if (before != null && now - before.atMillis() < Limits.DEDUPLICATION_MILLIS) {
      return Decision.reply(new MessageRepeated(before.number(), before.deduplication().id()));
    }
    long delayMillis = queue.settings().delayMillis();
    if (delayMillis > 0 && queue.delayed() >= Limits.DELAYED_MESSAGES) {
      return tooManyDelayed();
    }
    long messages = queue.visible() + queue.inFlight() + queue.delayed();
    if (messages >= Limits.FIFO_MESSAGES || queue.rememberedSends() >= Limits.REMEMBERED_SENDS) {
      return Rejections.of(ErrorCode.REQUEST_THROTTLED, "The queue holds too many messages.");
    }
    MessageStored stored = stored(state, queue, command, delayMillis);
    List<Change> changes =
        List.of(stored, new DeduplicationRemembered(command.queue(), stored.number(), key, now));
    return new Decision(
        new MessageAccepted(stored.number()), changes, effects(command, delayMillis));
  }

  private static MessageStored stored(
      PartitionView state, QueueView queue, SendMessage command, long delayMillis) {
    return new MessageStored(
        command.queue(),
        queue.nextNumber(),
        state.clock().queueMillis() + delayMillis,
        state.clock().wallMillis(),
        state.retentionMillis(),
        command.group(),
        command.content());
  }

  private static List<Effect> effects(SendMessage command, long delayMillis) {
    return delayMillis > 0 ? List.of() : List.of(new MessagesReady(command.queue(), 1));
  }

  private static Decision tooManyDelayed() {
    return Rejections.of(
        ErrorCode.REQUEST_THROTTLED, "Too many messages of the queue are delayed.");
  }
}
