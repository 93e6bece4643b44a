package io.tern.chaos.nemesis;

import io.tern.chaos.container.ContainerCluster;
import io.tern.chaos.container.ContainerNode;
import java.util.Random;

/** SIGTERM: the node takes its leave. */
final class Stop implements Nemesis {
  @Override
  public String name() {
    return "stop";
  }

  @Override
  public Plane plane() {
    return Plane.PROCESS;
  }

  @Override
  public Fault inject(ContainerCluster cluster, Random chance) {
    ContainerNode node = Chance.node(cluster, chance);
    int code = node.stop();
    return Fault.at(node, "SIGTERM, exit code " + code, node::start);
  }
}
