package io.tern.chaos.run;

import io.tern.chaos.nemesis.Nemesis;
import io.tern.chaos.nemesis.Plane;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What one run does, all of it from its seed.
 *
 * @param name for its folder and report
 * @param workloads names, as in {@link io.tern.chaos.workload.Workloads}
 * @param operationsPerSecond all workloads together
 */
record RunPlan(
    String name, long seed, List<Step> steps, List<String> workloads, int operationsPerSecond) {
  /** More makes the two cores of a small machine the fault. */
  static final int OPERATIONS_PER_SECOND = 110;

  private static final int LONGEST_HOLD_MILLIS = 9_000;
  private static final int SHORTEST_HOLD_MILLIS = 2_500;
  private static final int LONGEST_CALM_MILLIS = 3_000;

  /** How often one fault comes alone, and how often two come together; in 100. */
  private static final int ALONE_PERCENT = 50;

  private static final int TWO_PERCENT = 85;

  /** Each of these faults once, alone, in this order. */
  static RunPlan each(
      String name, long seed, List<Nemesis> nemeses, List<String> workloads, int holdMillis) {
    List<Step> steps =
        nemeses.stream().map(nemesis -> new Step(List.of(nemesis), holdMillis, 500)).toList();
    return new RunPlan(name, seed, steps, workloads, OPERATIONS_PER_SECOND);
  }

  /** So many random steps. */
  static RunPlan random(
      long seed, int steps, List<Nemesis> nemeses, List<String> workloads, int rate) {
    Random chance = new Random(seed);
    List<Step> all = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      int hold = chance.nextInt(SHORTEST_HOLD_MILLIS, LONGEST_HOLD_MILLIS);
      all.add(new Step(mixture(nemeses, chance), hold, chance.nextInt(LONGEST_CALM_MILLIS)));
    }
    return new RunPlan("seed-" + seed, seed, List.copyOf(all), workloads, rate);
  }

  private static List<Nemesis> mixture(List<Nemesis> nemeses, Random chance) {
    List<Nemesis> shuffled = new ArrayList<>(nemeses);
    Collections.shuffle(shuffled, chance);
    int dice = chance.nextInt(100);
    int wanted = dice < ALONE_PERCENT ? 1 : dice < TWO_PERCENT ? 2 : 3;
    List<Nemesis> mixture = new ArrayList<>(List.of(shuffled.getFirst()));
    Set<Plane> taken = EnumSet.of(shuffled.getFirst().plane(), Plane.ALONE);
    for (Nemesis nemesis : shuffled) {
      boolean fits = shuffled.getFirst().plane() != Plane.ALONE && !taken.contains(nemesis.plane());
      if (mixture.size() < wanted && fits) {
        mixture.add(nemesis);
        taken.add(nemesis.plane());
      }
    }
    return List.copyOf(mixture);
  }
}
