package io.tern.chaos.run;

import static org.awaitility.Awaitility.await;

import io.tern.chaos.container.ContainerCluster;
import io.tern.chaos.history.FaultEvent;
import io.tern.chaos.history.Recorder;
import io.tern.chaos.nemesis.Fault;
import io.tern.chaos.nemesis.Nemesis;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Injects the faults of a plan, heals them and records when. Used by {@link ChaosRun}. */
final class Faults {
  private record Injected(Nemesis nemesis, Fault fault, long atNanos) {}

  private final ContainerCluster cluster;
  private final Recorder recorder;
  private final Random chance;

  Faults(ContainerCluster cluster, Recorder recorder, long seed) {
    this.cluster = cluster;
    this.recorder = recorder;
    this.chance = new Random(seed);
  }

  /** Does one step; afterwards all nodes are ready. */
  void pass(Step step) {
    Deque<Injected> injected = new ArrayDeque<>();
    List<Long> healed = new ArrayList<>();
    try {
      for (Nemesis nemesis : step.nemeses()) {
        long at = System.nanoTime();
        Fault fault = nemesis.inject(cluster, chance);
        injected.push(new Injected(nemesis, fault, at));
        System.out.printf("  %s at %s: %s%n", nemesis.name(), fault.target(), fault.detail());
      }
      hold(step.holdMillis());
    } finally {
      // Healed whatever happens: the drain afterwards needs a whole cluster.
      for (Injected each : injected) {
        healed.add(System.nanoTime());
        each.fault().heal();
      }
    }
    cluster.awaitReady();
    long recovered = System.nanoTime();
    int i = 0;
    for (Injected each : injected) {
      Fault fault = each.fault();
      recorder.fault(
          new FaultEvent(
              each.nemesis().name(),
              fault.target(),
              fault.detail(),
              each.atNanos(),
              healed.get(i++),
              recovered));
    }
    hold(step.calmMillis());
  }

  /** Time is what a fault needs; there is no condition to wait for. */
  private static void hold(int millis) {
    if (millis > 0) {
      await("a fault lasts")
          .atMost(Duration.ofMillis(millis + 10_000L))
          .pollDelay(Duration.ofMillis(millis))
          .until(() -> true);
    }
  }
}
