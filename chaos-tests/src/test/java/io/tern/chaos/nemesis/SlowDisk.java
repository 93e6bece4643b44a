package io.tern.chaos.nemesis;

import io.tern.chaos.container.Capability;
import io.tern.chaos.container.ContainerCluster;
import io.tern.chaos.container.ContainerNode;
import java.util.Random;
import java.util.Set;

/** Each flush of one node's disk takes long. */
final class SlowDisk implements Nemesis {
  @Override
  public String name() {
    return "slow-disk";
  }

  @Override
  public Set<Capability> needs() {
    return Set.of(Capability.DISKS);
  }

  @Override
  public Plane plane() {
    return Plane.FLUSHES;
  }

  @Override
  public Fault inject(ContainerCluster cluster, Random chance) {
    ContainerNode node = Chance.node(cluster, chance);
    int millis = 50 + chance.nextInt(350);
    node.disk().slow(millis);
    return Fault.at(node, "each flush " + millis + " ms", node.disk()::heal);
  }
}
