package io.tern.client;

import io.grpc.ChannelCredentials;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What everything made from one client shares: connections, leaders, a timer, and the threads on
 * which futures of callers end. {@link TernClient} owns it.
 */
final class Connections implements AutoCloseable {
  private final Channels channels;
  private final QueueLeaders leaders;
  private final ScheduledThreadPoolExecutor timer;
  private final ExecutorService callbacks;

  /** What ends the producers and consumers that are open. */
  private final Set<Runnable> users = new LinkedHashSet<>();

  private boolean closed;

  Connections(List<String> endpoints, ChannelCredentials credentials) {
    this.channels = new Channels(endpoints, credentials);
    this.leaders = new QueueLeaders(channels);
    this.timer = new ScheduledThreadPoolExecutor(1, daemons("tern-client-timer"));
    this.timer.setRemoveOnCancelPolicy(true);
    this.callbacks =
        Executors.newFixedThreadPool(
            ClientLimits.CALLBACK_THREADS, daemons("tern-client-callback"));
  }

  Channels channels() {
    return channels;
  }

  QueueLeaders leaders() {
    return leaders;
  }

  /**
   * Runs a short step after so many milliseconds; null when the client is closed, and then nothing
   * is left to do but to fail.
   */
  @Nullable ScheduledFuture<?> after(long delayMillis, Runnable step) {
    try {
      return timer.schedule(step, Math.max(0, delayMillis), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException clientClosed) {
      return null;
    }
  }

  /** Runs code of callers, which may take its time. */
  void callBack(Runnable code) {
    try {
      callbacks.execute(code);
    } catch (RejectedExecutionException clientClosed) {
      code.run();
    }
  }

  /** Calls this when the client closes; it does so at once when the client is closed already. */
  void whenClosed(Runnable step) {
    boolean late;
    synchronized (users) {
      late = closed || !users.add(step);
    }
    if (late) {
      step.run();
    }
  }

  /** That step is not needed any more. */
  void forgetUser(Runnable step) {
    synchronized (users) {
      users.remove(step);
    }
  }

  UnaryCalls calls() {
    return new UnaryCalls(this, channels, leaders);
  }

  @Override
  public void close() {
    List<Runnable> steps;
    synchronized (users) {
      closed = true;
      steps = List.copyOf(users);
    }
    steps.forEach(Runnable::run);
    timer.shutdownNow();
    channels.close();
    callbacks.shutdown();
  }

  static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
