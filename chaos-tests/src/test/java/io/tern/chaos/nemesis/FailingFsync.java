package io.tern.chaos.nemesis;

import io.tern.chaos.container.Capability;
import io.tern.chaos.container.ContainerCluster;
import io.tern.chaos.container.ContainerNode;
import java.time.Duration;
import java.util.Random;
import java.util.Set;

/** Every fsync of one node fails. The node must not go on; it is started on a disk that works. */
final class FailingFsync implements Nemesis {
  private static final String ADVICE = "start the node again if the disk is sound, else replace it";
  private static final Duration LEAVES_WITHIN = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "failing-fsync";
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
    node.disk().fail(0, 1_000);
    return Fault.at(
        node,
        "EIO from every fsync",
        () -> {
          node.awaitEnd(LEAVES_WITHIN);
          advice.mustBeGiven();
          node.disk().replug();
          node.start();
        });
  }
}
