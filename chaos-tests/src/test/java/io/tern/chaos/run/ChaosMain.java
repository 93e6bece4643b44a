package io.tern.chaos.run;

import io.tern.chaos.container.Capability;
import io.tern.chaos.container.ClusterOptions;
import io.tern.chaos.container.Machine;
import io.tern.chaos.nemesis.Nemeses;
import io.tern.chaos.nemesis.Nemesis;
import io.tern.chaos.workload.Workloads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs seed after seed until the time is up: what {@code make chaos} calls. Settings are system
 * properties: {@code chaos.seed}, {@code chaos.seeds}, {@code chaos.minutes}, {@code chaos.steps},
 * {@code chaos.rate} in operations per second, {@code chaos.partitions} of data, {@code
 * chaos.nemeses}, {@code chaos.workloads}, and {@code chaos.each} for each of the nemeses once,
 * alone, instead of random mixtures. Ends with 1 when a run was red.
 */
public final class ChaosMain {
  private static final int STEPS = 4;
  private static final int EACH_MILLIS = 2_000;

  /** From one data partition to what a cluster has by default; the seed chooses. */
  private static final int PARTITIONS = 6;

  private ChaosMain() {}

  public static void main(String[] unused) {
    Machine machine = Machine.probe();
    machine.missing().forEach((what, why) -> System.out.println("without " + what + ": " + why));
    if (!machine.has(Capability.DOCKER)) {
      System.exit(2);
    }
    long first = Long.getLong("chaos.seed", 1);
    long seeds = Long.getLong("chaos.seeds", 1);
    long end = System.nanoTime() + Duration.ofMinutes(Long.getLong("chaos.minutes", 600)).toNanos();
    List<Nemesis> nemeses =
        Nemeses.possible(machine).stream()
            .filter(nemesis -> chosen("chaos.nemeses", nemesis.name()))
            .toList();
    List<String> workloads =
        Workloads.names().stream().filter(name -> chosen("chaos.workloads", name)).toList();
    int red = 0;
    for (long seed = first; seed < first + seeds && System.nanoTime() < end; seed++) {
      RunPlan plan = plan(seed, nemeses, workloads);
      int partitions = partitions(seed);
      System.out.printf("seed %d: %d partitions, %s%n", seed, partitions, plan.steps());
      ClusterOptions options = ClusterOptions.of(plan.name()).withPartitions(partitions);
      ChaosRun.Result result = ChaosRun.execute(machine, options, plan);
      System.out.println(Reports.write(result));
      red += result.isGreen() ? 0 : 1;
    }
    System.out.println(red == 0 ? "all green" : red + " runs were red");
    System.exit(red == 0 ? 0 : 1);
  }

  private static RunPlan plan(long seed, List<Nemesis> nemeses, List<String> workloads) {
    return Boolean.getBoolean("chaos.each")
        ? RunPlan.each("each-" + seed, seed, nemeses, workloads, EACH_MILLIS)
        : RunPlan.random(
            seed,
            Integer.getInteger("chaos.steps", STEPS),
            nemeses,
            workloads,
            Integer.getInteger("chaos.rate", RunPlan.OPERATIONS_PER_SECOND));
  }

  private static int partitions(long seed) {
    return Integer.getInteger("chaos.partitions", 1 + Math.floorMod(seed, PARTITIONS));
  }

  /** Everything is, unless a list was given. */
  private static boolean chosen(String property, String name) {
    return Optional.ofNullable(System.getProperty(property))
        .filter(list -> !list.isBlank())
        .map(list -> List.of(list.split(",")).contains(name))
        .orElse(true);
  }
}
