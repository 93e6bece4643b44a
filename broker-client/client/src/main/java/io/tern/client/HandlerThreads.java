package io.tern.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The threads of a consumer's handlers; each takes a message, handles it, and settles it. */
final class HandlerThreads {
  private static final Logger LOG = System.getLogger("io.tern.client.handler");

  private final ConsumeFlow flow;
  private final MessageHandler handler;
  private final int rejectDelaySeconds;
  private final List<Thread> threads = new ArrayList<>();

  HandlerThreads(
      ConsumeFlow flow, MessageHandler handler, int concurrency, int rejectDelaySeconds) {
    this.flow = flow;
    this.handler = handler;
    this.rejectDelaySeconds = rejectDelaySeconds;
    for (int i = 1; i <= concurrency; i++) {
      threads.add(new Thread(this::work, "tern-handler-" + i));
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  /** Waits until no handler runs; those that still do when the time is over are interrupted. */
  void awaitEnd(long untilMillis) {
    try {
      for (Thread thread : threads) {
        thread.join(Math.max(1, untilMillis - Ticker.millis()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.stream().filter(Thread::isAlive).forEach(Thread::interrupt);
  }

  private void work() {
    try {
      ReceivedMessage message = flow.take();
      while (message != null) {
        handle(message);
        message = flow.take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whatever a handler throws, its message goes back and the thread goes on. */
  @SuppressWarnings("CatchingUnchecked")
  private void handle(ReceivedMessage message) {
    CompletableFuture<Void> unused;
    try {
      handler.handle(message);
      unused = flow.acknowledge(message);
    } catch (Throwable failure) {
      LOG.log(Level.WARNING, () -> "handler failed, message " + message.messageId(), failure);
      unused = flow.reject(message, rejectDelaySeconds);
      if (failure instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
    } finally {
      flow.finished(message);
    }
  }
}
