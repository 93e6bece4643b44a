package io.tern.node.raft;

import io.tern.state.PartitionId;
import org.jspecify.annotations.Nullable;

/**
 * Where a replica stands, for the admin port's pages and for tests.
 *
 * @param ready this node leads and serves
 * @param leader the node that leads as far as this one knows, or null
 * @param lastLogIndex -1 of an empty log
 * @param commitIndex what this replica knows to be on a majority, or -1
 * @param appliedIndex -1 before the first entry
 * @param hash of the state at exactly that entry, equal on all replicas that stand there
 * @param checkpointIndex the newest checkpoint's, or -1
 */
public record ReplicaStatus(
    PartitionId partition,
    Role role,
    boolean ready,
    long term,
    @Nullable String leader,
    long lastLogIndex,
    long commitIndex,
    long appliedIndex,
    long hash,
    long checkpointIndex) {

  static ReplicaStatus healing(PartitionId partition) {
    return new ReplicaStatus(partition, Role.HEALING, false, 0, null, -1, -1, -1, 0, -1);
  }

  /** As Raft names them, and two more. */
  public enum Role {
    LEADER,
    CANDIDATE,
    FOLLOWER,
    LISTENER,
    STOPPED,
    /** Damaged, not in Ratis, and being brought back from the others. */
    HEALING
  }
}
