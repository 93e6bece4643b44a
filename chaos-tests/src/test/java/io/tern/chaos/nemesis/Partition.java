package io.tern.chaos.nemesis;

import io.tern.chaos.container.Capability;
import io.tern.chaos.container.ContainerCluster;
import io.tern.chaos.container.ContainerNode;
import io.tern.chaos.container.Links;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Links between nodes are cut; clients reach all of them. */
final class Partition implements Nemesis {
  /** Which links. */
  enum Shape {
    /** One node is alone. */
    ONE("partition-one"),
    /** The node that leads most is in the minority. */
    MINORITY("partition-minority"),
    /** One node hears nothing, but is heard; or the other way. */
    ONE_WAY("partition-one-way"),
    /** Two nodes do not see each other, and both see the third. */
    BRIDGE("partition-bridge");

    private final String title;

    Shape(String title) {
      this.title = title;
    }
  }

  private final Shape shape;

  Partition(Shape shape) {
    this.shape = shape;
  }

  @Override
  public String name() {
    return shape.title;
  }

  @Override
  public Set<Capability> needs() {
    return Set.of(Capability.LINKS);
  }

  @Override
  public Plane plane() {
    return Plane.LINKS;
  }

  @Override
  public Fault inject(ContainerCluster cluster, Random chance) {
    Links links = cluster.links();
    ContainerNode node = shape == Shape.MINORITY ? cluster.leader() : Chance.node(cluster, chance);
    List<ContainerNode> others = Chance.shuffled(Chance.others(cluster, node), chance);
    return switch (shape) {
      case ONE, MINORITY -> {
        others.forEach(other -> links.cutBoth(node, other));
        yield Fault.at(node, "alone", links::heal);
      }
      case ONE_WAY -> {
        boolean deaf = chance.nextBoolean();
        for (ContainerNode other : others) {
          links.cut(deaf ? other : node, deaf ? node : other);
        }
        yield Fault.at(node, deaf ? "hears nobody" : "is heard by nobody", links::heal);
      }
      case BRIDGE -> {
        ContainerNode far = others.getFirst();
        links.cutBoth(node, far);
        String detail = node.nodeId() + " and " + far.nodeId() + " do not see each other";
        yield Fault.at(List.of(node, far), detail, links::heal);
      }
    };
  }
}
