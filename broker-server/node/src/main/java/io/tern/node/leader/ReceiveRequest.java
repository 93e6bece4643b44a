package io.tern.node.leader;

import io.tern.state.QueueId;

/**
 * A receive as the leader takes it.
 *
 * @param visibilityMillis or Command.QUEUE_DEFAULT
 * @param waitMillis 0 for a short poll
 * @param attemptId on a FIFO queue, the same id gets the same messages again; empty for none
 */
public record ReceiveRequest(
    QueueId queue, int maxMessages, long visibilityMillis, long waitMillis, String attemptId) {}
