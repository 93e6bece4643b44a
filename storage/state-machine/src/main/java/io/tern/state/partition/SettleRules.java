package io.tern.state.partition;

import io.tern.state.Arrival;
import io.tern.state.Change.MessageHidden;
import io.tern.state.Change.MessageParked;
import io.tern.state.Change.MessageRemoved;
import io.tern.state.Change.QueuePurged;
import io.tern.state.Command.ChangeVisibility;
import io.tern.state.Command.DeleteMessage;
import io.tern.state.Command.PurgeQueue;
import io.tern.state.Decision;
import io.tern.state.Effect.MessagesReady;
import io.tern.state.MoveTarget;
import io.tern.state.Rejections;
import io.tern.state.Reply;
import io.tern.state.TopicCommand.GiveUpMessage;
import io.tern.state.crossing.Crossing.ParkedMessage;
import io.tern.state.crossing.MoveReason;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.queue.QueueImage;
import io.tern.state.queue.QueueView;
import io.tern.state.queue.Touched;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of messages that were received: delete, change of visibility, purge. Called
 * by the machine.
 *
 * <p>The rules know no receipt handles and no queue names; where a text quotes one, the detail of
 * the refusal is the sentence after "Reason: " and the edge writes what goes before it.
 */
final class SettleRules {
  private static final Reply DONE = new Reply.Done();
  private static final Decision NOTHING = Decision.reply(DONE);
  private static final Arrival NO_PAST = new Arrival(null, 0, 0);
  private static final String GONE =
      "Message does not exist or is not available for visibility timeout change.";
  private static final String EXPIRED = "The receipt handle has expired.";
  private static final String TOO_LONG =
      "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]";

  private SettleRules() {}

  static Decision delete(PartitionView state, DeleteMessage command) {
    QueueView queue = state.queue(command.queue());
    if (queue == null) {
      return Rejections.queueDoesNotExist();
    }
    Touched message = queue.touched(command.number());
    if (wasNeverGivenOut(queue, message, command.number(), command.receiveCount())) {
      return Rejections.of(ErrorCode.RECEIPT_HANDLE_IS_INVALID);
    }
    if (message != null && isExpired(queue, message, command.receiveCount())) {
      return Rejections.of(ErrorCode.INVALID_PARAMETER_VALUE, EXPIRED);
    }
    return message != null && message.receiveCount() == command.receiveCount()
        ? Decision.done(List.of(new MessageRemoved(command.queue(), command.number())))
        : NOTHING;
  }

  /** Like a delete, but that the message goes on to the target. It arrives as a new one there. */
  static Decision giveUp(PartitionView state, GiveUpMessage command) {
    QueueView queue = state.queue(command.queue());
    if (queue == null) {
      return Rejections.queueDoesNotExist();
    }
    Touched message = queue.touched(command.number());
    if (message == null || message.receiveCount() != command.receiveCount()) {
      return NOTHING;
    }
    MoveTarget target = command.target();
    if (target == null) {
      return Decision.done(List.of(new MessageRemoved(command.queue(), command.number())));
    }
    Parking parking = new Parking(state);
    MessageParked parked =
        parking.park(
            command.queue(),
            command.number(),
            target,
            new ParkedMessage(
                target.queue(), command.queue(), MoveReason.UNDELIVERED, "", NO_PAST));
    return parked == null
        ? Rejections.of(ErrorCode.THROTTLED)
        : new Decision(DONE, List.of(parked), parking.effects());
  }

  static Decision changeVisibility(PartitionView state, ChangeVisibility command) {
    QueueView queue = state.queue(command.queue());
    if (queue == null) {
      return Rejections.queueDoesNotExist();
    }
    Touched message = queue.touched(command.number());
    if (wasNeverGivenOut(queue, message, command.number(), command.receiveCount())) {
      return Rejections.of(ErrorCode.RECEIPT_HANDLE_IS_INVALID);
    }
    if (message == null) {
      return Rejections.of(ErrorCode.INVALID_PARAMETER_VALUE, GONE);
    }
    if (isExpired(queue, message, command.receiveCount())) {
      return Rejections.of(ErrorCode.INVALID_PARAMETER_VALUE, EXPIRED);
    }
    long untilMillis = state.clock().queueMillis() + command.visibilityMillis();
    if (untilMillis - message.receivedAtMillis() > Limits.VISIBILITY_MILLIS) {
      return Rejections.of(ErrorCode.INVALID_PARAMETER_VALUE, TOO_LONG);
    }
    boolean show = command.visibilityMillis() <= 0;
    if (show && !message.isHidden()) {
      return NOTHING;
    }
    MessageHidden hidden =
        new MessageHidden(
            command.queue(),
            command.number(),
            untilMillis,
            message.receiveCount(),
            message.receivedAtMillis(),
            message.firstReceivedMillis(),
            message.group());
    return new Decision(
        DONE, List.of(hidden), show ? List.of(new MessagesReady(command.queue(), 1)) : List.of());
  }

  static Decision purge(PartitionView state, PurgeQueue command) {
    QueueView queue = state.queue(command.queue());
    if (queue == null) {
      return Rejections.queueDoesNotExist();
    }
    long now = state.clock().queueMillis();
    long before = queue.purgedAtMillis();
    if (before != QueueImage.NEVER && now - before < command.minimumIntervalMillis()) {
      return Rejections.of(ErrorCode.PURGE_QUEUE_IN_PROGRESS);
    }
    return Decision.done(List.of(new QueuePurged(command.queue(), queue.nextNumber() - 1, now)));
  }

  /** A FIFO queue takes only the newest receipt, and only while it hides its message. */
  private static boolean isExpired(QueueView queue, Touched message, int receiveCount) {
    return queue.settings().fifo()
        && (!message.isInFlight() || message.receiveCount() != receiveCount);
  }

  /** Whether no receipt of this number and count can exist. */
  private static boolean wasNeverGivenOut(
      QueueView queue, @Nullable Touched message, long number, int receiveCount) {
    if (number < 1 || number >= queue.nextNumber() || receiveCount < 1) {
      return true;
    }
    return message == null
        ? queue.isUntouched(number)
        : receiveCount > message.receiveCount()
            || receiveCount <= message.receiveCount() - message.receivesHere();
  }
}
