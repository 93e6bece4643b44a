package io.tern.state.model;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** One step of a random history. Queues are numbers; {@link Places} says what they are. */
sealed interface Step {

  /** About topics. */
  sealed interface OfTopics extends Step {}

  /** A key below zero is one that nobody uses twice. */
  record Send(int queue, int group, int key, long delayMillis) implements Step {}

  /** Attempt 0 is none. */
  record Receive(int queue, int max, long visibilityMillis, int attempt) implements Step {}

  record Delete(int queue, long number, int receipt) implements Step {}

  /** With a receipt that was given out. */
  record DeleteReceived(int receipt) implements Step {}

  record ChangeVisibility(int queue, long number, int receipt, long visibilityMillis)
      implements Step {}

  /** With a receipt that was given out. */
  record ChangeReceived(int receipt, long visibilityMillis) implements Step {}

  record Purge(int queue, long intervalMillis) implements Step {}

  /** Dead letters go to the target, if it is of the same kind and another queue. */
  record Install(
      int queue,
      long visibilityMillis,
      long delayMillis,
      long retentionMillis,
      int deadLetterTarget,
      int maxReceives)
      implements Step {}

  record Remove(int queue) implements Step {}

  /** A destination below zero sends each message where it came from. */
  record StartTask(int queue, int destination) implements Step {}

  record AdvanceTask(int queue, int max, boolean withRoutes) implements Step {}

  record CancelTask(int queue) implements Step {}

  /**
   * A topic gets newer settings, or begins.
   *
   * @param topic 0 is a standard topic, 1 a FIFO topic
   */
  record InstallTopic(int topic, long archiveMillis) implements OfTopics {}

  record RemoveTopic(int topic) implements OfTopics {}

  /**
   * To queues by the bits of a number, as far as they fit the topic; a key below zero is one that
   * nobody uses twice.
   *
   * @param deadLetterTarget a queue that takes what a target does not, if it is of the same kind
   */
  record Publish(int topic, int targets, int group, int key, int deadLetterTarget)
      implements OfTopics {}

  /** With a receipt that was given out; to a queue, or below zero to none. */
  record GiveUp(int receipt, int target) implements OfTopics {}

  /** The FIFO topic's archive, to a queue. */
  record StartReplay(int queue, boolean withEnd) implements OfTopics {}

  /** The leader's next step of a replay, of the newest version or not. */
  record AdvanceReplay(int queue, int max, boolean late) implements OfTopics {}

  record EndReplay(int queue) implements OfTopics {}

  /** Carries the oldest of what waits, taken before or not. */
  record Deliver(int from, int to, int count) implements Step {}

  /** Forgets what was taken. */
  record Settle(int from, int to) implements Step {}

  record Tick() implements Step {}

  record Wait(long queueMillis, long wallMillis) implements Step {}

  record Restart() implements Step {}

  /** Few queues, groups and messages, so that steps meet. */
  static Arbitrary<Step> any() {
    return Arbitraries.oneOf(messages(), messages(), messages(), surroundings(), topics());
  }

  private static Arbitrary<Integer> queues() {
    return Arbitraries.of(0, 0, 1, 1, 1, 2, 3, 4);
  }

