package io.tern.chaos.checker;

import io.tern.chaos.history.FaultEvent;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;

/** Arithmetic of the harness clock, for all checkers: how far clocks and outcomes may stray. */
final class Times {
  static final long NEVER = Long.MAX_VALUE;

  /** Before everything, with room for sums. */
  static final long ALWAYS = Long.MIN_VALUE / 2;

  static final long SECOND = 1_000_000_000L;
  static final long MILLISECOND = 1_000_000L;

  private static final long FIXED_TOLERANCE = 50 * MILLISECOND;
  private static final long PPM = 200;

  private Times() {}

  /** What a server's clock may differ from ours over that long. */
  static long tolerance(long nanos) {
    return FIXED_TOLERANCE + nanos / 1_000_000 * PPM;
  }

  /** Until when the call may have had its effect, for an excuse: an unknown one for ever. */
  static long latestEffect(Operation operation) {
    return operation.isOk() ? operation.endedNanos() : NEVER;
  }

  /** When the last fault was over; calls in doubt have had their effect by then or never will. */
  static long lastRecovery(History history) {
    return history.faults().stream().mapToLong(FaultEvent::recoveredNanos).max().orElse(ALWAYS);
  }

  static long millis(long nanos) {
    return nanos / MILLISECOND;
  }
}
