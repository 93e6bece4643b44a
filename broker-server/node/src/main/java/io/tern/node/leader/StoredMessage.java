package io.tern.node.leader;

import io.tern.state.Bytes;

/**
 * A message as it lies in its partition.
 *
 * @param sentMillis wall clock
 */
public record StoredMessage(long sentMillis, Bytes content) {}
