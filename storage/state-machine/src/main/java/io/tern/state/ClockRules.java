package io.tern.state;

import io.tern.state.Change.ClockAdvanced;
import io.tern.state.limits.Limits;

/** How time goes on; the same for every machine. */
public final class ClockRules {
  /** Queue time in which the retention clock may be slewed by a millisecond. */
  private static final long SLEW_MILLIS = 1_000_000 / Limits.RETENTION_SLEW_PPM;

  private ClockRules() {}

  /**
   * Queue time never goes back. The retention clock goes with it and is slewed a little towards the
   * wall clock; it starts with the wall clock of the first entry.
   *
   * <p>The slew allowed is counted by the whole slices of queue time that went by, so that many
   * small steps allow as much as a long one.
   */
  public static ClockAdvanced advance(EntryTime last, long lastRetentionMillis, EntryTime time) {
    long now = Math.max(last.queueMillis(), time.queueMillis());
    EntryTime next = new EntryTime(now, time.wallMillis());
    if (lastRetentionMillis == 0) {
      return new ClockAdvanced(next, time.wallMillis());
    }
    long unslewed = lastRetentionMillis + (now - last.queueMillis());
    long allowed = Math.floorDiv(now, SLEW_MILLIS) - Math.floorDiv(last.queueMillis(), SLEW_MILLIS);
    long slew = Math.clamp(time.wallMillis() - unslewed, -allowed, allowed);
    return new ClockAdvanced(next, unslewed + slew);
  }
}
