package io.tern.chaos.nemesis;

import io.tern.chaos.container.ContainerCluster;
import io.tern.chaos.container.ContainerNode;
import java.util.Random;

/** kill -9 of every node at once. */
final class KillAll implements Nemesis {
  @Override
  public String name() {
    return "kill-all";
  }

  @Override
  public Plane plane() {
    return Plane.PROCESS;
  }

  @Override
  public Fault inject(ContainerCluster cluster, Random chance) {
    cluster.nodes().parallelStream().forEach(ContainerNode::kill);
    return Fault.at(
        cluster.nodes(), "kill -9 of all", () -> cluster.nodes().forEach(ContainerNode::start));
  }
}
