package io.tern.state.crossing;

/** A crossing with its number; numbers count from 1 for each pair of source and destination. */
public record OutboxEntry(long number, Crossing crossing) {}
