package io.tern.node.raft;

import io.tern.state.PartitionId;

/**
 * A replica's files are damaged, and there are no others to heal it from. Thrown by {@link
 * RaftNode#start}; the node then does not start.
 */
public final class PartitionDamaged extends RuntimeException {
  private static final long serialVersionUID = 1;

  PartitionDamaged(PartitionId partition, String what, RuntimeException cause) {
    super(
        "Partition "
            + partition.number()
            + " is damaged: "
            + what
            + ". Entries that were acknowledged may be lost here, and this node is alone, so it does"
            + " not start and keeps all files. Restore the data folder from a backup.",
        cause);
  }
}
