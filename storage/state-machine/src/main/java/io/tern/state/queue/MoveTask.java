package io.tern.state.queue;

import io.tern.state.MoveTarget;
import org.jspecify.annotations.Nullable;

/**
 * A move of a dead-letter queue's messages and how far it got.
 *
 * @param destination where all messages go, or null for each to where it came from
 * @param perSecond how many messages a second, 0 when the server decides
 * @param moved how many have left the queue
 * @param toMove how many there were at the start
 * @param lastNumber messages above this number came later and are left alone
 * @param startedMillis wall clock
 * @param failureReason empty unless it failed
 */
public record MoveTask(
    String taskId,
    @Nullable MoveTarget destination,
    int perSecond,
    Status status,
    long moved,
    long toMove,
    long lastNumber,
    long startedMillis,
    String failureReason) {

  /** The reason when a destination is not there; the code that AWS names. */
  public static final String NO_DESTINATION = "AWS.SimpleQueueService.NonExistentQueue";

  /** The reason when a message was sent to the queue directly and no destination was given. */
  public static final String NO_SOURCE = "CouldNotDetermineMessageSource";

  /** How a task stands; the names are those of the API. */
  public enum Status {
    RUNNING,
    COMPLETED,
    CANCELLED,
    FAILED
  }

  public boolean isRunning() {
    return status == Status.RUNNING;
  }

  /** The same task with so many more messages moved. */
  public MoveTask advanced(long more) {
    return with(status, moved + more, failureReason);
  }

  /** The same task at its end. */
  public MoveTask ended(Status end, String reason) {
    return with(end, moved, reason);
  }

  private MoveTask with(Status newStatus, long newMoved, String reason) {
    return new MoveTask(
        taskId,
        destination,
        perSecond,
        newStatus,
        newMoved,
        toMove,
        lastNumber,
        startedMillis,
        reason);
  }
}
