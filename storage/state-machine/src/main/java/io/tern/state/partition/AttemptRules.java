package io.tern.state.partition;

import io.tern.state.Change;
import io.tern.state.Change.AttemptRemembered;
import io.tern.state.Change.MessageHidden;
import io.tern.state.Command;
import io.tern.state.Command.ReceiveMessages;
import io.tern.state.Decision;
import io.tern.state.Delivery;
import io.tern.state.Rejections;
import io.tern.state.Reply.MessagesReceived;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.queue.QueueImage.Attempt;
import io.tern.state.queue.QueueView;
import io.tern.state.queue.Touched;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a receive from a FIFO queue gets that names an attempt id used before; called by
 * {@link ReceiveRules}.
 */
final class AttemptRules {
  private static final String NOT_RETRYABLE =
      "The receiveRequestAttemptId is not valid anymore since the receive call is not retryable.";

  private AttemptRules() {}

  /** The same messages again, or the error; null when the id stands for nothing. */
  static @Nullable Decision again(PartitionView state, QueueView queue, ReceiveMessages command) {
    long now = state.clock().queueMillis();
    Attempt attempt = queue.attempt(command.attemptId());
    if (attempt == null || now - attempt.atMillis() >= Limits.ATTEMPT_MILLIS) {
      return null;
    }
    long visibilityMillis =
        command.visibilityMillis() == Command.QUEUE_DEFAULT
            ? queue.settings().visibilityMillis()
            : command.visibilityMillis();
    List<Change> changes = new ArrayList<>();
    for (Delivery delivery : attempt.deliveries()) {
      Touched message = queue.touched(delivery.number());
      if (message == null || !isAsGiven(message, delivery, attempt)) {
        return Rejections.of(ErrorCode.INVALID_PARAMETER_VALUE, NOT_RETRYABLE);
      }
      changes.add(
          new MessageHidden(
              queue.queue(),
              delivery.number(),
              now + visibilityMillis,
              delivery.receiveCount(),
              now,
              delivery.firstReceivedMillis(),
              message.group()));
    }
    changes.add(
        new AttemptRemembered(
            queue.queue(),
            command.attemptId(),
            attempt.atMillis(),
            now + visibilityMillis,
            attempt.deliveries()));
    return Decision.of(new MessagesReceived(attempt.deliveries()), changes);
  }

  /** Neither received again, nor changed, nor visible again. */
  private static boolean isAsGiven(Touched message, Delivery delivery, Attempt attempt) {
    return message.isHidden()
        && message.receiveCount() == delivery.receiveCount()
        && message.visibleAtMillis() == attempt.untilMillis();
  }
}
