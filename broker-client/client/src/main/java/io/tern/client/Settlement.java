package io.tern.client;

import java.util.concurrent.CompletableFuture;

/**
 * What becomes of one received message.
 *
 * @param delaySeconds when it is to be delivered again; {@link #ACKNOWLEDGED} for never
 * @param done ends when the server has done it
 */
record Settlement(ReceivedMessage message, int delaySeconds, CompletableFuture<Void> done) {
  /** The message was processed: it leaves the queue. */
  static final int ACKNOWLEDGED = -1;

  Settlement(ReceivedMessage message, int delaySeconds) {
    this(message, delaySeconds, new CompletableFuture<>());
  }

  boolean acknowledges() {
    return delaySeconds == ACKNOWLEDGED;
  }
}
