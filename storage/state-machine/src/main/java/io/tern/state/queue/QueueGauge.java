package io.tern.state.queue;

import io.tern.state.QueueId;
import java.util.List;

/**
 * A small published summary of a queue for readers outside the apply thread.
 *
 * @param visible messages that are neither in flight nor delayed; of a FIFO queue also those that
 *     wait behind one of their group
 * @param nextVisibleAtMillis queue time when the next hidden message becomes visible, or {@link
 *     Long#MAX_VALUE}
 * @param receivable how many receives would find something at once, at least one if any would
 * @param overLimit whether a short poll is refused because too many messages are in flight
 * @param tasks the queue's newest move tasks, newest first
 */
public record QueueGauge(
    QueueId queue,
    long version,
    long visible,
    long inFlight,
    long delayed,
    long nextVisibleAtMillis,
    long receivable,
    boolean overLimit,
    List<MoveTask> tasks) {}
