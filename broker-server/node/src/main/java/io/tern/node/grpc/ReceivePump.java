package io.tern.node.grpc;

import io.tern.node.api.Caller;
import io.tern.node.api.Consuming;
import io.tern.node.api.Failures;
import io.tern.node.leader.ReceivedMessages;
import io.tern.protocols.TernException;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.GrpcLimits;
import io.tern.state.limits.Limits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The receives of one consumer's stream. One long poll waits for messages; while there are many,
 * short ones run beside it. When nobody leads it tries again after a pause, for as long as the
 * stream lives. On the stream's event loop only.
 */
final class ReceivePump {
  private static final String METRIC = "Consume";
  private static final long FIRST_PAUSE_MILLIS = 50;

  /** The stream, as the pump needs it. */
  interface Sink {
    /** How many messages may be received now, those already asked for included. */
    int room();

    /** Whether the consumer keeps up with reading. */
    boolean isReady();

    /** Takes received messages. */
    void received(QueueDefinition queue, List<Consuming.Received> messages);

    /** Takes messages that came too late: nobody will see them. */
    void cameTooLate(QueueDefinition queue, ReceivedMessages.Messages messages);

    /** The queue was deleted and made again: what was delivered of the old one is gone. */
    void queueReplaced();

    /** Nothing more will come. */
    void failed(TernException reason);

    /** The pump was stopped and nothing is under way any more. */
    void drained();
  }

  private final Consuming consuming;
  private final Consuming.Wishes wishes;
  private final Caller caller;
  private final GrpcPorts ports;
  private final Sink sink;
  private final Map<Long, CompletableFuture<?>> underWay = new HashMap<>();
  private QueueDefinition queue;
  private long lastReceive;
  private int asked;
  private int atOnce = 1;
  private int bytesOfOne = 1;
  private long pauseMillis = FIRST_PAUSE_MILLIS;
  private boolean longPolls;
  private boolean pausing;
  private boolean stopped;

  ReceivePump(
      Consuming consuming,
      Consuming.Wishes wishes,
      QueueDefinition queue,
      Caller caller,
      GrpcPorts ports,
      Sink sink) {
    this.consuming = consuming;
    this.wishes = wishes;
    this.queue = queue;
    this.caller = caller;
    this.ports = ports;
    this.sink = sink;
  }

  /** The queue that deliveries are of. */
  QueueDefinition queue() {
    return queue;
  }

  boolean isIdle() {
    return underWay.isEmpty();
  }

  /** Receives as much as there is room for. */
  void pump() {
    while (!stopped && !pausing && underWay.size() < atOnce && sink.isReady()) {
      int most = Math.min(sink.room() - asked, mostOfOne());
      if (most <= 0) {
        return;
      }
      receive(most, !longPolls);
    }
  }

  /** Fewer of large messages, so that what is under way has a bound in bytes. */
  private int mostOfOne() {
    return Math.clamp(GrpcLimits.CONSUME_RECEIVE_BYTES / bytesOfOne, 1, Limits.BATCH_ENTRIES);
  }

  /** Receives nothing more; what comes all the same is given back. */
  void stop() {
    if (!stopped) {
      stopped = true;
      List.copyOf(underWay.values()).forEach(receive -> receive.cancel(false));
    }
  }

  private void receive(int most, boolean waits) {
    QueueDefinition from = queue;
    long started = ports.clock().monotonicNanos();
    asked += most;
    longPolls |= waits;
    CompletableFuture<ReceivedMessages> receive =
        consuming.receive(from, wishes, most, waits ? Limits.WAIT_MILLIS : 0);
    long number = ++lastReceive;
    underWay.put(number, receive);
    var _ =
        receive.whenComplete((found, failure) ->
            caller
                .home()
                .execute(() -> {
                  underWay.remove(number);
                  asked -= most;
                  longPolls &= !waits;
                  ended(from, most, waits, started, found, failure);
                }));
  }

  private void ended(
      QueueDefinition from,
      int most,
      boolean waited,
      long started,
      @Nullable ReceivedMessages found,
      @Nullable Throwable failure) {
    if (stopped) {
      if (found instanceof ReceivedMessages.Messages messages && !messages.messages().isEmpty()) {
        sink.cameTooLate(from, messages);
      }
      if (isIdle()) {
        sink.drained();
      }
      return;
    }
    long nanos = ports.clock().monotonicNanos() - started;
    if (found == null) {
      failed(
          Failures.told(failure == null ? new IllegalStateException("no answer") : failure), nanos);
    } else {
      switch (found) {
        case ReceivedMessages.Refused refused ->
            failed(new TernException(refused.code(), refused.detail()), nanos);
        case ReceivedMessages.Messages messages -> received(from, most, waited, nanos, messages);
      }
    }
    pump();
  }

  private void received(
      QueueDefinition from,
      int most,
      boolean waited,
      long nanos,
      ReceivedMessages.Messages messages) {
    int count = messages.messages().size();
    if (count == 0) {
      atOnce = 1;
      // A poll that ends early found a leader that is about to stop.
      if (waited && nanos < TimeUnit.MILLISECONDS.toNanos(Limits.WAIT_MILLIS / 2)) {
        pause();
      }
      return;
    }
    ports.metrics().done(METRIC, null, nanos);
    pauseMillis = FIRST_PAUSE_MILLIS;
    atOnce = count == most ? Math.min(2 * atOnce, GrpcLimits.CONSUME_RECEIVES) : 1;
    List<Consuming.Received> rendered = consuming.render(from, wishes, messages);
    long bytes = 0;
    for (Consuming.Received each : rendered) {
      bytes += each.message().getSerializedSize();
    }
    bytesOfOne = (int) Math.max(1, bytes / count);
    sink.received(from, rendered);
  }

  private void failed(TernException reason, long nanos) {
    ports.metrics().done(METRIC, reason.code(), nanos);
    atOnce = 1;
    switch (reason.code()) {
      case SERVICE_UNAVAILABLE, REQUEST_THROTTLED, OVER_LIMIT -> pause();
      case QUEUE_DOES_NOT_EXIST -> lookAgain();
      default -> sink.failed(reason);
    }
  }

  private void pause() {
    if (!pausing) {
      pausing = true;
      var _ =
          ports
              .timer()
              .schedule(
                  () -> caller.home().execute(this::resume), pauseMillis, TimeUnit.MILLISECONDS);
      pauseMillis = Math.min(2 * pauseMillis, GrpcLimits.CONSUME_PAUSE_MILLIS);
    }
  }

  private void resume() {
    pausing = false;
    pump();
  }

  /** The name may mean another queue by now, made on another node a moment ago. */
  private void lookAgain() {
    if (pausing) {
      return;
    }
    pausing = true;
    var _ =
        consuming
            .fresh(caller, wishes)
            .whenComplete(
                (found, failure) -> caller.home().execute(() -> foundAgain(found, failure)));
  }

  private void foundAgain(@Nullable QueueDefinition found, @Nullable Throwable failure) {
    pausing = false;
    if (stopped) {
      return;
    }
    if (found == null) {
      TernException told =
          Failures.told(failure == null ? new IllegalStateException("no answer") : failure);
      if (told.code() == ErrorCode.SERVICE_UNAVAILABLE) {
        pause();
      } else {
        sink.failed(told);
      }
    } else if (found.queue().equals(queue.queue())) {
      sink.failed(new TernException(ErrorCode.QUEUE_DOES_NOT_EXIST));
    } else {
      queue = found;
      sink.queueReplaced();
      pump();
    }
  }
}
