package io.tern.command.rpc;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.tern.command.values.CommandLimits;
import io.tern.proto.cluster.ClusterGrpc;
import io.tern.proto.sns.SnsGrpc;
import io.tern.proto.sqs.SqsGrpc;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One command's conversation with one node. Every request has its deadline. */
public final class Session implements AutoCloseable {
  private final ManagedChannel channel;
  private final int timeoutSeconds;

  private Session(ManagedChannel channel, int timeoutSeconds) {
    this.channel = channel;
    this.timeoutSeconds = timeoutSeconds;
  }

  static Session open(List<Endpoint> endpoints, int timeoutSeconds) {
    return new Session(Connection.open(endpoints), Math.max(1, timeoutSeconds));
  }

  public SqsGrpc.SqsBlockingStub sqs() {
    return sqs(0);
  }

  /** For a request that may wait so many seconds by itself. */
  public SqsGrpc.SqsBlockingStub sqs(int waitSeconds) {
    return SqsGrpc.newBlockingStub(channel)
        .withDeadlineAfter((long) timeoutSeconds + waitSeconds, TimeUnit.SECONDS);
  }

  /** For requests that need not wait for each other. */
  public SqsGrpc.SqsFutureStub sqsAtOnce() {
    return SqsGrpc.newFutureStub(channel).withDeadlineAfter(timeoutSeconds, TimeUnit.SECONDS);
  }

  public SnsGrpc.SnsBlockingStub sns() {
    return SnsGrpc.newBlockingStub(channel).withDeadlineAfter(timeoutSeconds, TimeUnit.SECONDS);
  }

  /** For requests that need not wait for each other. */
  public SnsGrpc.SnsFutureStub snsAtOnce() {
    return SnsGrpc.newFutureStub(channel).withDeadlineAfter(timeoutSeconds, TimeUnit.SECONDS);
  }

  public ClusterGrpc.ClusterBlockingStub cluster() {
    return ClusterGrpc.newBlockingStub(channel).withDeadlineAfter(timeoutSeconds, TimeUnit.SECONDS);
  }

  /**
   * Asks about each of them, several at the same time, and returns the answers in their order; what
   * is gone meanwhile has none.
   */
  public <A, B> List<Optional<B>> each(List<A> subjects, Function<A, ListenableFuture<B>> request) {
    List<Optional<B>> answers = new ArrayList<>(subjects.size());
    ArrayDeque<ListenableFuture<B>> inFlight = new ArrayDeque<>();
    for (A subject : subjects) {
      if (inFlight.size() == CommandLimits.REQUESTS_IN_FLIGHT) {
        answers.add(answer(inFlight.remove()));
      }
      inFlight.add(request.apply(subject));
    }
    while (!inFlight.isEmpty()) {
      answers.add(answer(inFlight.remove()));
    }
    return answers;
  }

  private static <B> Optional<B> answer(ListenableFuture<B> future) {
    try {
      return Optional.of(future.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StatusRuntimeException refusal) {
        if (Failures.isMissing(refusal)) {
          return Optional.empty();
        }
        throw refusal;
      }
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
