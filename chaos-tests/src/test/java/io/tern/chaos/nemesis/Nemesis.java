package io.tern.chaos.nemesis;

import io.tern.chaos.container.Capability;
import io.tern.chaos.container.ContainerCluster;
import java.util.Random;
import java.util.Set;

/** One kind of fault. Runs choose among them by seed. */
public interface Nemesis {
  /** As in reports: kill, pause, partition-one, ... */
  String name();

  /** What the machine must be able to do, besides Docker. */
  default Set<Capability> needs() {
    return Set.of();
  }

  /** Faults of different planes may be injected together. */
  Plane plane();

  /** Does it, while all nodes are up. */
  Fault inject(ContainerCluster cluster, Random chance);
}
