package io.tern.client;

import io.grpc.ChannelCredentials;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;

/**
 * What everything made from one client shares: connections, leaders, a timer, and the threads on
 * which futures of callers end. {@link TernClient} owns it.
 */
final class Connections implements AutoCloseable {
  private final Channels channels;
  private final QueueLeaders leaders;
  private final ScheduledThreadPoolExecutor timer;
  private final ExecutorService callbacks;
  private final UnaryCalls calls;

  Connections(List<String> endpoints, ChannelCredentials credentials) {
    this.channels = new Channels(endpoints, credentials);
    this.leaders = new QueueLeaders(channels);
    this.timer = new ScheduledThreadPoolExecutor(1, daemons("tern-client-timer"));
    this.timer.setRemoveOnCancelPolicy(true);
    this.callbacks =
        Executors.newFixedThreadPool(
            ClientLimits.CALLBACK_THREADS, daemons("tern-client-callback"));
    this.calls = new UnaryCalls(channels, leaders, timer);
  }

  Channels channels() {
    return channels;
  }

  QueueLeaders leaders() {
    return leaders;
  }

  /** For short work only: it has one thread. */
  ScheduledExecutorService timer() {
    return timer;
  }

  /** For code of callers, which may take its time. */
  ExecutorService callbacks() {
    return callbacks;
  }

  UnaryCalls calls() {
    return calls;
  }

  @Override
  public void close() {
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
