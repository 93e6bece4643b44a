package io.tern.node.routing;

import io.tern.node.config.WallClock;
import io.tern.state.limits.Limits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A barrier that waits out an election, as {@link PartitionRouter} does for commands. It changes
 * nothing, so it may be tried again whatever failed. Requests that must miss no queue pass it.
 */
public final class PatientBarrier implements Supplier<CompletableFuture<Void>> {
  private static final long FIRST_PAUSE_MILLIS = 5;
  private static final long LONGEST_PAUSE_MILLIS = 100;

  private final Supplier<CompletableFuture<Void>> barrier;
  private final WallClock clock;

  public PatientBarrier(Supplier<CompletableFuture<Void>> barrier, WallClock clock) {
    this.barrier = barrier;
    this.clock = clock;
  }

  @Override
  public CompletableFuture<Void> get() {
    long deadline = clock.monotonicNanos() + TimeUnit.MILLISECONDS.toNanos(Limits.ROUTE_MILLIS);
    return attempt(deadline, FIRST_PAUSE_MILLIS);
  }

  private CompletableFuture<Void> attempt(long deadlineNanos, long pauseMillis) {
    return barrier
        .get()
        .exceptionallyCompose(failure ->
            clock.monotonicNanos() - deadlineNanos >= 0
                ? CompletableFuture.failedFuture(failure)
                : pause(pauseMillis)
                    .thenCompose(done ->
                        attempt(deadlineNanos, Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis))));
  }

  private static CompletableFuture<Void> pause(long millis) {
    return new CompletableFuture<Void>().completeOnTimeout(null, millis, TimeUnit.MILLISECONDS);
  }
}
