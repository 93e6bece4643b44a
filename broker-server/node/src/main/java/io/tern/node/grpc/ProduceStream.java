package io.tern.node.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.tern.node.api.Caller;
import io.tern.node.api.Failures;
import io.tern.node.api.Producing;
import io.tern.proto.messaging.ProduceRequest;
import io.tern.proto.messaging.ProduceResponse;
import io.tern.proto.messaging.ProduceResult;
import io.tern.protocols.TernException;
import io.tern.state.QueueName;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.GrpcLimits;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One producer: batches come in, many are under way at once, each is answered when it is durable.
 * Reading stops while too much is under way or the answers are not read. All on one event loop.
 *
 * <p>Batches of a FIFO queue go one after the other. When one may not have been taken the stream
 * ends: what comes after it must not overtake it.
 */
final class ProduceStream extends ServerCall.Listener<ProduceRequest>
    implements OpenStreams.Stream {
  private static final String METRIC = "Produce";

  private final ServerCall<ProduceRequest, ProduceResponse> call;
  private final Producing producing;
  private final GrpcPorts ports;
  private final Executor home;
  private final Caller caller;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private @Nullable QueueName queue;
  private @Nullable TernException failure;
  private int underWay;
  private long bytesUnderWay;
  private boolean asked;
  private boolean halfClosed;
  private boolean ended;

  /** Begins the stream. */
  ProduceStream(
      ServerCall<ProduceRequest, ProduceResponse> call,
      Metadata headers,
      Producing producing,
      GrpcPorts ports) {
    this.call = call;
    this.producing = producing;
    this.ports = ports;
    this.home = ports.loops().current();
    this.caller = ports.callers().caller(call, headers, home, gone);
  }

  /** Takes the first request. */
  void begin() {
    ports.streams().opened(this);
    call.sendHeaders(new Metadata());
    asked = true;
    call.request(1);
  }

  @Override
  public void onMessage(ProduceRequest request) {
    asked = false;
    if (failure == null) {
      try {
        if (underWay == 0 && queue == null) {
          open(request);
        } else {
          more(request);
        }
      } catch (TernException mistake) {
        fail(mistake);
      }
    }
    ask();
  }

  private void open(ProduceRequest request) {
    CompletableFuture<QueueName> opening = producing.open(caller, request.getQueueUrl());
    underWay++;
    var _ =
        opening.whenComplete(
            (found, problem) -> home.execute(() -> opened(request, found, problem)));
  }

  private void opened(
      ProduceRequest request, @Nullable QueueName found, @Nullable Throwable problem) {
    underWay--;
    if (problem != null) {
      fail(Failures.told(problem));
      return;
    }
    queue = found;
    if (request.getMessagesCount() > 0 && failure == null) {
      send(request);
    }
    finish();
    ask();
  }

  private void more(ProduceRequest request) {
    if (!request.getQueueUrl().isEmpty()) {
      throw new TernException(
          ErrorCode.INVALID_PARAMETER_VALUE, "Only the first request names the queue.");
    }
    send(request);
  }

  private void send(ProduceRequest request) {
    QueueName target = queue;
    if (target == null) {
      return;
    }
    long started = ports.clock().monotonicNanos();
    int bytes = request.getSerializedSize();
    if (!ports.budget().take(bytes)) {
      TernException full = new TernException(ErrorCode.SERVICE_UNAVAILABLE);
      answer(request, started, Producing.errors(request.getMessagesCount(), full), full);
      return;
    }
    underWay++;
    bytesUnderWay += bytes;
    var _ =
        sent(target, request)
            .whenComplete((sent, problem) ->
                home.execute(() -> sent(request, started, bytes, sent, problem)));
  }

  private CompletableFuture<Producing.Sent> sent(QueueName target, ProduceRequest request) {
    try {
      return producing.send(caller, target, request.getMessagesList());
    } catch (RuntimeException mistake) {
      return CompletableFuture.failedFuture(mistake);
    }
  }

  private void sent(
      ProduceRequest request,
      long started,
      int bytes,
      Producing.@Nullable Sent sent,
      @Nullable Throwable problem) {
    ports.budget().give(bytes);
    underWay--;
    bytesUnderWay -= bytes;
    if (sent != null && problem == null) {
      answer(request, started, sent.results(), sent.lost());
    } else {
      TernException told = Failures.told(problem == null ? new IllegalStateException() : problem);
      if (told.code() == ErrorCode.SERVICE_UNAVAILABLE) {
        answer(request, started, Producing.errors(request.getMessagesCount(), told), told);
      } else {
        count(started, told);
        fail(told);
      }
    }
    finish();
    ask();
  }

  private void answer(
      ProduceRequest request,
      long started,
      List<ProduceResult> results,
      @Nullable TernException lost) {
    count(started, lost);
    if (ended) {
      return;
    }
    call.sendMessage(
        ProduceResponse.newBuilder().setBatch(request.getBatch()).addAllResults(results).build());
    if (lost != null && isFifo()) {
      fail(lost);
    }
  }

  private void count(long started, @Nullable TernException error) {
    ports
        .metrics()
        .done(
            METRIC, error == null ? null : error.code(), ports.clock().monotonicNanos() - started);
  }

  private boolean isFifo() {
    return queue != null && Producing.isFifo(queue);
  }

  /** Reads the next request if there is room for it; the last step of whatever made room. */
  private void ask() {
    boolean isOpen = !asked && !halfClosed && !ended && failure == null;
    boolean hasRoom =
        (isFifo() || queue == null)
            ? underWay == 0
            : underWay < GrpcLimits.PRODUCE_BATCHES && bytesUnderWay < GrpcLimits.PRODUCE_BYTES;
    if (isOpen && hasRoom && call.isReady()) {
      asked = true;
      call.request(1);
    }
  }

  /** Takes nothing more; ends with this when what is under way has been answered. */
  private void fail(TernException reason) {
    if (failure == null) {
      failure = reason;
    }
    finish();
  }

  private void finish() {
    if (ended || underWay > 0) {
      return;
    }
    TernException reason = failure;
    if (reason != null) {
      end();
      GrpcErrors.close(call, reason);
    } else if (halfClosed) {
      end();
      call.close(Status.OK, new Metadata());
    }
  }

  private void end() {
    ended = true;
    ports.streams().ended(this);
  }

  @Override
  public void onHalfClose() {
    halfClosed = true;
    finish();
  }

  @Override
  public void onReady() {
    ask();
  }

  @Override
  public void onCancel() {
    end();
    gone.complete(null);
  }

  @Override
  public void nodeStops() {
    home.execute(
        () -> fail(new TernException(ErrorCode.SERVICE_UNAVAILABLE, "The node is about to stop.")));
  }
}
