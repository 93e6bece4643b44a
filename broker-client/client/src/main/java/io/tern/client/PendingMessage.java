package io.tern.client;

import io.tern.proto.sqs.SendMessageBatchRequestEntry;
import java.util.concurrent.CompletableFuture;

/**
 * A message that a producer holds until its future ends.
 *
 * @param sequence its place among all messages of the producer
 * @param bytes what it takes on the way, and counts in the buffer
 * @param sentAtMillis when the caller sent it
 * @param endMillis when the producer gives it up
 */
record PendingMessage(
    long sequence,
    SendMessageBatchRequestEntry entry,
    int bytes,
    long sentAtMillis,
    long endMillis,
    CompletableFuture<SendResult> result) {}
