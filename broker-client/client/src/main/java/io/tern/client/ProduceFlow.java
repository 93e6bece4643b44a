package io.tern.client;

import io.tern.proto.messaging.ProduceResponse;
import io.tern.proto.sqs.SendMessageBatchRequestEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What runs a {@link Producer}: takes messages in, forms batches, keeps a stream to the queue's
 * leader, and decides what a failure means. Everything happens under one lock and never waits in
 * it, but for room in the buffer; futures of callers end outside of it.
 */
final class ProduceFlow {
  private final Connections connections;
  private final ProducerOptions options;
  private final Guard guard;
  private final Condition room;
  private final SendBuffer buffer;
  private final FlushMarks marks = new FlushMarks();
  private final ProducerCounts counts;
  private final WakeTimer wake;
  private final LeaderSearch search;

  private long lastSequence;
  private boolean closing;
  private boolean closed;
  private @Nullable ProduceStream stream;

  ProduceFlow(Connections connections, ProducerOptions options) {
    this.connections = connections;
    this.options = options;
    this.buffer =
        new SendBuffer(
            options.fifo(), options.batchMessages(), options.batchBytes(), options.lingerMillis());
    this.guard = new Guard(connections);
    this.room = guard.newCondition();
    this.counts = new ProducerCounts(options);
    this.search = new LeaderSearch(connections, guard, options.queueUrl());
    this.wake = new WakeTimer(connections, guard, this::pump);
  }

  /** Takes a message in; waits for room when the policy says so. */
  CompletableFuture<SendResult> send(SendMessageBatchRequestEntry entry) {
    CompletableFuture<SendResult> result = new CompletableFuture<>();
    int bytes = entry.getSerializedSize() + ClientLimits.ENTRY_OVERHEAD_BYTES;
    guard.enter();
    try {
      TernClientException refusal = awaitRoom(bytes);
      if (refusal != null) {
        result.completeExceptionally(refusal);
        return result;
      }
      long now = Ticker.millis();
      lastSequence++;
      PendingMessage message =
          new PendingMessage(
              lastSequence, entry, bytes, now, now + options.deliveryMillis(), result);
      buffer.add(message);
      counts.tookIn(message);
      if (buffer.hasFullBatch() || wake.isAfter(buffer.dueAtMillis())) {
        pump();
      }
    } finally {
      guard.leave();
    }
    return result;
  }

  /** Ends when all messages sent before have ended, in whatever way. */
  CompletableFuture<Void> flush() {
    guard.enter();
    try {
      CompletableFuture<Void> reached = marks.add(lastSequence, counts.held());
      pump();
      return reached;
    } finally {
      guard.leave();
    }
  }

  /** Takes no more messages; what was taken is still sent. */
  void beginClosing() {
    guard.enter();
    try {
      closing = true;
      room.signalAll();
    } finally {
      guard.leave();
    }
  }

  /** Ends the stream; messages that still wait fail. */
  void close() {
    guard.enter();
    try {
      closing = true;
      closed = true;
      failWaiting(TernClientException.closed("the producer"));
      ProduceStream open = stream;
      if (open != null && open.isIdle()) {
        stream = null;
        open.finish();
      } else if (open != null) {
        open.cancel("the producer is closed");
      }
      room.signalAll();
    } finally {
      guard.leave();
    }
  }

  ProducerStatistics statistics() {
    guard.enter();
    try {
      return counts.now();
    } finally {
      guard.leave();
    }
  }

  /** Null when there is room now; otherwise why the message is refused. */
  private @Nullable TernClientException awaitRoom(int bytes) {
    if (bytes > ClientLimits.BATCH_BYTES || bytes > options.bufferBytes()) {
      return new TernClientException(
          "InvalidParameterValue", "the message has " + bytes + " bytes, too many", false);
    }
    long leftNanos = TimeUnit.MILLISECONDS.toNanos(options.deliveryMillis());
    while (!closing && !counts.hasRoomFor(bytes)) {
      if (options.bufferPolicy() == BufferPolicy.FAIL || leftNanos <= 0) {
        return new TernClientException(
            TernClientException.BUFFER_FULL, "the producer's buffer is full", true);
      }
      try {
        leftNanos = room.awaitNanos(leftNanos);
      } catch (InterruptedException e) {
        return TernClientException.interrupted(e);
      }
    }
    return closing ? TernClientException.closed("the producer") : null;
  }

  /** Does whatever can be done now, and sees to it that somebody comes back in time. */
  private void pump() {
    long now = Ticker.millis();
    TernClientException late =
        new TernClientException(
            TernClientException.TIMEOUT, "the message was not taken in its time", true);
    buffer.takeExpired(now).forEach(message -> fail(message, late));
    ProduceStream open = stream;
    if (open != null && open.isLeft()) {
      stream = null;
      open.finish();
      open = null;
    }
    if (open == null) {
      if (!closed && buffer.hasReady() && !search.isSearching() && !search.isPaused(now)) {
        search.find(this::open, this::lost);
      }
    } else if (open.overdueAtMillis() <= now) {
      open.cancel("no answer in time");
    } else if (!search.isPaused(now)) {
      sendBatches(open, now);
    }
    if (open != null) {
      ProduceStream current = open;
      search.look(
          now,
          current.address(),
          () -> {
            current.leave();
            pump();
          });
    }
    wake.set(nextWakeMillis(now));
  }

  private void sendBatches(ProduceStream open, long now) {
    while (open.hasRoom(options.batchesInFlight())) {
      List<PendingMessage> batch = buffer.nextBatch(now, marks.isWaitedFor() || closing);
      if (batch.isEmpty()) {
        return;
      }
      open.send(batch, now);
      counts.sentBatch();
    }
  }

