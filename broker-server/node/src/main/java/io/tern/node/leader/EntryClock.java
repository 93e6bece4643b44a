package io.tern.node.leader;

import io.tern.node.config.WallClock;
import io.tern.state.EntryTime;
import java.util.concurrent.TimeUnit;

/**
 * The times of one leadership: queue time goes on from the last one in the log by what the leader's
 * own monotonic clock counts, so that a wall clock that jumps changes no lease.
 */
public final class EntryClock {
  private final WallClock clock;
  private final long firstQueueMillis;
  private final long firstNanos;

  /**
   * Begins to count now.
   *
   * @param lastQueueMillis queue time of the last entry in the log
   */
  public EntryClock(WallClock clock, long lastQueueMillis) {
    this.clock = clock;
    this.firstQueueMillis = lastQueueMillis;
    this.firstNanos = clock.monotonicNanos();
  }

  long queueMillis() {
    return firstQueueMillis + TimeUnit.NANOSECONDS.toMillis(clock.monotonicNanos() - firstNanos);
  }

  /** What an entry made now is stamped with. */
  public EntryTime now() {
    return new EntryTime(queueMillis(), clock.wallMillis());
  }
}
