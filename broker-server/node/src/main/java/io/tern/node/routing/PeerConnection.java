package io.tern.node.routing;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import io.tern.node.config.WallClock;
import io.tern.node.raft.RaftFailure;
import io.tern.proto.peer.CancelCall;
import io.tern.proto.peer.PeerAnswer;
import io.tern.proto.peer.PeerCall;
import io.tern.proto.peer.PeerGrpc;
import io.tern.state.PartitionId;
import io.tern.state.limits.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way to one other node: a stream for all calls, opened when needed and again after it broke.
 * Answers come on gRPC's threads. Calls that get none end at their deadline.
 */
final class PeerConnection {
  private record Pending(
      PartitionId partition,
      CompletableFuture<PeerAnswer> answer,
      long deadlineNanos,
      Exchange exchange) {}

  private final ManagedChannel channel;
  private final WallClock clock;
  private final AtomicLong lastId = new AtomicLong();
  private final ConcurrentHashMap<Long, Pending> pending = new ConcurrentHashMap<>();
  private @Nullable Exchange exchange;

  PeerConnection(ManagedChannel channel, WallClock clock) {
    this.channel = channel;
    this.clock = clock;
  }

  ManagedChannel channel() {
    return channel;
  }

  /** See {@link PeerClient#isReachable}. */
  CompletableFuture<Boolean> isReachable() {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    awaitState(answer);
    return answer.completeOnTimeout(false, 2L * Limits.PEER_CONNECT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void awaitState(CompletableFuture<Boolean> answer) {
    ConnectivityState state = channel.getState(true);
    switch (state) {
      case READY -> answer.complete(true);
      case TRANSIENT_FAILURE, SHUTDOWN -> answer.complete(false);
      case IDLE, CONNECTING ->
          channel.notifyWhenStateChanged(
              state,
              () -> {
                if (!answer.isDone()) {
                  awaitState(answer);
                }
              });
    }
  }

  /** Sends a call; cancelling the future tells the other side. */
  CompletableFuture<PeerAnswer> call(
      PartitionId partition, long patienceMillis, Consumer<PeerCall.Builder> fill) {
    if (pending.size() >= Limits.PEER_CALLS) {
      return CompletableFuture.failedFuture(RaftFailure.unavailable("Too many calls to that node"));
    }
    long id = lastId.incrementAndGet();
    CompletableFuture<PeerAnswer> answer = new CompletableFuture<>();
    long deadline = clock.monotonicNanos() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    PeerCall.Builder call = PeerCall.newBuilder().setId(id).setPartition(partition.number());
    fill.accept(call);
    synchronized (this) {
      Exchange open = open();
      pending.put(id, new Pending(partition, answer, deadline, open));
      open.calls.onNext(call.build());
    }
    var _ =
        answer.whenComplete((told, failure) -> {
          if (pending.remove(id) != null && answer.isCancelled()) {
            cancel(id);
          }
        });
    return answer;
  }

  /**
   * Ends calls whose time is over; called about once a second. A node that was away is looked for
   * as often: left alone, gRPC would wait up to two minutes between tries.
   */
  void endOverdue() {
    channel.resetConnectBackoff();
    long now = clock.monotonicNanos();
    end((id, call) -> call.deadlineNanos() - now <= 0);
  }

  /** Ends the calls about a partition that were made before this was called. */
  Runnable callsOf(PartitionId partition) {
    long newest = lastId.get();
    return () -> end((id, call) -> id <= newest && call.partition().equals(partition));
  }

  private void end(BiPredicate<Long, Pending> which) {
    List<Pending> ended = new ArrayList<>();
    pending.forEach((id, call) -> {
      if (which.test(id, call)) {
        ended.add(call);
      }
    });
    ended.forEach(call -> call.answer().completeExceptionally(unknown()));
  }

  void close() {
    channel.shutdownNow();
    pending.values().forEach(call -> call.answer().completeExceptionally(unknown()));
  }

  private synchronized void cancel(long id) {
    Exchange open = exchange;
    if (open != null) {
      open.calls.onNext(PeerCall.newBuilder().setId(id).setCancel(CancelCall.newBuilder()).build());
    }
  }

  private synchronized Exchange open() {
    Exchange open = exchange;
    if (open == null) {
      open = new Exchange();
      exchange = open;
    }
    return open;
  }

  private synchronized void forget(Exchange broken) {
    if (exchange == broken) {
      exchange = null;
    }
  }

  private static RaftFailure unknown() {
    return RaftFailure.unknown("The other node gave no answer");
  }

  /** One stream and the other node's side of it. */
  private final class Exchange implements ClientResponseObserver<PeerCall, PeerAnswer> {
    private final StreamObserver<PeerCall> calls;

    /** Whether there ever was a connection: without one, nothing was sent. */
    private volatile boolean connected;

    Exchange() {
      calls = PeerGrpc.newStub(channel).exchange(this);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<PeerCall> stream) {
      stream.setOnReadyHandler(() -> connected = true);
    }

    @Override
    public void onNext(PeerAnswer told) {
      Pending call = pending.remove(told.getId());
      if (call == null) {
        return;
      }
      if (told.hasFailure()) {
        call.answer().completeExceptionally(PeerCodec.failure(told.getFailure()));
      } else {
        call.answer().complete(told);
      }
    }

    @Override
    public void onError(Throwable reason) {
      broken();
    }

    @Override
    public void onCompleted() {
      broken();
    }

    /** A call that never left may be tried elsewhere; of the others nobody knows. */
    private void broken() {
      forget(this);
      List<Pending> lost =
          pending.values().stream().filter(call -> call.exchange() == this).toList();
      lost.forEach(call ->
          call.answer().completeExceptionally(connected ? unknown() : RaftFailure.notLeader(null)));
    }
  }
}
