package io.tern.chaos.nemesis;

import static org.awaitility.Awaitility.await;

import io.tern.chaos.container.Capability;
import io.tern.chaos.container.ContainerCluster;
import io.tern.chaos.container.ContainerNode;
import java.time.Duration;
import java.util.Random;
import java.util.Set;

/**
 * A mutation of the disks: for some seconds every flush is a lie, as with fsync off, then the power
 * of all fails. What was acknowledged meanwhile is gone, and the checkers must say so. In no list:
 * no broker survives it.
 */
public final class LyingDisks implements Nemesis {
  private static final Duration LIES_FOR = Duration.ofSeconds(5);

  @Override
  public String name() {
    return "fsync-off-and-power-cut";
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
    cluster.nodes().forEach(node -> node.disk().lie(true));
    await("the disks have lied for a while")
        .atMost(LIES_FOR.plusSeconds(10))
        .pollDelay(LIES_FOR)
        .until(() -> true);
    cluster.nodes().parallelStream().forEach(node -> node.disk().cutPower(chance.nextLong(), 0));
    cluster.nodes().parallelStream().forEach(ContainerNode::kill);
    return Fault.at(
        cluster.nodes(),
        "nothing was flushed for " + LIES_FOR.toSeconds() + " s, then the power failed",
        () ->
            cluster
                .nodes()
                .forEach(node -> {
                  node.disk().replug();
                  node.start();
                }));
  }
}
