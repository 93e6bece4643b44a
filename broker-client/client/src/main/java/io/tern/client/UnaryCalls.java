package io.tern.client;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import java.util.concurrent.CompletableFuture;

/**
 * Unary operations with their retries: to the leader of the queue that the request names, otherwise
 * to the endpoint in turn, again elsewhere while nobody serves. {@link TernClient} calls it.
 */
final class UnaryCalls {
  private final Channels channels;
  private final QueueLeaders leaders;
  private final Connections connections;

  UnaryCalls(Connections connections, Channels channels, QueueLeaders leaders) {
    this.connections = connections;
    this.channels = channels;
    this.leaders = leaders;
  }

  /** One operation and what is left of it. */
  private record Job<Q extends Message, A extends Message>(
      MethodDescriptor<Q, A> operation, Q request, long endMillis, CompletableFuture<A> answer) {
    long leftMillis() {
      return endMillis - Ticker.millis();
    }
  }

  <Q extends Message, A extends Message> CompletableFuture<A> call(
      MethodDescriptor<Q, A> operation, Q request, long deadlineMillis) {
    CompletableFuture<A> answer = new CompletableFuture<>();
    attempt(new Job<>(operation, request, Ticker.millis() + deadlineMillis, answer), 0);
    return answer;
  }

  private <Q extends Message, A extends Message> void attempt(Job<Q, A> job, int failures) {
    if (job.answer().isDone()) {
      return;
    }
    String queueUrl = queueUrl(job.request());
    CompletableFuture<?> unused =
        place(queueUrl, failures)
            .thenCompose(address -> send(job, queueUrl, address))
            .whenComplete((answer, failure) -> {
              if (failure == null) {
                job.answer().complete(answer);
              } else {
                failed(job, failures + 1, TernClientException.of(failure));
              }
            });
  }

  /** Every second retry goes to an endpoint: a leader's address may be out of our reach. */
  private CompletableFuture<String> place(String queueUrl, int failures) {
    try {
      return queueUrl.isEmpty() || failures % 2 == 1
          ? CompletableFuture.completedFuture(channels.endpoint())
          // A request that names no queue of ours gets its error from the operation itself.
          : leaders.find(queueUrl).exceptionally(notFound -> channels.endpoint());
    } catch (TernClientException closed) {
      return CompletableFuture.failedFuture(closed);
    }
  }

  private <Q extends Message, A extends Message> CompletableFuture<A> send(
      Job<Q, A> job, String queueUrl, String address) {
    CompletableFuture<A> sent =
        OneCall.of(channels.to(address), job.operation(), job.request(), job.leftMillis());
    CompletableFuture<?> unused =
        job.answer()
            .whenComplete((value, failure) -> {
              if (job.answer().isCancelled()) {
                sent.cancel(false);
              }
            });
    return sent.whenComplete((answer, failure) -> {
      if (failure != null && TernClientException.of(failure).retryable()) {
        leaders.forget(queueUrl, address);
        channels.failed(address);
      }
    });
  }

  private <Q extends Message, A extends Message> void failed(
      Job<Q, A> job, int failures, TernClientException error) {
    long delayMillis = RetryPolicy.STANDARD.delayMillis(failures, Chance.fraction());
    if (!RetryPolicy.STANDARD.triesAgain(failures, error) || job.leftMillis() <= delayMillis) {
      job.answer().completeExceptionally(error);
      return;
    }
    if (connections.after(delayMillis, () -> attempt(job, failures)) == null) {
      job.answer().completeExceptionally(TernClientException.closed("the client"));
    }
  }

  /** Empty when the operation is not one on a queue. */
  private static String queueUrl(Message request) {
    FieldDescriptor field = request.getDescriptorForType().findFieldByName("queue_url");
    return field == null ? "" : (String) request.getField(field);
  }
}
