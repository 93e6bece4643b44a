package io.tern.chaos.nemesis;

import io.tern.chaos.container.ContainerCluster;
import io.tern.chaos.container.ContainerNode;
import java.util.List;
import java.util.Random;

/** Every node of one zone is gone at once. */
final class ZoneDown implements Nemesis {
  @Override
  public String name() {
    return "zone-down";
  }

  @Override
  public Plane plane() {
    return Plane.PROCESS;
  }

  @Override
  public Fault inject(ContainerCluster cluster, Random chance) {
    String zone = Chance.node(cluster, chance).zone();
    List<ContainerNode> lost =
        cluster.nodes().stream().filter(node -> node.zone().equals(zone)).toList();
    lost.parallelStream().forEach(ContainerNode::kill);
    return Fault.at(lost, zone + " is gone", () -> lost.forEach(ContainerNode::start));
  }
}
