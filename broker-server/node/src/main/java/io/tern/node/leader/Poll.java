package io.tern.node.leader;

import io.tern.state.Command;
import io.tern.state.Reply;
import io.tern.state.limits.ErrorCode;
import io.tern.state.queue.QueueGauge;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One receive and its caller's future. The lock of {@link LongPolls} guards its fields. */
final class Poll {
  final ReceiveRequest request;
  final long deadlineMillis;
  final CompletableFuture<Reply> answer = new CompletableFuture<>();
  boolean parked;
  @Nullable Future<?> end;
  int tries;

  /** What was known of the queue when its newest try began. */
  @Nullable QueueGauge gauge;

  Poll(ReceiveRequest request, long deadlineMillis) {
    this.request = request;
    this.deadlineMillis = deadlineMillis;
  }

  /** Whether it may find messages that an earlier receive hid. */
  boolean isAttempt() {
    return !request.attemptId().isEmpty();
  }

  void begin(@Nullable QueueGauge known) {
    tries++;
    gauge = known;
  }

  Command command() {
    return new Command.ReceiveMessages(
        request.queue(), request.maxMessages(), request.visibilityMillis(), request.attemptId());
  }

  void refuse(ErrorCode code, String detail) {
    answer.complete(new Reply.Rejected(code, detail));
  }
}
