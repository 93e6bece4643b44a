package io.tern.node.delivery;

import java.util.concurrent.TimeUnit;

/**
 * Keeps the deliveries of one subscription below a rate. May lead by a tenth of a second, so that a
 * high rate needs no alarm for each delivery. Its lane guards it.
 */
final class Throttle {
  private static final int LEAD_PART = 10;
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private int perSecond;
  private double allowed = 1;
  private long countedNanos;

  Throttle(long nowNanos) {
    this.countedNanos = nowNanos;
  }

  /**
   * How many may be made now.
   *
   * @param newPerSecond the rate in force, 0 for none
   */
  int allowed(int newPerSecond, long nowNanos) {
    if (newPerSecond == 0) {
      perSecond = 0;
      countedNanos = nowNanos;
      return Integer.MAX_VALUE;
    }
    double lead = Math.max(1, newPerSecond / (double) LEAD_PART);
    double gained = (double) (nowNanos - countedNanos) * newPerSecond / SECOND_NANOS;
    allowed = perSecond == 0 ? Math.min(allowed, lead) : allowed;
    allowed = Math.min(lead, allowed + gained);
    perSecond = newPerSecond;
    countedNanos = nowNanos;
    return (int) allowed;
  }

  void made(int count) {
    allowed -= count;
  }

  /** Until one more is allowed. */
  long waitMillis() {
    return perSecond == 0 ? 0 : (long) Math.ceil((1 - allowed) * 1_000 / perSecond);
  }
}
