package io.tern.node.routing;

import io.tern.node.config.WallClock;
import io.tern.node.leader.CommandSender;
import io.tern.node.leader.LeaderTerm;
import io.tern.node.leader.ReceiveRequest;
import io.tern.node.leader.ReceivedMessages;
import io.tern.node.raft.RaftFailure;
import io.tern.state.Command;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.Reply;
import io.tern.state.limits.Limits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends a command to whoever leads its partition: this node, or another in one hop. Follows hints,
 * waits out elections, gives up in time. A call that may have been applied is never sent again.
 *
 * <p>Futures complete on the thread that had the answer, often the apply thread: what follows must
 * hop to the caller's own executor.
 */
public final class PartitionRouter implements CommandSender {
  private static final long FIRST_PAUSE_MILLIS = 5;
  private static final long LONGEST_PAUSE_MILLIS = 100;

  /** One call in its two forms. */
  private interface Call<T> {
    CompletableFuture<T> here(LeaderTerm term);

    CompletableFuture<T> there(String node);
  }

  private final String self;
  private final Function<PartitionId, Optional<String>> leaderHint;
  private final PeerClient peers;
  private final ScheduledExecutorService timer;
  private final WallClock clock;
  private final Map<PartitionId, LeaderTerm> terms = new ConcurrentHashMap<>();

  public PartitionRouter(
      String self,
      Function<PartitionId, Optional<String>> leaderHint,
      PeerClient peers,
      ScheduledExecutorService timer,
      WallClock clock) {
    this.self = self;
    this.leaderHint = leaderHint;
    this.peers = peers;
    this.timer = timer;
    this.clock = clock;
  }

  /** From now on this node leads the partition. */
  public void lead(PartitionId partition, LeaderTerm term) {
    terms.put(partition, term);
  }

  /** From now on it does not. */
  public void follow(PartitionId partition) {
    terms.remove(partition);
  }

  /**
   * Another node leads the partition. Calls to its former leader that are still without an answer
   * soon count as unknown: a paused node would keep callers until their full time is over.
   */
  public void leaderChanged(PartitionId partition, String leader) {
    Runnable endCalls = peers.callsToOthers(partition, leader);
    var _ = timer.schedule(endCalls, Limits.FORMER_LEADER_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The term of a partition that this node leads. */
  public Optional<LeaderTerm> term(PartitionId partition) {
    return Optional.ofNullable(terms.get(partition));
  }

  /** Who probably leads the partition, for nodes that asked the wrong one. */
  Optional<String> hint(PartitionId partition) {
    return leaderHint.apply(partition).filter(node -> !node.equals(self));
  }

  @Override
  public CompletableFuture<Reply> send(PartitionId partition, Command command) {
    return execute(partition, List.of(command)).thenApply(List::getFirst);
  }

  /** Puts the commands into the partition's log, in one entry if they fit. */
  public CompletableFuture<List<Reply>> execute(PartitionId partition, List<Command> commands) {
    return route(
        partition,
        new Call<>() {
          @Override
          public CompletableFuture<List<Reply>> here(LeaderTerm term) {
            return term.execute(commands);
          }

          @Override
          public CompletableFuture<List<Reply>> there(String node) {
            return peers.execute(node, partition, commands);
          }
        });
  }

  /** Receives at the leader, waiting there; cancelling the future ends the wait. */
  public CompletableFuture<ReceivedMessages> receive(
      PartitionId partition, ReceiveRequest request) {
    return route(
        partition,
        new Call<>() {
          @Override
          public CompletableFuture<ReceivedMessages> here(LeaderTerm term) {
            return term.receive(request);
          }

          @Override
          public CompletableFuture<ReceivedMessages> there(String node) {
            return peers.receive(node, partition, request);
          }
        });
  }

  /** Counts of a queue at its leader; empty when the partition does not hold it. */
  public CompletableFuture<Optional<QueueCounts>> inspect(PartitionId partition, QueueId queue) {
    return route(
        partition,
        new Call<>() {
          @Override
          public CompletableFuture<Optional<QueueCounts>> here(LeaderTerm term) {
            return term.inspect(queue).thenApply(found -> found.map(QueueCounts::of));
          }

          @Override
          public CompletableFuture<Optional<QueueCounts>> there(String node) {
            return peers.inspect(node, partition, queue);
          }
        });
  }

  private <T> CompletableFuture<T> route(PartitionId partition, Call<T> call) {
    long deadline = clock.monotonicNanos() + TimeUnit.MILLISECONDS.toNanos(Limits.ROUTE_MILLIS);
    Attempts<T> attempts = new Attempts<>(partition, call, deadline);
    attempts.next(null);
    return attempts.answer;
  }

  /** The tries of one call. */
  private final class Attempts<T> {
    private final PartitionId partition;
    private final Call<T> call;
    private final long deadlineNanos;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private long pauseMillis = FIRST_PAUSE_MILLIS;

    Attempts(PartitionId partition, Call<T> call, long deadlineNanos) {
      this.partition = partition;
      this.call = call;
      this.deadlineNanos = deadlineNanos;
    }

    void next(@Nullable String told) {
      if (answer.isDone()) {
        return;
      }
      LeaderTerm term = terms.get(partition);
      if (term != null) {
        follow(call.here(term));
        return;
      }
      String node = told != null ? told : hint(partition).orElse(null);
      if (node == null || node.equals(self)) {
        pause(RaftFailure.notLeader(null));
      } else {
        follow(call.there(node));
      }
    }

    private void follow(CompletableFuture<T> attempt) {
      var _ =
          attempt.whenComplete((value, failure) -> {
            if (failure == null) {
              answer.complete(value);
            } else {
              failed(failure);
            }
          });
      var _ =
          answer.whenComplete((value, failure) -> {
            if (answer.isCancelled()) {
              attempt.cancel(false);
            }
          });
    }

    private void failed(Throwable failure) {
      Throwable cause = RaftFailure.causeOf(failure);
      if (cause instanceof RaftFailure told && told.kind() == RaftFailure.Kind.NOT_LEADER) {
        pause(told);
      } else {
        answer.completeExceptionally(cause);
      }
    }

    private void pause(RaftFailure told) {
      if (clock.monotonicNanos() - deadlineNanos >= 0) {
        answer.completeExceptionally(told);
        return;
      }
      long millis = pauseMillis;
      pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * millis);
      var _ = timer.schedule(() -> next(told.leader()), millis, TimeUnit.MILLISECONDS);
    }
  }
}
