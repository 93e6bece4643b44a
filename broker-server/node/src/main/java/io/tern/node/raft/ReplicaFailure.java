package io.tern.node.raft;

import io.tern.disk.DiskFault;
import io.tern.state.PartitionId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a replica cannot go on; what replication tells its node as the last thing. */
public final class ReplicaFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient PartitionId partition;

  ReplicaFailure(PartitionId partition, Throwable cause) {
    super("Partition " + partition.number() + ": " + cause.getMessage(), cause);
    this.partition = partition;
  }

  public PartitionId partition() {
    return partition;
  }

  /** What is wrong with the disk, if that is the reason. */
  public Optional<DiskFault> fault() {
    return faultOf(this);
  }

  static Optional<DiskFault> faultOf(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LogDamaged) {
        return Optional.of(DiskFault.DAMAGED);
      }
    }
    return DiskFault.of(failure);
  }
}
