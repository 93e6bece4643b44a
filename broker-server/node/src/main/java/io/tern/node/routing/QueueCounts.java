package io.tern.node.routing;

/** How many messages of a queue a receive would find, are in flight, and are delayed. */
public record QueueCounts(long visible, long inFlight, long delayed) {}
