package io.tern.chaos.nemesis;

import io.tern.chaos.container.Capability;
import io.tern.chaos.container.ContainerCluster;
import io.tern.chaos.container.ContainerNode;
import java.util.Random;
import java.util.Set;

/**
 * One node's disk is full. The node may end itself, or find room in files it has. It is started
 * anew when there is room again.
 */
final class FullDisk implements Nemesis {
  private static final String ADVICE = "is full: make room, then start the node again";
  private static final int EXIT_ON_FAULT = 70;

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
    Advice advice = Advice.awaitedOf(node, ADVICE);
    node.disk().fill();
    return Fault.at(
        node,
        "no byte left",
        () -> {
          node.disk().makeRoom();
          // A write that failed a moment ago may be about to end it: killed, it is surely down.
          node.kill();
          if (node.exitCode() == EXIT_ON_FAULT) {
            advice.mustBeGiven();
          }
          node.start();
        });
  }
}
