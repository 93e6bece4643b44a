package io.tern.chaos.nemesis;

import io.tern.chaos.container.ContainerCluster;
import io.tern.chaos.container.ContainerNode;
import java.util.Random;

/** kill -9 of the node that leads the most partitions. */
final class KillLeader implements Nemesis {
  @Override
  public String name() {
    return "kill-leader";
  }

  @Override
  public Plane plane() {
    return Plane.PROCESS;
  }

  @Override
  public Fault inject(ContainerCluster cluster, Random chance) {
    ContainerNode node = cluster.leader();
    node.kill();
    return Fault.at(node, "kill -9 of the node that leads most", node::start);
  }
}
