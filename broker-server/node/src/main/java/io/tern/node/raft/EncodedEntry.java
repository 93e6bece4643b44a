package io.tern.node.raft;

import io.tern.state.Bytes;
import io.tern.state.Entry;

/** An entry in both its forms: the bytes go into the log, the leader applies the object. */
public record EncodedEntry(Entry entry, Bytes bytes) {}
