package io.tern.chaos.nemesis;

import io.tern.chaos.container.ContainerCluster;
import io.tern.chaos.container.ContainerNode;
import java.util.Random;

/** All threads of one node stand still, for longer than an election takes; its connections stay. */
final class Pause implements Nemesis {
  @Override
  public String name() {
    return "pause";
  }

  @Override
  public Plane plane() {
    return Plane.PROCESS;
  }

  @Override
  public Fault inject(ContainerCluster cluster, Random chance) {
    ContainerNode node = Chance.node(cluster, chance);
    node.pause();
    return Fault.at(node, "SIGSTOP", node::unpause);
  }
}
