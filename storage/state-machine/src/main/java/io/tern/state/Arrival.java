package io.tern.state;

import org.jspecify.annotations.Nullable;

/**
 * The past of a message that came from another queue.
 *
 * @param deadLetterSource the queue it was moved from as a dead letter, or null
 * @param receiveCount how often it was received before; its count goes on from there
 * @param firstReceivedMillis wall clock of its first receive, 0 when there was none
 */
public record Arrival(
    @Nullable QueueName deadLetterSource, int receiveCount, long firstReceivedMillis) {}
