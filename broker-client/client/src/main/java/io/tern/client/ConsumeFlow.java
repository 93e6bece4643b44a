package io.tern.client;

import io.tern.proto.messaging.ConsumeResponse;
import io.tern.proto.messaging.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What runs a {@link io.tern.client.Consumer}: keeps a stream to the queue's leader, gives credit,
 * holds what was delivered, and sees to it that every settlement arrives, on the stream or without
 * it. Everything happens under one lock; only callers wait in it, for messages.
 */
final class ConsumeFlow {
  private final Connections connections;
  private final ConsumerOptions options;
  private final int windowMessages;
  private final Guard guard;
  private final Condition changed;
  private final WakeTimer wake;
  private final GroupLines lines;
  private final ReceiptSettler receipts;

  private final TakenMessages taken;
  private final LeaderSearch search;

  /** Settlements on their way without a stream. */
  private int settlingByReceipt;

  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private @Nullable TernClientException failure;
  private boolean stopping;
  private @Nullable ConsumeStream stream;
  private long streams;

  ConsumeFlow(
      Connections connections, ConsumerOptions options, boolean handlers, int windowMessages) {
    this.connections = connections;
    this.options = options;
    this.windowMessages = windowMessages;
    this.guard = new Guard(connections);
    this.changed = guard.newCondition();
    this.wake = new WakeTimer(connections, guard, this::pump);
    this.lines = new GroupLines(handlers && options.fifo());
    this.taken = new TakenMessages(options);
    this.search = new LeaderSearch(connections, guard, options.queueUrl());
    this.receipts = new ReceiptSettler(connections, options.queueUrl());
  }

  /** Opens the stream. */
  void start() {
    guard.run(this::pump);
  }

  /** Ends when the consumer was closed, or with the error that ended it. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  /** The next message; null when the consumer stops. */
  @Nullable ReceivedMessage take() throws InterruptedException {
    guard.enter();
    try {
      while (!stopping) {
        ReceivedMessage next = lines.take();
        if (next != null) {
          taken.add(next);
          return next;
        }
        changed.await();
      }
      return null;
    } finally {
      guard.leave();
    }
  }

  /** All messages that are there, as soon as there is one; none when the time is over. */
  List<ReceivedMessage> poll(long waitMillis) {
    guard.enter();
    try {
      List<ReceivedMessage> messages = new ArrayList<>();
      boolean unused = awaitUntil(Ticker.millis() + waitMillis, () -> takeInto(messages));
      if (messages.isEmpty() && failure != null) {
        throw new TernClientException(
            failure.code(), String.valueOf(failure.getMessage()), failure.retryable(), failure);
      }
      if (messages.isEmpty() && stopping) {
        throw TernClientException.closed("the consumer");
      }
      return messages;
    } finally {
      guard.leave();
    }
  }

  private boolean takeInto(List<ReceivedMessage> messages) {
    ReceivedMessage next = stopping ? null : lines.take();
    while (next != null) {
      taken.add(next);
      messages.add(next);
      next = lines.take();
    }
    return stopping || !messages.isEmpty();
  }

  /** The message was processed. */
  CompletableFuture<Void> acknowledge(ReceivedMessage message) {
    guard.enter();
    try {
      return settle(message, Settlement.ACKNOWLEDGED);
    } finally {
      guard.leave();
    }
  }

  /** The message was not processed, nor may be what waits of its group. */
  CompletableFuture<Void> reject(ReceivedMessage message, int delaySeconds) {
    guard.enter();
    try {
      if (options.fifo()) {
        // Before the message itself: as long as that one is in flight, its group stays closed.
        for (ReceivedMessage follower : lines.takeFollowers(message)) {
          taken.add(follower);
          CompletableFuture<Void> unused = settle(follower, delaySeconds);
        }
      }
      return settle(message, delaySeconds);
    } finally {
      guard.leave();
    }
  }

  /** A handler is done with a message that it settled, so the next of its group may follow. */
  void finished(ReceivedMessage message) {
    guard.run(() -> {
      lines.finished(message);
      changed.signal();
    });
  }

  /** Takes and hands out no more messages. */
  void stop() {
    guard.run(() -> {
      stopping = true;
      List<ReceivedMessage> unused = lines.takeAll();
      changed.signalAll();
    });
  }

  /** Waits until all settlements have arrived; false when the time is over before. */
  boolean awaitSettled(long untilMillis) {
    guard.enter();
    try {
      return awaitUntil(
          untilMillis,
          () -> settlingByReceipt == 0 && (stream == null || stream.settlements().isEmpty()));
    } finally {
      guard.leave();
    }
  }

  /** Half-closes the stream, so that the queue has back at once what is not settled. */
  void finish() {
    guard.enter();
    try {
      if (stream != null) {
        stream.finish();
        if (!awaitUntil(Ticker.millis() + ClientLimits.CLOSE_MILLIS, () -> stream == null)) {
          end(stream, "the server does not end the stream");
        }
      }
      guard.owe(() -> ended.complete(null));
    } finally {
      guard.leave();
    }
  }

  /** Ends everything at once, because the client closes. */
  void closeNow() {
    guard.run(() -> {
      stopping = true;
      end(stream, "the client closes");
      failed(TernClientException.closed("the client"));
    });
  }

  private static void end(@Nullable ConsumeStream open, String reason) {
    if (open != null) {
      open.cancel(reason);
    }
  }

