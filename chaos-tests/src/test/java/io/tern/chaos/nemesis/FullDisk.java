package io.tern.chaos.nemesis;

import io.tern.chaos.container.Capability;
import io.tern.chaos.container.ContainerCluster;
import io.tern.chaos.container.ContainerNode;
import java.util.Random;
import java.util.Set;

/** One node's disk is full. The node may end itself; it is started when there is room again. */
final class FullDisk implements Nemesis {
  @Override
  public String name() {
    return "full-disk";
  }

  @Override
  public Set<Capability> needs() {
    return Set.of(Capability.DISKS);
  }

  @Override
  public Plane plane() {
    return Plane.ALONE;
  }

  @Override
  public Fault inject(ContainerCluster cluster, Random chance) {
    ContainerNode node = Chance.node(cluster, chance);
    node.disk().fill();
    return Fault.at(
        node,
        "no byte left",
        () -> {
          node.disk().makeRoom();
          if (!node.isRunning()) {
            node.start();
          }
        });
  }
}
