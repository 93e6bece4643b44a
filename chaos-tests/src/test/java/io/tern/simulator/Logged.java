package io.tern.simulator;

import io.tern.disk.CommandCodec;
import io.tern.state.Bytes;
import io.tern.state.Entry;
import org.jspecify.annotations.Nullable;

/**
 * One slot of a simulated log, in the bytes that nodes send each other.
 *
 * @param entry what the leader made; null where a term begins
 * @param stampedMillis true time at which the leader stamped it
 */
record Logged(long term, @Nullable Entry entry, Bytes bytes, long stampedMillis) {
  static Logged beginning(long term, long nowMillis) {
    return new Logged(term, null, Bytes.of(new byte[0]), nowMillis);
  }

  static Logged of(long term, Entry entry, long nowMillis) {
    return new Logged(term, entry, Bytes.of(CommandCodec.encode(entry)), nowMillis);
  }

  /** The entry as a replica reads it that did not make it. */
  Entry decoded() {
    return CommandCodec.decodeEntry(bytes.array());
  }
}
