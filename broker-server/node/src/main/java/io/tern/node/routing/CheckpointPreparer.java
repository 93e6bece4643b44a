package io.tern.node.routing;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.tern.node.leader.LeaderTerm;
import io.tern.node.raft.RaftFailure;
import io.tern.node.raft.ReplicaStatus;
import io.tern.node.raft.ReplicaStatus.Role;
import io.tern.proto.peer.PreparedCheckpoint;
import io.tern.state.Command;
import io.tern.state.PartitionId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Answers a node whose replica is damaged. As leader it commits an entry, which only a majority
 * without that node can do, and makes a checkpoint that holds it. Called by {@link PeerService}.
 */
public final class CheckpointPreparer {
  private final PartitionRouter router;
  private final Function<PartitionId, ReplicaStatus> status;
  private final Function<PartitionId, CompletableFuture<Void>> takeCheckpoint;

  public CheckpointPreparer(
      PartitionRouter router,
      Function<PartitionId, ReplicaStatus> status,
      Function<PartitionId, CompletableFuture<Void>> takeCheckpoint) {
    this.router = router;
    this.status = status;
    this.takeCheckpoint = takeCheckpoint;
  }

  void prepare(PartitionId partition, StreamObserver<PreparedCheckpoint> answer) {
    Optional<LeaderTerm> term = router.term(partition);
    CompletableFuture<PreparedCheckpoint> preparing =
        term.isPresent()
            ? asLeader(partition, term.get())
            : CompletableFuture.completedFuture(status.apply(partition))
                .thenApply(CheckpointPreparer::asFollower);
    var _ =
        preparing.whenComplete((prepared, failure) -> {
          if (failure == null) {
            answer.onNext(prepared);
            answer.onCompleted();
          } else {
            String reason = RaftFailure.causeOf(failure).toString();
            answer.onError(Status.UNAVAILABLE.withDescription(reason).asRuntimeException());
          }
        });
  }

  private static PreparedCheckpoint asFollower(ReplicaStatus replica) {
    if (replica.role() == Role.STOPPED || replica.role() == Role.HEALING) {
      throw RaftFailure.unavailable("The replica is " + replica.role());
    }
    String leader = replica.leader();
    return PreparedCheckpoint.newBuilder()
        .setTerm(replica.term())
        .setLeader(leader == null ? "" : leader)
        .build();
  }

  private CompletableFuture<PreparedCheckpoint> asLeader(PartitionId partition, LeaderTerm term) {
    return term.execute(List.of(new Command.Tick()))
        .thenCompose(_ -> {
          long committed = status.apply(partition).appliedIndex();
          return takeCheckpoint.apply(partition).thenApply(_ -> prepared(partition, committed));
        });
  }

  private PreparedCheckpoint prepared(PartitionId partition, long committed) {
    ReplicaStatus now = status.apply(partition);
    if (now.checkpointIndex() < committed) {
      // Another checkpoint was under way when this one was asked for.
      throw RaftFailure.unavailable("The checkpoint is older than the question");
    }
    String leader = now.leader();
    return PreparedCheckpoint.newBuilder()
        .setLeads(true)
        .setTerm(now.term())
        .setLeader(leader == null ? "" : leader)
        .setIndex(committed)
        .build();
  }
}
