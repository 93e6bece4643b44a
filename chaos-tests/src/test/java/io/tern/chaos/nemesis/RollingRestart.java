package io.tern.chaos.nemesis;

import io.tern.chaos.container.ContainerCluster;
import io.tern.chaos.container.ContainerNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Every node in turn is stopped and started; the next one only when all are ready. */
final class RollingRestart implements Nemesis {
  @Override
  public String name() {
    return "rolling-restart";
  }

  @Override
  public Plane plane() {
    return Plane.ALONE;
  }

  @Override
  public Fault inject(ContainerCluster cluster, Random chance) {
    List<Integer> codes = new ArrayList<>();
    for (ContainerNode node : Chance.shuffled(cluster.nodes(), chance)) {
      codes.add(node.stop());
      node.start();
      cluster.awaitReady();
    }
    return Fault.at(cluster.nodes(), "one after the other, exit codes " + codes, () -> {});
  }
}
