package io.tern.node.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.node.config.WallClock;
import io.tern.node.raft.RaftFailure;
import io.tern.state.limits.Limits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PatientBarrierTest {
  private static final long WITHIN_SECONDS = 30;

  private final AtomicLong nowMillis = new AtomicLong();
  private final AtomicInteger tries = new AtomicInteger();

  @Test
  void passesWhenAnElectionIsOver() throws Exception {
    PatientBarrier barrier =
        new PatientBarrier(
            () ->
                tries.incrementAndGet() < 5
                    ? CompletableFuture.failedFuture(RaftFailure.unavailable("an election"))
                    : CompletableFuture.completedFuture(null),
            clock());
    barrier.get().get(WITHIN_SECONDS, TimeUnit.SECONDS);
    assertThat(tries).hasValue(5);
  }

  @Test
  void givesUpWhenThereIsNoLeaderInTime() throws Exception {
    PatientBarrier barrier =
        new PatientBarrier(
            () -> {
              tries.incrementAndGet();
              nowMillis.addAndGet(Limits.ROUTE_MILLIS / 2);
              return CompletableFuture.failedFuture(RaftFailure.unavailable("no majority"));
            },
            clock());
    assertThat(
            barrier
                .get()
                .handle((done, failure) -> RaftFailure.causeOf(failure))
                .get(WITHIN_SECONDS, TimeUnit.SECONDS))
        .isInstanceOf(RaftFailure.class);
    assertThat(tries).hasValue(2);
  }

  private WallClock clock() {
    return new WallClock() {
      @Override
      public long wallMillis() {
        return nowMillis.get();
      }

      @Override
      public long monotonicNanos() {
        return TimeUnit.MILLISECONDS.toNanos(nowMillis.get());
      }
    };
  }
}
