package io.tern.state.model;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** One step of a random history. */
sealed interface Step {
  record Send(int queue, long delayMillis) implements Step {}

  record Receive(int queue, int max, long visibilityMillis) implements Step {}

  record Delete(int queue, long number, int receipt) implements Step {}

  record ChangeVisibility(int queue, long number, int receipt, long visibilityMillis)
      implements Step {}

  record Purge(int queue, long intervalMillis) implements Step {}

  record Install(int queue, long visibilityMillis, long delayMillis, long retentionMillis)
      implements Step {}

  record Remove(int queue) implements Step {}

  record Tick() implements Step {}

  record Wait(long queueMillis, long wallMillis) implements Step {}

  record Restart() implements Step {}

  /** Two queues and few messages, so that steps meet. */
  static Arbitrary<Step> any() {
    Arbitrary<Integer> queue = Arbitraries.of(0, 0, 0, 1);
    Arbitrary<Long> number = Arbitraries.longs().between(0, 12);
    Arbitrary<Integer> receipt = Arbitraries.integers().between(0, 4);
    Arbitrary<Long> delay = Arbitraries.of(-1L, -1L, 0L, 1_000L, 20_000L);
    Arbitrary<Long> visibility = Arbitraries.of(-1L, 0L, 1_000L, 30_000L, 43_200_000L);
    Arbitrary<Long> change = Arbitraries.of(0L, 1_000L, 30_000L, 43_200_000L);
    Arbitrary<Long> pause = Arbitraries.of(0L, 1L, 999L, 1_000L, 15_000L, 61_000L, 7_200_000L);
    Arbitrary<Long> retention = Arbitraries.of(60_000L, 600_000L, 345_600_000L);
    return Arbitraries.frequencyOf(
        Tuple.of(10, Combinators.combine(queue, delay).as(Send::new)),
        Tuple.of(
            10,
            Combinators.combine(queue, Arbitraries.integers().between(1, 10), visibility)
                .as(Receive::new)),
        Tuple.of(6, Combinators.combine(queue, number, receipt).as(Delete::new)),
        Tuple.of(6, Combinators.combine(queue, number, receipt, change).as(ChangeVisibility::new)),
        Tuple.of(1, Combinators.combine(queue, Arbitraries.of(0L, 60_000L)).as(Purge::new)),
        Tuple.of(
            2,
            Combinators.combine(
                    queue,
                    Arbitraries.of(0L, 10_000L, 30_000L),
                    Arbitraries.of(0L, 0L, 5_000L),
                    retention)
                .as(Install::new)),
        Tuple.of(1, queue.map(Remove::new)),
        Tuple.of(2, Arbitraries.just(new Tick())),
        Tuple.of(
            8, Combinators.combine(pause, Arbitraries.of(0L, 0L, -5_000L, 60_000L)).as(Wait::new)),
        Tuple.of(2, Arbitraries.just(new Restart())));
  }
}
