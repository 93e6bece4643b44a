package io.tern.chaos.history;

import org.jspecify.annotations.Nullable;

/**
 * What a workload says of a queue that it made before the first fault.
 *
 * @param visibilitySeconds the queue's own timeout
 * @param deadLetterQueue null when it has none
 * @param maxReceiveCount 0 when it has no dead-letter queue
 * @param contentDeduplication whether the body is the deduplication id
 * @param groupDeduplication whether ids count within their group only
 */
public record QueueFact(
    String workload,
    String name,
    boolean fifo,
    int visibilitySeconds,
    int delaySeconds,
    @Nullable String deadLetterQueue,
    int maxReceiveCount,
    boolean contentDeduplication,
    boolean groupDeduplication) {}
