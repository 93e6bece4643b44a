package io.tern.disk;

import io.tern.state.Bytes;

/**
 * A message as its row holds it.
 *
 * @param sentMillis wall clock
 * @param content what the sender gave, opaque here
 */
public record StoredMessage(long number, long sentMillis, Bytes content) {}
