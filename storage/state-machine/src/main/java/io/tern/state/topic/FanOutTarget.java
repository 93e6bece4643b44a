package io.tern.state.topic;

import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.SubscriptionId;
import io.tern.state.queue.Deduplication;
import org.jspecify.annotations.Nullable;

/**
 * One subscription that a published message matched, and the queue it goes to.
 *
 * @param protocol of the subscription; chooses the text of a structured message
 * @param raw whether the subscriber gets the message without its envelope
 * @param deadLetter where it goes if the queue does not take it, or null: it is dropped then
 * @param deduplication what a FIFO queue remembers it by; null for standard queues
 */
public record FanOutTarget(
    SubscriptionId subscription,
    String protocol,
    boolean raw,
    QueueId queue,
    PartitionId partition,
    @Nullable DeadLetterTarget deadLetter,
    @Nullable Deduplication deduplication) {}
