package io.tern.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a unary operation as a future. For {@link UnaryCalls} and {@link QueueLeaders}.
 */
final class OneCall {
  private OneCall() {}

  /** Ends with the answer or with a {@link TernClientException}; cancelling it cancels the call. */
  static <Q, A> CompletableFuture<A> of(
      Channel channel, MethodDescriptor<Q, A> operation, Q request, long deadlineMillis) {
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(Math.max(1, deadlineMillis), TimeUnit.MILLISECONDS);
    ClientCall<Q, A> call = channel.newCall(operation, options);
    CompletableFuture<A> answer = new CompletableFuture<>();
    ClientCalls.asyncUnaryCall(call, request, new Completing<>(answer));
    CompletableFuture<?> unused =
        answer.whenComplete((value, failure) -> {
          if (answer.isCancelled()) {
            call.cancel("given up by the caller", null);
          }
        });
    return answer;
  }

  private static final class Completing<A> implements StreamObserver<A> {
    private final CompletableFuture<A> answer;
    private @Nullable A value;

    Completing(CompletableFuture<A> answer) {
      this.answer = answer;
    }

    @Override
    public void onNext(A only) {
      value = only;
    }

    @Override
    public void onError(Throwable failure) {
      answer.completeExceptionally(TernClientException.of(failure));
    }

    @Override
    public void onCompleted() {
      if (value == null) {
        answer.completeExceptionally(
            new TernClientException("InternalFailure", "an answer without a message", true));
      } else {
        answer.complete(value);
      }
    }
  }
}
