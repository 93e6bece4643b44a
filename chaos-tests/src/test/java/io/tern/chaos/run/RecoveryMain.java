package io.tern.chaos.run;

import static org.awaitility.Awaitility.await;

import io.tern.chaos.container.ClusterOptions;
import io.tern.chaos.container.ContainerCluster;
import io.tern.chaos.container.Machine;
import io.tern.chaos.nemesis.Fault;
import io.tern.chaos.nemesis.Nemeses;
import io.tern.chaos.nemesis.Nemesis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long queues take no message because of a fault: what {@code make recovery} calls.
 * Faults are those named by {@code chaos.nemeses}, each {@code chaos.times} times; every queue is
 * tried at every node all the time. The gap of a fault is the longest time between two
 * acknowledgements that any queue had, from before it until each has acknowledged a message that
 * was sent after it.
 */
public final class RecoveryMain {
  private static final Duration GOES_ON_WITHIN = Duration.ofSeconds(60);

  private RecoveryMain() {}

  public static void main(String[] unused) {
    int times = Integer.getInteger("chaos.times", 10);
    List<String> names =
        List.of(System.getProperty("chaos.nemeses", "kill-leader,zone-down,pause").split(","));
    Machine machine = Machine.probe();
    try (ContainerCluster cluster = ContainerCluster.start(machine, ClusterOptions.of("recovery"));
        Probes probes = Probes.start(cluster.endpoints())) {
      for (Nemesis nemesis : Nemeses.possible(machine)) {
        if (names.contains(nemesis.name())) {
          measure(cluster, probes, nemesis, times);
        }
      }
    }
    System.exit(0);
  }

  private static void measure(ContainerCluster cluster, Probes probes, Nemesis nemesis, int times) {
    List<Long> gaps = new ArrayList<>();
    Random chance = new Random(times);
    for (int i = 0; i < times; i++) {
      long before = System.nanoTime();
      await("all queues go on")
          .atMost(GOES_ON_WITHIN)
          .until(() -> probes.allAcknowledgedSince(before));
      long quiet = System.nanoTime();
      Fault fault = nemesis.inject(cluster, chance);
      // Before this moment a message may still have been taken by who was to be hit.
      long injected = System.nanoTime();
      await("all queues go on without it")
          .atMost(GOES_ON_WITHIN)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> probes.allAcknowledgedSince(injected));
      long gap = TimeUnit.NANOSECONDS.toMillis(probes.longestGapNanos(quiet, injected));
      gaps.add(gap);
      fault.heal();
      cluster.awaitReady();
      System.out.printf(
          "%s %d of %d at %s: %d ms%n", nemesis.name(), i + 1, times, fault.target(), gap);
    }
    Collections.sort(gaps);
    System.out.printf(
        "%s: %d times, median %d ms, 95 %% %d ms, worst %d ms%n",
        nemesis.name(),
        times,
        gaps.get(times / 2),
        gaps.get(Math.min(times - 1, times * 95 / 100)),
        gaps.getLast());
  }
}
