package io.tern.state.queue;

import io.tern.state.QueueId;
import io.tern.state.limits.QueueSettings;
import io.tern.state.queue.QueueImage.Attempt;
import io.tern.state.queue.QueueImage.RememberedSend;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The read-only face of a queue's index; all that rules see of it. */
public interface QueueView {
  QueueId queue();

  long version();

  QueueSettings settings();

  /** The number the next message gets. */
  long nextNumber();

  /** No message has a number below; the greatest long when the queue has none. */
  long oldestNumber();

  /** Queue time of the last purge, or {@link QueueImage#NEVER}. */
  long purgedAtMillis();

  /** Messages that are neither in flight nor delayed. */
  long visible();

  int inFlight();

  int delayed();

  /** Whether the message is visible and nobody received it yet; of a FIFO queue never said. */
  boolean isUntouched(long number);

  /** The message's trace, or null when it is untouched or gone. */
  @Nullable Touched touched(long number);

  /** All messages up to this number have outlived the retention period; 0 when none has. */
  long expiredUpTo(long retentionClockMillis);

  /** Messages that came from other queues and have outlived the retention period since. */
  List<Long> expiredArrivals(long retentionClockMillis, int limit);

  /** How many messages in flight have numbers up to this one. */
  int inFlightUpTo(long number);

  /** The messages above the floor that a receive may take, in the order it takes them. */
  List<Candidate> candidates(long floor, int max, long nowMillis);

  /**
   * The messages above the floor and up to a number that could be received: those a move task takes
   * next. Of a standard queue the oldest, whatever group they are of.
   */
  List<Candidate> movable(long floor, long upTo, int max);

  /** The queue's move tasks, the newest first. */
  List<MoveTask> tasks();

  /** Of a FIFO queue, the send remembered under that key, whenever it was; otherwise null. */
  @Nullable RememberedSend remembered(Deduplication key);

  /** How many sends are remembered. */
  int rememberedSends();

  /** The sends up to this number are older than the window; 0 when none is. */
  long forgettableUpTo(long nowMillis);

  /** Of a FIFO queue, what the attempt was given, if that is remembered. */
  @Nullable Attempt attempt(String attemptId);
}
