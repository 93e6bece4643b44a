package io.tern.state.queue;

import io.tern.state.MessageId;

/**
 * What a FIFO queue remembers a send by. The edge makes the key: the first 16 bytes of a SHA-256 of
 * the deduplication id, and of the group where the scope is the message group.
 *
 * @param id the message id that a repetition is answered with
 */
public record Deduplication(long keyHigh, long keyLow, MessageId id) {}
