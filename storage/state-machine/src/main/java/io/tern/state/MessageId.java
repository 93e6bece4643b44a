package io.tern.state;

/** A message's id, a UUID in two halves; made at the edge. */
public record MessageId(long high, long low) {}
