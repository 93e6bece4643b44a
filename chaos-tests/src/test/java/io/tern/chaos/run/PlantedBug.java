package io.tern.chaos.run;

import io.tern.chaos.mutation.Mutation;
import io.tern.chaos.nemesis.LyingDisks;
import io.tern.chaos.nemesis.Nemeses;
import io.tern.chaos.nemesis.Nemesis;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A bug, the faults that bring it to light, and the checkers of which one must find it.
 *
 * @param mutation empty when it is the disks that are mutated
 */
record PlantedBug(
    String name,
    Optional<Mutation> mutation,
    List<String> workloads,
    List<Step> steps,
    Set<String> checkers) {
  private static final int OPERATIONS_PER_SECOND = 120;

  RunPlan plan() {
    return new RunPlan("mutation-" + name, 1, steps, workloads, OPERATIONS_PER_SECOND);
  }

  static List<PlantedBug> all() {
    return List.of(
        new PlantedBug(
            "fsync-off",
            Optional.empty(),
            List.of("standard", "fifo"),
            List.of(new Step(List.of(new LyingDisks()), 500, 2_000)),
            Set.of("no-loss")),
        new PlantedBug(
            "deduplication-not-in-checkpoints",
            Optional.of(Mutation.DEDUPLICATION_NOT_IN_CHECKPOINTS),
            List.of("standard", "fifo"),
            List.of(
                // Long enough that every partition has made a checkpoint after its first sends.
                new Step(List.of(), 20_000, 0),
                new Step(List.of(nemesis("kill-all")), 2_000, 10_000)),
            Set.of("deduplication", "nothing-invented")),
        new PlantedBug(
            "inbox-without-numbers",
            Optional.of(Mutation.INBOX_WITHOUT_NUMBERS),
            List.of("fan-out", "fifo-topic", "dead-letter"),
            List.of(
                new Step(List.of(nemesis("kill-leader")), 4_000, 2_000),
                new Step(List.of(nemesis("partition-minority")), 5_000, 2_000),
                new Step(List.of(nemesis("kill-leader")), 4_000, 2_000)),
            Set.of("fan-out")),
        new PlantedBug(
            "clock-not-clamped",
            Optional.of(Mutation.CLOCK_NOT_CLAMPED),
            List.of("standard", "visibility", "delays"),
            List.of(
                new Step(List.of(nemesis("clock-jump")), 5_000, 2_000),
                new Step(List.of(nemesis("clock-jump")), 5_000, 2_000)),
            Set.of("lease", "delay")));
  }

  private static Nemesis nemesis(String name) {
    return Nemeses.all().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
  }
}
