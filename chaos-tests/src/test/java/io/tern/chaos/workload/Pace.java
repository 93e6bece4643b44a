package io.tern.chaos.workload;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Lets all clients of a workload together make so many calls a second. Each call asks it first. */
final class Pace {
  private final long intervalNanos;
  private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());

  Pace(int callsPerSecond) {
    this.intervalNanos = callsPerSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / callsPerSecond;
  }

  /** For drains, which are to end soon. */
  static Pace unlimited() {
    return new Pace(0);
  }

  /** Returns when the next call may go. Time in which nobody called is not made up for. */
  void await() {
    long now = System.nanoTime();
    long turn = nextNanos.getAndUpdate(next -> (next - now < 0 ? now : next) + intervalNanos);
    while (intervalNanos > 0 && turn - System.nanoTime() > 0) {
      LockSupport.parkNanos(turn - System.nanoTime());
    }
  }
}
