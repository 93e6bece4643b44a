package io.tern.node.raft;

import io.tern.disk.AppliedIndex;

/**
 * How far a replica got and the hash of its state there, published together after each entry by
 * {@link Replica}: two replicas with the same index must have the same hash.
 */
record AppliedState(AppliedIndex index, long hash) {
  static final AppliedState NONE = new AppliedState(AppliedIndex.NONE, 0);
}
