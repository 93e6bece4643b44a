package io.tern.client;

/** What a producer counts, for its limits and its statistics; under the lock of its flow. */
final class ProducerCounts {
  private final ProducerOptions options;
  private int held;
  private long heldBytes;
  private long acknowledged;
  private long failed;
  private long batches;
  private long repeated;
  private long streams;

  ProducerCounts(ProducerOptions options) {
    this.options = options;
  }

  boolean hasRoomFor(int bytes) {
    return held < options.bufferMessages() && heldBytes + bytes <= options.bufferBytes();
  }

  int held() {
    return held;
  }

  void tookIn(PendingMessage message) {
    held++;
    heldBytes += message.bytes();
  }

  void acknowledged(PendingMessage message) {
    acknowledged++;
    letGo(message);
  }

  void failed(PendingMessage message) {
    failed++;
    letGo(message);
  }

  void sentBatch() {
    batches++;
  }

  void repeated(int messages) {
    repeated += messages;
  }

  void openedStream() {
    streams++;
  }

  ProducerStatistics now() {
    return new ProducerStatistics(
        acknowledged, failed, batches, repeated, streams, held, heldBytes);
  }

  private void letGo(PendingMessage message) {
    held--;
    heldBytes -= message.bytes();
  }
}
