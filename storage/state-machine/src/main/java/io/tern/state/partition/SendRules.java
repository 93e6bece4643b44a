package io.tern.state.partition;

import io.tern.state.Change.MessageStored;
import io.tern.state.Command;
import io.tern.state.Command.SendMessage;
import io.tern.state.Decision;
import io.tern.state.Effect.MessagesReady;
import io.tern.state.Rejections;
import io.tern.state.Reply.MessageAccepted;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
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
    long delayMillis =
        command.delayMillis() == Command.QUEUE_DEFAULT
            ? queue.settings().delayMillis()
            : command.delayMillis();
    boolean delayed = delayMillis > 0;
    if (delayed && queue.delayed() >= Limits.DELAYED_MESSAGES) {
      return Rejections.of(
          ErrorCode.REQUEST_THROTTLED, "Too many messages of the queue are delayed.");
    }
    MessageStored stored =
        new MessageStored(
            command.queue(),
            queue.nextNumber(),
            state.clock().queueMillis() + delayMillis,
            state.clock().wallMillis(),
            state.retentionMillis(),
            command.group(),
            command.content());
    return new Decision(
        new MessageAccepted(stored.number()),
        List.of(stored),
        delayed ? List.of() : List.of(new MessagesReady(command.queue(), 1)));
  }
}
