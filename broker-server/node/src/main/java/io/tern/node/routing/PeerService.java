package io.tern.node.routing;

import io.grpc.stub.StreamObserver;
import io.tern.node.leader.LeaderTerm;
import io.tern.node.raft.RaftFailure;
import io.tern.proto.peer.CheckpointChunk;
import io.tern.proto.peer.CheckpointRequest;
import io.tern.proto.peer.PeerAnswer;
import io.tern.proto.peer.PeerCall;
import io.tern.proto.peer.PeerGrpc;
import io.tern.proto.peer.PreparedCheckpoint;
import io.tern.state.PartitionId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the calls of other nodes for the partitions that this node leads. */
public final class PeerService extends PeerGrpc.PeerImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(PeerService.class);

  private final PartitionRouter router;
  private final CheckpointSender checkpoints;
  private final CheckpointPreparer preparer;

  public PeerService(
      PartitionRouter router, CheckpointSender checkpoints, CheckpointPreparer preparer) {
    this.router = router;
    this.checkpoints = checkpoints;
    this.preparer = preparer;
  }

  @Override
  public StreamObserver<PeerCall> exchange(StreamObserver<PeerAnswer> answers) {
    return new Calls(answers);
  }

  @Override
  public void fetchCheckpoint(CheckpointRequest request, StreamObserver<CheckpointChunk> chunks) {
    checkpoints.send(new PartitionId(request.getPartition()), chunks);
  }

  @Override
  public void prepareCheckpoint(
      CheckpointRequest request, StreamObserver<PreparedCheckpoint> answer) {
    preparer.prepare(new PartitionId(request.getPartition()), answer);
  }

  /** One node's stream. Its calls are as many as that node lets wait. */
  private final class Calls implements StreamObserver<PeerCall> {
    private final StreamObserver<PeerAnswer> answers;
    private final Map<Long, CompletableFuture<?>> held = new ConcurrentHashMap<>();

    Calls(StreamObserver<PeerAnswer> answers) {
      this.answers = answers;
    }

    @Override
    public void onNext(PeerCall call) {
      switch (call.getCallCase()) {
        case EXECUTE ->
            serve(
                call,
                term -> term.execute(PeerCodec.commands(call.getExecute())),
                (answer, replies) -> answer.setExecuted(PeerCodec.executed(replies)));
        case RECEIVE ->
            serve(
                call,
                term -> term.receive(PeerCodec.request(call.getReceive())),
                (answer, received) -> answer.setReceived(PeerCodec.received(received)));
        case INSPECT ->
            serve(
                call,
                term -> term.inspect(new io.tern.state.QueueId(call.getInspect().getQueue())),
                (answer, gauge) ->
                    answer.setInspected(PeerCodec.inspected(gauge.map(QueueCounts::of))));
        case CANCEL -> {
          CompletableFuture<?> future = held.remove(call.getId());
          if (future != null) {
            future.cancel(false);
          }
        }
        case CALL_NOT_SET -> LOG.warn("peer call without content id={}", call.getId());
      }
    }

    @Override
    public void onError(Throwable reason) {
      held.values().forEach(future -> future.cancel(false));
    }

    @Override
    public void onCompleted() {
      held.values().forEach(future -> future.cancel(false));
      write(null);
    }

    private <T> void serve(
        PeerCall call,
        Function<LeaderTerm, CompletableFuture<T>> work,
        java.util.function.BiConsumer<PeerAnswer.Builder, T> fill) {
      PartitionId partition = new PartitionId(call.getPartition());
      Optional<LeaderTerm> term = router.term(partition);
      if (term.isEmpty()) {
        String hint = router.hint(partition).orElse(null);
        write(PeerCodec.failure(call.getId(), RaftFailure.notLeader(hint)));
        return;
      }
      CompletableFuture<T> future = work.apply(term.get());
      held.put(call.getId(), future);
      var _ =
          future.whenComplete((value, failure) -> {
            held.remove(call.getId());
            if (failure == null) {
              PeerAnswer.Builder answer = PeerAnswer.newBuilder().setId(call.getId());
              fill.accept(answer, value);
              write(answer.build());
            } else if (!future.isCancelled()) {
              write(PeerCodec.failure(call.getId(), callFailure(failure)));
            }
          });
    }

    private void write(@org.jspecify.annotations.Nullable PeerAnswer answer) {
      synchronized (answers) {
        try {
          if (answer == null) {
            answers.onCompleted();
          } else {
            answers.onNext(answer);
          }
        } catch (IllegalStateException | io.grpc.StatusRuntimeException gone) {
          LOG.debug("the peer's stream has ended", gone);
        }
      }
    }
  }

  private static RaftFailure callFailure(Throwable failure) {
    Throwable cause = RaftFailure.causeOf(failure);
    if (cause instanceof RaftFailure told) {
      return told;
    }
    LOG.error("a peer's call failed", cause);
    return RaftFailure.unknown("The other node gave no answer");
  }
}