  private long nextWakeMillis(long now) {
    long next = buffer.hasReady() ? now + ClientLimits.LOOK_MILLIS : Long.MAX_VALUE;
    ProduceStream open = stream;
    if (open == null) {
      boolean pauses = buffer.hasReady() && !search.isSearching();
      return pauses ? Math.min(next, search.notBeforeMillis()) : next;
    }
    next = Math.min(next, Math.min(open.overdueAtMillis(), search.lookAtMillis()));
    if (open.hasRoom(options.batchesInFlight())) {
      next = Math.min(next, Math.max(search.notBeforeMillis(), buffer.dueAtMillis()));
    }
    return next;
  }

  private void open(String address) {
    if (closed) {
      return;
    }
    try {
      StreamEvents events = new StreamEvents();
      ProduceStream opened =
          ProduceStream.open(
              options.queueUrl(), address, connections.channels().to(address), events);
      events.known = opened;
      stream = opened;
      counts.openedStream();
      search.streamOpened();
    } catch (TernClientException clientClosed) {
      lost(clientClosed);
    }
  }

  /** No stream, or one that ended with messages on their way: a pause, or the end of it all. */
  private void lost(TernClientException error) {
    search.failed();
    if (!error.retryable()) {
      failWaiting(error);
    }
    pump();
  }

  private void answered(ProduceStream from, ProduceResponse answer) {
    ProduceStream.Flight flight = from.landed(answer.getBatch());
    if (flight == null) {
      return;
    }
    List<PendingMessage> batch = flight.messages();
    if (answer.getResultsCount() != batch.size()) {
      from.cancel("an answer that does not fit its batch");
    }
    List<SendVerdict> verdicts = new ArrayList<>(batch.size());
    long now = Ticker.millis();
    for (int i = 0; i < batch.size(); i++) {
      boolean expired = batch.get(i).endMillis() <= now;
      verdicts.add(
          i < answer.getResultsCount()
              ? SendVerdict.of(answer.getResults(i), options.rules(), expired)
              : SendVerdict.ofBrokenStream(
                  new TernClientException(
                      TernClientException.UNAVAILABLE, "no answer for the message", true),
                  options.rules(),
                  expired));
    }
    if (settle(batch, verdicts)) {
      search.failed();
    } else {
      search.worked();
    }
    pump();
  }

  /** Ends what has ended and takes back the rest; returns whether there is a rest. */
  private boolean settle(List<PendingMessage> batch, List<SendVerdict> verdicts) {
    List<PendingMessage> again = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      PendingMessage message = batch.get(i);
      SendVerdict verdict = verdicts.get(i);
      if (verdict instanceof SendVerdict.Taken taken) {
        counts.acknowledged(message);
        ended(message, () -> message.result().complete(taken.result()));
      } else if (verdict instanceof SendVerdict.Failed failed) {
        fail(message, failed.error());
      } else {
        again.add(message);
      }
    }
    counts.repeated(again.size());
    buffer.returned(batch, again);
    return !again.isEmpty();
  }

  private void streamEnded(ProduceStream ended, @Nullable Throwable failure) {
    if (stream != ended) {
      return;
    }
    stream = null;
    TernClientException error = meaning(failure);
    search.streamEnded(ended.address(), failure != null && error.retryable());
    List<ProduceStream.Flight> flights = ended.takeFlights();
    long now = Ticker.millis();
    List<PendingMessage> batches = new ArrayList<>();
    flights.forEach(flight -> batches.addAll(flight.messages()));
    List<SendVerdict> verdicts = new ArrayList<>();
    for (PendingMessage message : batches) {
      verdicts.add(SendVerdict.ofBrokenStream(error, options.rules(), message.endMillis() <= now));
    }
    settle(batches, verdicts);
    lost(error);
  }

  /** We cancel a stream only to try again elsewhere, unless the producer is closed. */
  private TernClientException meaning(@Nullable Throwable failure) {
    if (closed) {
      return TernClientException.closed("the producer");
    }
    TernClientException error =
        failure == null
            ? new TernClientException(
                TernClientException.UNAVAILABLE, "the server ended the stream", true)
            : TernClientException.of(failure);
    return error.code().equals(TernClientException.CLOSED)
        ? new TernClientException(
            TernClientException.UNAVAILABLE, "a batch got no answer in its time", true, error)
        : error;
  }

  private void failWaiting(TernClientException error) {
    buffer.takeAll().forEach(message -> fail(message, error));
  }

  private void fail(PendingMessage message, TernClientException error) {
    counts.failed(message);
    ended(message, () -> message.result().completeExceptionally(error));
  }

  private void ended(PendingMessage message, Runnable ending) {
    guard.owe(ending);
    marks.ended(message.sequence()).forEach(mark -> guard.owe(() -> mark.complete(null)));
    room.signalAll();
  }

  /** What a stream tells us, from gRPC's threads; nothing before the flow knows the stream. */
  private final class StreamEvents implements ProduceStream.Listener {
    private @Nullable ProduceStream known;

    @Override
    public void onReady() {
      with(mine -> {
        mine.ready();
        pump();
      });
    }

    @Override
    public void onAnswer(ProduceResponse answer) {
      with(mine -> answered(mine, answer));
    }

    @Override
    public void onEnd(@Nullable Throwable failure) {
      with(mine -> streamEnded(mine, failure));
    }

    private void with(Consumer<ProduceStream> step) {
      guard.run(() -> {
        ProduceStream mine = known;
        if (mine != null) {
          step.accept(mine);
        }
      });
    }
  }
}
