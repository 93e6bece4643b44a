package io.tern.chaos.nemesis;

import io.tern.chaos.container.Capability;
import io.tern.chaos.container.ContainerCluster;
import java.util.Random;
import java.util.Set;

/** Every packet between nodes is late, or some are lost, or they overtake each other. */
final class BadLinks implements Nemesis {
  /** What is wrong with them. */
  enum Kind {
    DELAY("packet-delay"),
    LOSS("packet-loss"),
    REORDER("packet-reorder");

    private final String title;

    Kind(String title) {
      this.title = title;
    }
  }

  private final Kind kind;

  BadLinks(Kind kind) {
    this.kind = kind;
  }

  @Override
  public String name() {
    return kind.title;
  }

  @Override
  public Set<Capability> needs() {
    return Set.of(Capability.LINKS, Capability.PACKET_QUEUE);
  }

  @Override
  public Plane plane() {
    return Plane.LINKS;
  }

  @Override
  public Fault inject(ContainerCluster cluster, Random chance) {
    int delay = kind == Kind.LOSS ? 0 : 10 + chance.nextInt(60);
    int jitter = kind == Kind.REORDER ? delay : delay / 3;
    int loss = kind == Kind.LOSS ? 2 + chance.nextInt(14) : 0;
    cluster.links().worsen(chance.nextLong(), delay, jitter, loss, kind == Kind.REORDER);
    String detail = "%d +- %d ms, %d %% lost".formatted(delay, jitter, loss);
    return Fault.at(cluster.nodes(), detail, cluster.links()::heal);
  }
}
