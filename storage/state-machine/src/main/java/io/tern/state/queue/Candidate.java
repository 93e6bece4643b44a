package io.tern.state.queue;

/** A message that a receive may take next; the group is empty for none. */
public record Candidate(long number, String group) {}
