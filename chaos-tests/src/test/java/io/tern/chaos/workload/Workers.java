package io.tern.chaos.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a workload. They repeat their step until they are stopped. {@link Load} owns it.
 */
final class Workers {
  private static final long STOP_WITHIN_MILLIS = 60_000;

  private final List<Thread> threads = new ArrayList<>();
  private final ConcurrentLinkedQueue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  void add(String name, Runnable step) {
    threads.add(Thread.ofPlatform().name(name).unstarted(() -> run(step)));
  }

  void start() {
    threads.forEach(Thread::start);
  }

  boolean stopped() {
    return stopped;
  }

  /** Returns when the calls under way have ended; fails when a step failed. */
  void stop() {
    stopped = true;
    long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_WITHIN_MILLIS);
    for (Thread thread : threads) {
      try {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      if (thread.isAlive()) {
        throw new IllegalStateException(thread.getName() + " does not end");
      }
    }
    RuntimeException first = failures.poll();
    if (first != null) {
      throw new IllegalStateException("a client could not go on", first);
    }
  }

  private void run(Runnable step) {
    try {
      while (!stopped) {
        step.run();
      }
    } catch (RuntimeException e) {
      // What the cluster answers never gets here: this is a fault of the workload.
      failures.add(e);
    }
  }
}
