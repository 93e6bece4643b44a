package io.tern.client;

/** How a producer behaves, as {@link Producer.Builder} collected it. */
record ProducerOptions(
    String queueUrl,
    int batchMessages,
    int batchBytes,
    long lingerMillis,
    int batchesInFlight,
    int bufferMessages,
    long bufferBytes,
    BufferPolicy bufferPolicy,
    long deliveryMillis,
    boolean contentBasedDeduplication,
    boolean duplicatesAllowed) {
  boolean fifo() {
    return queueUrl.endsWith(".fifo");
  }

  /** Of a FIFO queue every repetition is recognised by its deduplication id. */
  SendVerdict.Rules rules() {
    return new SendVerdict.Rules(fifo() || duplicatesAllowed);
  }
}
