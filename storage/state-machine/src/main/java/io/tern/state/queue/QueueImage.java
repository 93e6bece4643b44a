package io.tern.state.queue;

import io.tern.state.QueueId;
import io.tern.state.limits.QueueSettings;
import java.util.List;

/**
 * The index of one queue.
 *
 * @param nextNumber the number of the next message
 * @param purgedAtMillis queue time of the last purge, or {@link #NEVER}
 * @param ready the visible messages as intervals, ascending
 * @param touched messages that are delayed, in flight, or visible again after a receive; ascending
 *     by number
 * @param sentMarks ascending
 */
public record QueueImage(
    QueueId queue,
    long version,
    QueueSettings settings,
    long nextNumber,
    long purgedAtMillis,
    List<MessageRange> ready,
    List<TouchedMessage> touched,
    List<SentMark> sentMarks) {

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
   */
  public record TouchedMessage(
      long number,
      long visibleAtMillis,
      int receiveCount,
      long receivedAtMillis,
      long firstReceivedMillis) {}

  /** All messages up to this number were sent at this retention time or before. */
  public record SentMark(long number, long retentionMillis) {}
}
