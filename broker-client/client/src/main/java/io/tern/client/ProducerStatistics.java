package io.tern.client;

/**
 * What a producer has done since it was made. The counts are of one moment.
 *
 * @param acknowledged messages that the queue took
 * @param failed messages whose futures ended with an error
 * @param batches batches sent, those sent again included
 * @param repeated messages that were sent once more after a failure
 * @param streams streams opened: one, and one more for each failure or move of the leader
 * @param waiting messages in the buffer and on their way
 * @param waitingBytes their size
 */
public record ProducerStatistics(
    long acknowledged,
    long failed,
    long batches,
    long repeated,
    long streams,
    int waiting,
    long waitingBytes) {}
