package io.tern.node.grpc;

import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.tern.node.api.Caller;
import io.tern.node.api.Failures;
import io.tern.protocols.TernException;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request and its answer, on the event loop of its connection; never blocks. */
final class UnaryCall<Q extends Message, A extends Message> extends ServerCall.Listener<Q> {

  /**
   * Answers the request; errors a caller can cause fail the future with TernException. The host is
   * the one that the caller calls this node by.
   */
  @FunctionalInterface
  interface Work<Q, A> {
    CompletableFuture<? extends A> run(Caller caller, String host, Q request);
  }

  private final String name;
  private final Work<Q, A> work;
  private final ServerCall<Q, A> call;
  private final GrpcPorts ports;
  private final Executor home;
  private final Caller caller;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private @Nullable Q request;
  private boolean ended;

  /**
   * Begins the call.
   *
   * @param name of the operation, as the metrics show it
   */
  UnaryCall(
      String name, Work<Q, A> work, ServerCall<Q, A> call, Metadata headers, GrpcPorts ports) {
    this.name = name;
    this.work = work;
    this.call = call;
    this.ports = ports;
    this.home = ports.loops().current();
    this.caller = ports.callers().caller(call, headers, home, gone);
    // The second would be a mistake of the client; asking for it lets us see that.
    call.request(2);
  }

  @Override
  public void onMessage(Q message) {
    if (request != null) {
      end(Status.INVALID_ARGUMENT.withDescription("More than one request in the call"));
    }
    request = message;
  }

  @Override
  public void onHalfClose() {
    Q asked = request;
    if (ended) {
      return;
    }
    if (asked == null) {
      end(Status.INVALID_ARGUMENT.withDescription("No request in the call"));
      return;
    }
    long started = ports.clock().monotonicNanos();
    int bytes = asked.getSerializedSize();
    if (!ports.budget().take(bytes)) {
      answer(started, null, new TernException(ErrorCode.SERVICE_UNAVAILABLE));
      return;
    }
    var _ =
        run(asked)
            .whenComplete((message, failure) -> {
              ports.budget().give(bytes);
              TernException error = failure == null ? null : Failures.told(failure);
              home.execute(() -> answer(started, message, error));
            });
  }

  private CompletableFuture<? extends A> run(Q asked) {
    try {
      CompletableFuture<? extends A> answer =
          work.run(caller, GrpcCallers.hostOf(call.getAuthority()), asked);
      return answer.isDone()
          ? answer
          : answer.orTimeout(Limits.EXCHANGE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RuntimeException fault) {
      return CompletableFuture.failedFuture(fault);
    }
  }

  private void answer(long started, @Nullable A message, @Nullable TernException error) {
    ports
        .metrics()
        .done(name, error == null ? null : error.code(), ports.clock().monotonicNanos() - started);
    if (ended) {
      return;
    }
    ended = true;
    if (message != null && error == null) {
      call.sendHeaders(new Metadata());
      call.sendMessage(message);
      call.close(Status.OK, new Metadata());
    } else {
      GrpcErrors.close(call, error == null ? new TernException(ErrorCode.INTERNAL_FAILURE) : error);
    }
  }

  private void end(Status status) {
    if (!ended) {
      ended = true;
      call.close(status, new Metadata());
    }
  }

  @Override
  public void onCancel() {
    ended = true;
    gone.complete(null);
  }
}
