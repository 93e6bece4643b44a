package io.tern.chaos.nemesis;

import io.tern.chaos.container.Capability;
import io.tern.chaos.container.ContainerCluster;
import io.tern.chaos.container.ContainerNode;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The power of one node or of all fails: what was not flushed is lost, in part or whole. */
final class PowerCut implements Nemesis {
  private static final List<Integer> SURVIVING_PERMILLE = List.of(0, 500, 900);

  private final boolean everywhere;

  /**
   * @param everywhere all nodes at the same moment, or one
   */
  PowerCut(boolean everywhere) {
    this.everywhere = everywhere;
  }

  @Override
  public String name() {
    return everywhere ? "power-cut-all" : "power-cut";
  }

  @Override
  public Set<Capability> needs() {
    return Set.of(Capability.DISKS);
  }

  @Override
  public Plane plane() {
    return Plane.PROCESS;
  }

  @Override
  public Fault inject(ContainerCluster cluster, Random chance) {
    List<ContainerNode> nodes =
        everywhere ? cluster.nodes() : List.of(Chance.node(cluster, chance));
    int surviving = Chance.of(SURVIVING_PERMILLE, chance);
    long seed = chance.nextLong();
    List<String> lost =
        nodes.parallelStream().map(node -> node.disk().cutPower(seed, surviving)).toList();
    nodes.parallelStream().forEach(ContainerNode::kill);
    return Fault.at(
        nodes,
        "of unflushed sectors %d in 1,000 survive; %s".formatted(surviving, lost),
        () ->
            nodes.parallelStream()
                .forEach(node -> {
                  node.disk().replug();
                  node.start();
                }));
  }
}
