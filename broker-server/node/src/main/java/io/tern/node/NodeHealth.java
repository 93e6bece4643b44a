package io.tern.node;

import io.tern.node.edge.HealthPages.Health;
import io.tern.node.raft.RaftNode;
import io.tern.state.PartitionId;
import java.util.List;

/** Whether the node can serve, and if not, why, in one line. Kept by {@link TernNode}. */
final class NodeHealth {
  private volatile boolean serving;
  private volatile boolean stopping;

  /** The AWS port answers. */
  void serving() {
    serving = true;
  }

  void stopping() {
    stopping = true;
  }

  Health now(RaftNode raft, List<PartitionId> partitions) {
    if (stopping) {
      return new Health(false, "stopping");
    }
    if (!serving) {
      String why = raft.isHealing(PartitionId.CATALOGUE) ? "is being healed" : "has no leader yet";
      return new Health(false, "starting: the catalogue " + why);
    }
    for (PartitionId partition : partitions) {
      if (raft.leader(partition) == null) {
        String why = raft.isHealing(partition) ? " is being healed" : " has no leader";
        return new Health(false, "partition " + partition.number() + why);
      }
    }
    return new Health(true, "ready");
  }
}
