package io.tern.client;

/** What {@link Producer#send} does while the producer's buffer is full. */
public enum BufferPolicy {
  /** Waits for room, at most for the delivery timeout; then the message fails. */
  BLOCK,
  /** Fails the message at once with {@link TernClientException#BUFFER_FULL}. */
  FAIL
}
