package io.tern.chaos.nemesis;

import io.tern.chaos.container.ContainerCluster;
import io.tern.chaos.container.ContainerNode;
import java.util.Random;

/** kill -9 of one node. */
final class Kill implements Nemesis {
  @Override
  public String name() {
    return "kill";
  }

  @Override
  public Plane plane() {
    return Plane.PROCESS;
  }

  @Override
  public Fault inject(ContainerCluster cluster, Random chance) {
    ContainerNode node = Chance.node(cluster, chance);
    node.kill();
    return Fault.at(node, "kill -9", node::start);
  }
}
