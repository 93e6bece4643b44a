package io.tern.chaos.nemesis;

import io.tern.chaos.container.ContainerCluster;
import io.tern.chaos.container.ContainerNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Choices that nemeses make, all from the seed. */
final class Chance {
  private Chance() {}

  /** Any node; half of the time the one that leads most, since it has the most to lose. */
  static ContainerNode node(ContainerCluster cluster, Random chance) {
    boolean leader = chance.nextBoolean();
    ContainerNode any = of(cluster.nodes(), chance);
    return leader ? cluster.leader() : any;
  }

  static <T> T of(List<T> all, Random chance) {
    return all.get(chance.nextInt(all.size()));
  }

  static <T> List<T> shuffled(List<T> all, Random chance) {
    List<T> copy = new ArrayList<>(all);
    Collections.shuffle(copy, chance);
    return copy;
  }

  static List<ContainerNode> others(ContainerCluster cluster, ContainerNode node) {
    return cluster.nodes().stream().filter(other -> other != node).toList();
  }
}
