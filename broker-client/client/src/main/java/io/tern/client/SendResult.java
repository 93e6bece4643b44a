package io.tern.client;

/**
 * What a queue made of a message that a {@link Producer} sent; it is durable.
 *
 * @param messageId the message's id
 * @param sequenceNumber its place in a FIFO queue; empty for a standard queue
 */
public record SendResult(String messageId, String sequenceNumber) {}
