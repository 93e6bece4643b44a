package io.tern.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Receives the messages of one queue over a stream from its leader: as a loop around {@link #poll},
 * or by a handler with {@link #handle}, one of the two. {@link TernClient#consumer} makes one.
 *
 * <p>The server delivers as many messages as the consumer has room for, extends their visibility
 * while the consumer works on them, and takes acknowledgements on the same stream. When the stream
 * breaks the consumer opens another one and settles by receipt handle what the first one delivered;
 * what had not been handed to the application goes back to the queue.
 *
 * <p>Delivery is at least once: a message whose acknowledgement is lost comes again. Of a FIFO
 * queue the messages of one group are handled one after another, and none is handled while an
 * earlier one of its group is to be delivered again.
 *
 * <p>An error that cannot pass, such as a queue that is deleted, ends the consumer: see {@link
 * #ended}.
 */
public final class Consumer implements AutoCloseable {
  private final Connections connections;
  private final ConsumerOptions options;
  private @Nullable ConsumeFlow flow;
  private @Nullable HandlerThreads handlers;
  private @Nullable Runnable whenClientCloses;
  private boolean closed;

  private Consumer(Connections connections, ConsumerOptions options) {
    this.connections = connections;
    this.options = options;
  }

  /**
   * Waits for messages, and returns those that are there; empty when none came in time. Each must
   * be acknowledged or rejected. While as many as the prefetch are neither, no more come.
   *
   * @throws TernClientException when the consumer was closed or has ended with an error
   * @throws IllegalStateException when a handler takes the messages
   */
  public List<ReceivedMessage> poll(Duration wait) {
    return polled().poll(wait.toMillis());
  }

  /**
   * The message was processed and leaves the queue. Returns at once; the future ends when the
   * deletion is durable, or with a {@link TernClientException}. Who need not know may ignore it.
   *
   * @throws IllegalStateException when the message was acknowledged or rejected before
   */
  public CompletableFuture<Void> acknowledge(ReceivedMessage message) {
    return opened().acknowledge(message);
  }

  /**
   * The message was not processed and is delivered again after a delay, in whole seconds, 12 hours
   * at most. Of a FIFO queue, what was delivered of its group and not handed out goes back as well.
   *
   * @throws IllegalStateException when the message was acknowledged or rejected before
   */
  public CompletableFuture<Void> reject(ReceivedMessage message, Duration delay) {
    int seconds =
        (int)
            ClientLimits.inRange(
                "the delay in seconds", delay.toSeconds(), 0, ClientLimits.VISIBILITY_SECONDS);
    return opened().reject(message, seconds);
  }

  /**
   * Hands each message to the handler, in so many threads at once. Returns at once; {@link #close}
   * ends it.
   *
   * @throws IllegalStateException when the consumer is used already
   */
  public synchronized void handle(MessageHandler handler, int concurrency) {
    ClientLimits.inRange("the concurrency", concurrency, 1, ClientLimits.CONCURRENCY);
    if (flow != null) {
      throw new IllegalStateException("the consumer is used already");
    }
    ConsumeFlow opened = open(true, concurrency + options.prefetch());
    HandlerThreads threads =
        new HandlerThreads(opened, handler, concurrency, options.rejectDelaySeconds());
    handlers = threads;
    threads.start();
  }

  /**
   * Ends normally when the consumer was closed, and with a {@link TernClientException} when an
   * error ended it. Of a consumer that was not used yet it never ends.
   */
  public synchronized CompletableFuture<Void> ended() {
    ConsumeFlow opened = flow;
    return opened == null ? new CompletableFuture<>() : opened.ended().copy();
  }

  /** As {@link #close(Duration)}, with half a minute of patience. */
  @Override
  public void close() {
    close(Duration.ofMillis(ClientLimits.STOP_MILLIS));
  }

  /**
   * Stops: takes no more messages, waits for handlers that run and for settlements, then ends the
   * stream, so that other consumers have at once what this one did not settle. Handlers that are
   * not done within the patience are interrupted, and their messages go back too.
   */
  public void close(Duration patience) {
    ConsumeFlow opened;
    HandlerThreads threads;
    synchronized (this) {
      opened = closed ? null : flow;
      threads = handlers;
      closed = true;
      if (whenClientCloses != null) {
        connections.forgetUser(whenClientCloses);
      }
    }
    if (opened == null) {
      return;
    }
    long untilMillis = Ticker.millis() + patience.toMillis();
    opened.stop();
    if (threads != null) {
      threads.awaitEnd(untilMillis);
    }
    boolean unused =
        opened.awaitSettled(Math.max(untilMillis, Ticker.millis() + ClientLimits.CLOSE_MILLIS));
    opened.finish();
  }

  private synchronized ConsumeFlow polled() {
    if (handlers != null) {
      throw new IllegalStateException("a handler takes the messages");
    }
    return flow == null ? open(false, Math.max(1, options.prefetch())) : flow;
  }

  private synchronized ConsumeFlow opened() {
    if (flow == null) {
      throw new IllegalStateException("the consumer has received nothing");
    }
    return flow;
  }

  private ConsumeFlow open(boolean byHandlers, int windowMessages) {
    if (closed) {
      throw TernClientException.closed("the consumer");
    }
    ConsumeFlow opened = new ConsumeFlow(connections, options, byHandlers, windowMessages);
    flow = opened;
    Runnable end = opened::closeNow;
    whenClientCloses = end;
    connections.whenClosed(end);
    opened.start();
    return opened;
  }

  /** How a consumer behaves. Every setting has a value that does for most. */
  public static final class Builder {
    private final Connections connections;
    private final String queueUrl;
    private int prefetch = ClientLimits.DEFAULT_PREFETCH;
    private int visibilitySeconds = ClientLimits.DEFAULT_VISIBILITY_SECONDS;
    private int extendSeconds = ClientLimits.DEFAULT_EXTEND_SECONDS;
    private int rejectDelaySeconds = ClientLimits.DEFAULT_REJECT_SECONDS;
    private List<String> systemAttributes = List.of("ApproximateReceiveCount", "MessageGroupId");
    private List<String> attributes = List.of("All");

    Builder(Connections connections, String queueUrl) {
      this.connections = connections;
      this.queueUrl = queueUrl;
    }

    /**
     * Messages that may wait in the consumer, beyond those that handlers work on; 100 when not
     * said. With slow handlers and several consumers, fewer: what waits here is not elsewhere. A
     * loop needs one at least.
     */
    public Builder prefetch(int messages) {
      prefetch = (int) ClientLimits.inRange("prefetch", messages, 0, ClientLimits.PREFETCH);
      return this;
    }

    /**
     * How soon a message comes back when this consumer dies; half a minute when not said, in whole
     * seconds. While the consumer lives, it is extended.
     */
    public Builder visibilityTimeout(Duration timeout) {
      visibilitySeconds =
          (int)
              ClientLimits.inRange(
                  "visibilityTimeout in seconds",
                  timeout.toSeconds(),
                  1,
                  ClientLimits.VISIBILITY_SECONDS);
      return this;
    }

    /**
     * How long a message stays with this consumer at most, from its delivery on; an hour when not
     * said, in whole seconds, zero for no longer than its visibility timeout.
     */
    public Builder extendFor(Duration time) {
      extendSeconds =
          (int)
              ClientLimits.inRange(
                  "extendFor in seconds", time.toSeconds(), 0, ClientLimits.VISIBILITY_SECONDS);
      return this;
    }

    /** When a message comes back whose handler failed; 5 seconds when not said. */
    public Builder rejectDelay(Duration delay) {
      rejectDelaySeconds =
          (int)
              ClientLimits.inRange(
                  "rejectDelay in seconds", delay.toSeconds(), 0, ClientLimits.VISIBILITY_SECONDS);
      return this;
    }

    /**
     * Attributes of the queue that messages come with, as in {@code ReceiveMessage}; the receive
     * count and the group when not said.
     */
    public Builder systemAttributes(List<String> names) {
      ClientLimits.inRange("names", names.size(), 0, ClientLimits.ATTRIBUTE_NAMES);
      systemAttributes = List.copyOf(names);
      return this;
    }

    /** Attributes of senders that messages come with; all when not said. */
    public Builder attributes(List<String> names) {
      ClientLimits.inRange("names", names.size(), 0, ClientLimits.ATTRIBUTE_NAMES);
      attributes = List.copyOf(names);
      return this;
    }

    /** The consumer; it connects when it is first used. */
    public Consumer build() {
      return new Consumer(
          connections,
          new ConsumerOptions(
              queueUrl,
              prefetch,
              visibilitySeconds,
              extendSeconds,
              rejectDelaySeconds,
              withGroup(systemAttributes),
              attributes));
    }

    /** The consumer itself needs the group of FIFO messages. */
    private List<String> withGroup(List<String> names) {
      if (!queueUrl.endsWith(".fifo")
          || names.contains("All")
          || names.contains("MessageGroupId")) {
        return names;
      }
      List<String> all = new ArrayList<>(names);
      all.add("MessageGroupId");
      return List.copyOf(all);
    }
  }
}
