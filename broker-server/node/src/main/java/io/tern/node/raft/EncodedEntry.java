package io.tern.node.raft;

import io.tern.state.Entry;

/**
 * An entry in both its forms: the bytes go into the log, the leader applies the object.
 *
 * @param bytes given away; nobody writes to it any more
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a copy of every entry would be felt.
public record EncodedEntry(Entry entry, byte[] bytes) {}