  /** Waits for a condition; interruption ends the wait as time does, and stays set. */
  private boolean awaitUntil(long untilMillis, BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      long leftMillis = untilMillis - Ticker.millis();
      if (leftMillis <= 0) {
        return false;
      }
      try {
        boolean unused = changed.await(leftMillis, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  private CompletableFuture<Void> settle(ReceivedMessage message, int delaySeconds) {
    boolean onStream = taken.giveBack(message);
    Settlement settlement = new Settlement(message, delaySeconds);
    ConsumeStream open = stream;
    if (onStream && open != null) {
      open.settlements().add(settlement);
      open.askSettlements();
    } else {
      settleByReceipt(List.of(settlement));
      pump();
    }
    return settlement.done();
  }

  private void settleByReceipt(List<Settlement> settlements) {
    settlingByReceipt += settlements.size();
    for (Settlement settlement : settlements) {
      CompletableFuture<?> unused =
          settlement
              .done()
              .whenComplete((done, error) ->
                  guard.run(() -> {
                    settlingByReceipt--;
                    changed.signalAll();
                  }));
    }
    receipts.settle(settlements);
  }

  /** Does whatever can be done now, and sees to it that somebody comes back in time. */
  private void pump() {
    long now = Ticker.millis();
    ConsumeStream open = stream;
    boolean wantsStream = open == null && !stopping;
    if (wantsStream && !search.isSearching() && !search.isPaused(now)) {
      search.find(this::open, this::lost);
    } else if (open != null) {
      open.askSettlements();
      if (!stopping) {
        open.giveCredit(taken.orphans());
        // Not half-closed, which would give back what handlers are at: that is settled by receipt.
        search.look(now, open.address(), () -> open.cancel("the leader moved"));
      }
    }
    List<ReceivedMessage> beat = taken.takeBeat(now);
    if (!beat.isEmpty()) {
      receipts.settle(
          beat.stream().map(late -> new Settlement(late, options.visibilitySeconds())).toList());
    }
    boolean pauses = stream == null && !stopping && !search.isSearching();
    wake.set(Math.min(taken.beatAtMillis(), pauses ? search.notBeforeMillis() : Long.MAX_VALUE));
  }

  private void open(String address) {
    if (stopping) {
      return;
    }
    try {
      StreamEvents events = new StreamEvents();
      streams++;
      ConsumeStream opened =
          ConsumeStream.open(
              streams,
              address,
              connections.channels().to(address),
              options.opening(),
              new CreditWindow(windowMessages),
              events);
      events.known = opened;
      stream = opened;
      search.streamOpened();
      pump();
    } catch (TernClientException clientClosed) {
      lost(clientClosed);
    }
  }

  private void answered(ConsumeStream from, ConsumeResponse answer) {
    search.worked();
    from.window().delivered(answer.getDeliveriesCount());
    long now = Ticker.millis();
    if (!stopping) {
      for (Delivery delivery : answer.getDeliveriesList()) {
        lines.add(
            new ReceivedMessage(delivery.getMessage(), from.number(), delivery.getDelivery(), now));
        changed.signal();
      }
    }
    if (answer.hasSettled()) {
      List<Settlements.Answer> answers = from.settlements().answered(answer.getSettled());
      from.window().settled(answers.size());
      answers.forEach(this::settled);
      changed.signalAll();
    }
    pump();
  }

  private void settled(Settlements.Answer answer) {
    TernClientException error = answer.error();
    CompletableFuture<Void> done = answer.settlement().done();
    if (error == null) {
      guard.owe(() -> done.complete(null));
    } else if (error.retryable()) {
      settleByReceipt(List.of(answer.settlement()));
    } else {
      guard.owe(() -> done.completeExceptionally(error));
    }
  }

  private void streamEnded(ConsumeStream over, @Nullable Throwable error) {
    if (stream != over) {
      return;
    }
    stream = null;
    taken.streamEnded(Ticker.millis());
    search.streamEnded(over.address(), error != null);
    List<Settlement> toSettle = over.settlements().takeAll();
    for (ReceivedMessage waits : lines.takeAll()) {
      toSettle.add(new Settlement(waits, 0));
    }
    settleByReceipt(toSettle);
    changed.signalAll();
    lost(
        error == null
            ? new TernClientException(
                TernClientException.UNAVAILABLE, "the server ended the stream", true)
            : meaning(error));
  }

  /** We cancel a stream only to open another one. */
  private static TernClientException meaning(Throwable error) {
    TernClientException meant = TernClientException.of(error);
    return meant.code().equals(TernClientException.CLOSED)
        ? new TernClientException(TernClientException.UNAVAILABLE, "given up", true, meant)
        : meant;
  }

  /** No stream: a pause before the next one, or the end of the consumer. */
  private void lost(TernClientException error) {
    search.failed();
    if (!error.retryable() && !stopping) {
      stopping = true;
      failed(error);
    }
    pump();
  }

  private void failed(TernClientException error) {
    failure = error;
    guard.owe(() -> ended.completeExceptionally(error));
    changed.signalAll();
  }

  /** What a stream tells us, from gRPC's threads; nothing before the flow knows the stream. */
  private final class StreamEvents implements ConsumeStream.Listener {
    private @Nullable ConsumeStream known;

    @Override
    public void onAnswer(ConsumeResponse answer) {
      with(mine -> answered(mine, answer));
    }

    @Override
    public void onEnd(@Nullable Throwable error) {
      with(mine -> streamEnded(mine, error));
    }

    private void with(Consumer<ConsumeStream> step) {
      guard.run(() -> {
        ConsumeStream mine = known;
        if (mine != null) {
          step.accept(mine);
        }
      });
    }
  }
}
