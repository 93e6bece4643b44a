package io.tern.node.delivery;

import io.tern.state.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Records of one delivery stream on their way to be written together. {@link StreamSender}'s. */
final class StreamBatch {
  private record Waiting(Bytes text, CompletableFuture<Outcome> outcome) {}

  private final String stream;
  private final List<Waiting> records = new ArrayList<>();
  private int bytes;

  /**
   * @param stream name of the stream
   */
  StreamBatch(String stream) {
    this.stream = stream;
  }

  String stream() {
    return stream;
  }

  /**
   * @param record with its line feed
   */
  CompletableFuture<Outcome> add(String record) {
    byte[] text = record.getBytes(StandardCharsets.UTF_8);
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    records.add(new Waiting(Bytes.of(text), outcome));
    bytes += text.length;
    return outcome;
  }

  int bytes() {
    return bytes;
  }

  int size() {
    return records.size();
  }

  /** All records, one after the other. */
  byte[] body() {
    ByteArrayOutputStream all = new ByteArrayOutputStream(bytes);
    for (Waiting record : records) {
      all.writeBytes(record.text().array());
    }
    return all.toByteArray();
  }

  /** They were written together and have one outcome. */
  void end(Outcome outcome) {
    for (Waiting record : records) {
      record.outcome().complete(outcome);
    }
  }
}
