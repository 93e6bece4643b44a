package io.tern.client;

import io.tern.proto.sqs.SendMessageBatchRequestEntry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Sends messages to one queue over a stream to its leader. Messages that are sent at about the same
 * time travel in one batch, and several batches are on their way at once. Any number of threads may
 * use a producer; {@link TernClient#producer} makes one.
 *
 * <p>A message whose future ended with a {@link SendResult} is durable. What fails is tried again
 * until the delivery timeout:
 *
 * <ul>
 *   <li>Of a FIFO queue everything is. Every message has a deduplication id, a generated one when
 *       none was given, so the queue holds it once. Messages of one group are never on their way in
 *       two batches, and are sent again in their order before newer ones.
 *   <li>Of a standard queue, a message that was surely not taken is tried again. One that may have
 *       been taken is tried again too, so the queue may hold it twice, as with the AWS SDKs; {@link
 *       Builder#duplicatesAllowed duplicatesAllowed(false)} makes it fail instead.
 * </ul>
 *
 * <p>Futures end on threads of the client. What hangs on them may take a while, but should not wait
 * for other messages of the same client.
 */
public final class Producer implements AutoCloseable {
  private final ProducerOptions options;
  private final ProduceFlow flow;
  private final Connections connections;
  private final Runnable whenClientCloses;

  private Producer(Connections connections, ProducerOptions options) {
    this.options = options;
    this.flow = new ProduceFlow(connections, options);
    this.connections = connections;
    this.whenClientCloses = flow::close;
    connections.whenClosed(whenClientCloses);
  }

  /**
   * Sends a message. Returns at once while the buffer has room; see {@link BufferPolicy} for when
   * it has not. The future ends with the queue's answer or with a {@link TernClientException}, when
   * the delivery timeout has passed at the latest, or when the batch that it is in by then has been
   * answered. Cancelling it has no effect on the message.
   */
  public CompletableFuture<SendResult> send(OutgoingMessage message) {
    SendMessageBatchRequestEntry entry = message.entry();
    if (options.fifo()
        && !options.contentBasedDeduplication()
        && !entry.hasMessageDeduplicationId()) {
      entry = entry.toBuilder().setMessageDeduplicationId(Chance.uniqueId()).build();
    }
    return flow.send(entry);
  }

  /**
   * Sends a message and waits until it is durable. One thread that sends so has no batches; several
   * share them.
   *
   * @throws TernClientException when the message was refused, or not taken in time
   */
  public SendResult sendAndWait(OutgoingMessage message) {
    return TernClient.joined(send(message));
  }

  /** Waits until every message sent before has ended, and lets no batch wait for more meanwhile. */
  public void flush() {
    TernClient.joined(flow.flush());
  }

  /** What this producer has done. */
  public ProducerStatistics statistics() {
    return flow.statistics();
  }

  /** Takes no more messages, waits until those sent have ended, and ends the stream. */
  @Override
  public void close() {
    flow.beginClosing();
    try {
      flush();
    } finally {
      flow.close();
      connections.forgetUser(whenClientCloses);
    }
  }

  /** How a producer behaves. Every setting has a value that does for most. */
  public static final class Builder {
    private final Connections connections;
    private final String queueUrl;
    private int batchMessages = ClientLimits.DEFAULT_BATCH_MESSAGES;
    private int batchBytes = ClientLimits.DEFAULT_BATCH_BYTES;
    private long lingerMillis = ClientLimits.DEFAULT_LINGER_MILLIS;
    private int batchesInFlight = ClientLimits.DEFAULT_BATCHES_IN_FLIGHT;
    private int bufferMessages = ClientLimits.DEFAULT_BUFFER_MESSAGES;
    private long bufferBytes = ClientLimits.DEFAULT_BUFFER_BYTES;
    private BufferPolicy bufferPolicy = BufferPolicy.BLOCK;
    private long deliveryMillis = ClientLimits.DEFAULT_DELIVERY_MILLIS;
    private boolean contentBasedDeduplication;
    private boolean duplicatesAllowed = true;

    Builder(Connections connections, String queueUrl) {
      this.connections = connections;
      this.queueUrl = queueUrl;
    }

    /** Messages of one batch at most; 500 when not said, 1,000 at most. */
    public Builder batchMessages(int messages) {
      batchMessages =
          (int) ClientLimits.inRange("batchMessages", messages, 1, ClientLimits.BATCH_MESSAGES);
      return this;
    }

    /** Bytes of one batch at most; 512 KiB when not said, 4 MiB at most. */
    public Builder batchBytes(int bytes) {
      batchBytes = (int) ClientLimits.inRange("batchBytes", bytes, 1, ClientLimits.BATCH_BYTES);
      return this;
    }

    /**
     * How long a message may wait for others of its batch; 5 ms when not said, a second at most.
     * With zero, what comes while batches are on their way still gathers.
     */
    public Builder linger(Duration linger) {
      lingerMillis =
          ClientLimits.inRange(
              "linger in milliseconds", linger.toMillis(), 0, ClientLimits.LINGER_MILLIS);
      return this;
    }

    /** Batches on their way at once; 8 when not said, 64 at most. */
    public Builder batchesInFlight(int batches) {
      batchesInFlight =
          (int) ClientLimits.inRange("batchesInFlight", batches, 1, ClientLimits.BATCHES_IN_FLIGHT);
      return this;
    }

    /** Messages without an answer that the producer holds at most; 20,000 when not said. */
    public Builder bufferMessages(int messages) {
      bufferMessages =
          (int) ClientLimits.inRange("bufferMessages", messages, 1, ClientLimits.BUFFER_MESSAGES);
      return this;
    }

    /** Bytes without an answer that the producer holds at most; 32 MiB when not said. */
    public Builder bufferBytes(long bytes) {
      bufferBytes = ClientLimits.inRange("bufferBytes", bytes, 1, ClientLimits.BUFFER_BYTES);
      return this;
    }

    /** What a send does while the buffer is full; it waits when not said. */
    public Builder whenBufferFull(BufferPolicy policy) {
      bufferPolicy = policy;
      return this;
    }

    /**
     * How long a message is tried for; two minutes when not said, four at most, since a FIFO queue
     * knows a message again for five.
     */
    public Builder deliveryTimeout(Duration timeout) {
      deliveryMillis =
          ClientLimits.inRange(
              "deliveryTimeout in milliseconds",
              timeout.toMillis(),
              1,
              ClientLimits.DELIVERY_MILLIS);
      return this;
    }

    /** The FIFO queue derives deduplication ids from bodies, so none are generated here. */
    public Builder contentBasedDeduplication(boolean wanted) {
      contentBasedDeduplication = wanted;
      return this;
    }

    /**
     * Whether a standard queue may hold a message twice rather than not at all; true if not said.
     */
    public Builder duplicatesAllowed(boolean allowed) {
      duplicatesAllowed = allowed;
      return this;
    }

    /** The producer; it connects with its first message. */
    public Producer build() {
      return new Producer(
          connections,
          new ProducerOptions(
              queueUrl,
              batchMessages,
              batchBytes,
              lingerMillis,
              batchesInFlight,
              bufferMessages,
              bufferBytes,
              bufferPolicy,
              deliveryMillis,
              contentBasedDeduplication,
              duplicatesAllowed));
    }
  }
}