  private static Arbitrary<Step> messages() {
    Arbitrary<Long> number = Arbitraries.longs().between(0, 12);
    Arbitrary<Integer> receipt = Arbitraries.integers().between(0, 4);
    Arbitrary<Integer> received = Arbitraries.integers().between(0, 7);
    Arbitrary<Long> delay = Arbitraries.of(-1L, -1L, 0L, 1_000L, 20_000L);
    Arbitrary<Long> visibility = Arbitraries.of(-1L, 0L, 1_000L, 30_000L, 43_200_000L);
    Arbitrary<Long> change = Arbitraries.of(0L, 1_000L, 30_000L, 43_200_000L);
    Arbitrary<Long> pause = Arbitraries.of(0L, 1L, 999L, 1_000L, 15_000L, 61_000L, 310_000L);
    return Arbitraries.frequencyOf(
        Tuple.of(
            12,
            Combinators.combine(
                    queues(),
                    Arbitraries.integers().between(0, 3),
                    Arbitraries.of(-1, -1, -1, 0, 1, 2),
                    delay)
                .as(Send::new)),
        Tuple.of(
            12,
            Combinators.combine(
                    queues(),
                    Arbitraries.of(1, 2, 3, 10),
                    visibility,
                    Arbitraries.of(0, 0, 0, 1, 2))
                .as(Receive::new)),
        Tuple.of(1, Combinators.combine(queues(), number, receipt).as(Delete::new)),
        Tuple.of(6, received.map(DeleteReceived::new)),
        Tuple.of(
            1, Combinators.combine(queues(), number, receipt, change).as(ChangeVisibility::new)),
        Tuple.of(6, Combinators.combine(received, change).as(ChangeReceived::new)),
        Tuple.of(
            8, Combinators.combine(pause, Arbitraries.of(0L, 0L, -5_000L, 60_000L)).as(Wait::new)));
  }

  private static Arbitrary<Step> surroundings() {
    Arbitrary<Integer> place = Arbitraries.integers().between(1, 2);
    Arbitrary<Integer> queue = Arbitraries.integers().between(0, 4);
    return Arbitraries.frequencyOf(
        Tuple.of(1, Combinators.combine(queue, Arbitraries.of(0L, 60_000L)).as(Purge::new)),
        Tuple.of(
            5,
            Combinators.combine(
                    queue,
                    Arbitraries.of(0L, 10_000L, 30_000L),
                    Arbitraries.of(0L, 0L, 5_000L, 10_000L),
                    Arbitraries.of(60_000L, 600_000L, 345_600_000L),
                    queue,
                    Arbitraries.integers().between(1, 2))
                .as(Install::new)),
        Tuple.of(1, queue.map(Remove::new)),
        Tuple.of(
            2,
            Combinators.combine(queue, Arbitraries.integers().between(-1, 4)).as(StartTask::new)),
        Tuple.of(
            3,
            Combinators.combine(queue, Arbitraries.of(1, 10), Arbitraries.of(true, true, false))
                .as(AdvanceTask::new)),
        Tuple.of(1, queue.map(CancelTask::new)),
        Tuple.of(6, Combinators.combine(place, place, Arbitraries.of(1, 5)).as(Deliver::new)),
        Tuple.of(3, Combinators.combine(place, place).as(Settle::new)),
        Tuple.of(2, Arbitraries.just(new Tick())),
        Tuple.of(2, Arbitraries.just(new Restart())));
  }

  private static Arbitrary<Step> topics() {
    Arbitrary<Integer> topic = Arbitraries.of(0, 1, 1);
    Arbitrary<Integer> queue = Arbitraries.integers().between(0, 4);
    return Arbitraries.frequencyOf(
        Tuple.of(
            20,
            Combinators.combine(
                    topic,
                    Arbitraries.integers().between(0, 31),
                    Arbitraries.integers().between(0, 3),
                    Arbitraries.of(-1, -1, -1, 0, 1, 2),
                    Arbitraries.integers().between(-1, 4))
                .as(Publish::new)),
        Tuple.of(
            4,
            Combinators.combine(
                    Arbitraries.integers().between(0, 7), Arbitraries.integers().between(-1, 4))
                .as(GiveUp::new)),
        Tuple.of(
            3,
            Combinators.combine(topic, Arbitraries.of(0L, 60_000L, 600_000L))
                .as(InstallTopic::new)),
        Tuple.of(1, topic.map(RemoveTopic::new)),
        Tuple.of(4, Combinators.combine(queue, Arbitraries.of(true, false)).as(StartReplay::new)),
        Tuple.of(
            12,
            Combinators.combine(
                    queue, Arbitraries.of(1, 2, 10), Arbitraries.of(false, false, false, true))
                .as(AdvanceReplay::new)),
        Tuple.of(1, queue.map(EndReplay::new)));
  }
}
