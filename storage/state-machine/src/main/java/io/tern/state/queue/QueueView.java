package io.tern.state.queue;

import io.tern.state.QueueId;
import io.tern.state.limits.QueueSettings;
import org.jspecify.annotations.Nullable;

/** The read-only face of a queue's index; all that rules see of it. */
public interface QueueView {
  QueueId queue();

  long version();

  QueueSettings settings();

  /** The number the next message gets. */
  long nextNumber();

  /** Queue time of the last purge, or {@link QueueImage#NEVER}. */
  long purgedAtMillis();

  long visible();

  int inFlight();

  int delayed();

  /** Whether the message is visible. */
  boolean isReady(long number);

  /** The message's trace, or null when it is untouched or gone. */
  @Nullable Touched touched(long number);

  /** All messages up to this number have outlived the retention period; 0 when none has. */
  long expiredUpTo(long retentionClockMillis);

  /** How many messages in flight have numbers up to this one. */
  int inFlightUpTo(long number);

  /** Writes the lowest visible numbers above the floor into the array and says how many. */
  int lowestReady(long floor, int max, long[] into);
}
