package io.tern.simulator;

import java.util.List;

/** A partition as the checks at the end of a simulation see it. */
interface CheckedPartition extends LedPartition {
  List<SimulatedReplica> replicas();

  /** How many entries its log has. */
  int entries();

  /** Everybody is up and has applied all. */
  void settle();
}
