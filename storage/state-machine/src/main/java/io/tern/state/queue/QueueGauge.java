package io.tern.state.queue;

import io.tern.state.QueueId;

/**
 * A small published summary of a queue for readers outside the apply thread.
 *
 * @param visible messages that a receive would find
 * @param nextVisibleAtMillis queue time when the next hidden message becomes visible, or {@link
 *     Long#MAX_VALUE}
 */
public record QueueGauge(
    QueueId queue,
    long version,
    long visible,
    long inFlight,
    long delayed,
    long nextVisibleAtMillis) {}
