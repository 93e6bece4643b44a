package io.tern.chaos.nemesis;

import io.tern.chaos.container.Capability;
import io.tern.chaos.container.ContainerCluster;
import io.tern.chaos.container.ContainerNode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Wall clocks jump, or run too fast or too slow. */
final class ClockFault implements Nemesis {
  private static final List<Integer> JUMP_SECONDS = List.of(-3_600, -60, -5, 5, 60, 3_600);
  private static final List<Integer> DRIFT_PPM = List.of(-200_000, -5_000, 5_000, 200_000);

  private final boolean jump;

  /**
   * @param jump or drift
   */
  ClockFault(boolean jump) {
    this.jump = jump;
  }

  @Override
  public String name() {
    return jump ? "clock-jump" : "clock-drift";
  }

  @Override
  public Set<Capability> needs() {
    return Set.of(Capability.CLOCKS);
  }

  @Override
  public Plane plane() {
    return Plane.CLOCKS;
  }

  @Override
  public Fault inject(ContainerCluster cluster, Random chance) {
    StringBuilder detail = new StringBuilder();
    for (ContainerNode node : cluster.nodes()) {
      int amount = Chance.of(jump ? JUMP_SECONDS : DRIFT_PPM, chance);
      if (jump) {
        node.clock().jump(Duration.ofSeconds(amount));
      } else {
        node.clock().drift(amount);
      }
      detail.append(node.nodeId()).append(' ').append(amount).append(jump ? " s, " : " ppm, ");
    }
    detail.setLength(detail.length() - 2);
    return Fault.at(
        cluster.nodes(),
        detail.toString(),
        () -> cluster.nodes().forEach(node -> node.clock().heal()));
  }
}
