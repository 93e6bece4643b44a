package io.tern.state;

/**
 * One message as handed to a receiver; its body is read from the rows.
 *
 * @param receiveCount how often it was received, this time included
 * @param firstReceivedMillis wall clock of the first receive
 */
public record Delivery(long number, int receiveCount, long firstReceivedMillis) {}
