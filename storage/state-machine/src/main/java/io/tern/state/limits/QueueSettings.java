package io.tern.state.limits;

/** The attributes of a queue that its partition needs, in the units the rules use. */
public record QueueSettings(
    long visibilityMillis, long delayMillis, long retentionMillis, boolean fifo) {}
