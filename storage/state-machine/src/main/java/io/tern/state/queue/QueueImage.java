package io.tern.state.queue;

import io.tern.state.Arrival;
import io.tern.state.Delivery;
import io.tern.state.QueueId;
import io.tern.state.limits.QueueSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The index of one queue.
 *
 * @param nextNumber the number of the next message
 * @param purgedAtMillis queue time of the last purge, or {@link #NEVER}
 * @param ready the visible messages as intervals, ascending
 * @param touched messages that are delayed, in flight, or visible again after a receive; ascending
 *     by number
 * @param sentMarks ascending
 * @param groups of a FIFO queue, all messages of each group: first the groups that a receive would
 *     serve, in its order, then the others by name; of a standard queue, the visible messages of
 *     each group, by name
 * @param delayed of a FIFO queue, ascending; a standard queue has them among the touched
 * @param deduplication ascending by number
 * @param attempts the oldest first
 * @param tasks the newest first
 */
public record QueueImage(
    QueueId queue,
    long version,
    QueueSettings settings,
    long nextNumber,
    long purgedAtMillis,
    List<MessageRange> ready,
    List<TouchedMessage> touched,
    List<SentMark> sentMarks,
    List<GroupImage> groups,
    List<DelayedMessage> delayed,
    List<RememberedSend> deduplication,
    List<Attempt> attempts,
    List<MoveTask> tasks) {

  /** No purge yet. */
  public static final long NEVER = -1;

  /** Message numbers from first to last, both included. */
  public record MessageRange(long first, long last) {}

  /**
   * A message that is more than ready.
   *
   * @param visibleAtMillis queue time
   * @param receiveCount 0 when it was never received
   * @param receivedAtMillis queue time of the newest receive
   * @param firstReceivedMillis wall clock of the first receive
   * @param group the message group, empty for none
   * @param arrival its past in other queues, or null
   * @param arrivedSentMillis when it was first sent, in the retention clock; 0 without a past
   */
  public record TouchedMessage(
      long number,
      long visibleAtMillis,
      int receiveCount,
      long receivedAtMillis,
      long firstReceivedMillis,
      String group,
      @Nullable Arrival arrival,
      long arrivedSentMillis) {}

  /**
   * Messages of one group, ascending.
   *
   * @param usedMillis of a standard queue: consumer time the group used lately
   * @param usedSlice the slice of time in which that was counted
   */
  public record GroupImage(String group, Numbers numbers, long usedMillis, long usedSlice) {}

  /** A delayed message of a FIFO queue; queue time of its send. */
  public record DelayedMessage(long number, long sentAtMillis) {}

  /** A send that must not be repeated; queue time. */
  public record RememberedSend(long number, Deduplication deduplication, long atMillis) {}

  /** What a receive gave out; queue times. */
  public record Attempt(
      String attemptId, long atMillis, long untilMillis, List<Delivery> deliveries) {}

  /** All messages up to this number were sent at this retention time or before. */
  public record SentMark(long number, long retentionMillis) {}
}
