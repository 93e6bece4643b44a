package io.tern.command.queue;

import io.tern.command.output.CommandFailure;
import io.tern.command.output.Console;
import io.tern.command.output.ItemStream;
import io.tern.command.output.OutputFormat;
import io.tern.command.output.ProgressBar;
import io.tern.command.output.Value;
import io.tern.command.rpc.Session;
import io.tern.command.values.CommandLimits;
import io.tern.proto.sqs.BatchResultErrorEntry;
import io.tern.proto.sqs.SendMessageBatchRequest;
import io.tern.proto.sqs.SendMessageBatchRequestEntry;
import io.tern.proto.sqs.SendMessageBatchResult;
import io.tern.proto.sqs.SendMessageBatchResultEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends bodies to one queue in batches, one batch after the other so that their order stays. For
 * {@link SendMessages}.
 */
final class Sending {
  private final Session session;
  private final Console console;
  private final OutputFormat output;
  private final String name;
  private final String url;

  private long sent;
  private String lastId = "";

  Sending(Session session, Console console, OutputFormat output, String name, String url) {
    this.session = session;
    this.console = console;
    this.output = output;
    this.name = name;
    this.url = url;
  }

  /**
   * Sends all of them.
   *
   * @throws CommandFailure when one is refused; those before it are sent
   */
  void send(Bodies bodies, SendMessageBatchRequestEntry pattern) throws IOException {
    ItemStream answers =
        ItemStream.begin(output, console.out(), Value.fields().with("queue", name), "messages");
    ProgressBar progress = ProgressBar.on(console);
    try {
      List<SendMessageBatchRequestEntry> batch = new ArrayList<>();
      int bytes = 0;
      for (String body = bodies.next(); body != null; body = bodies.next()) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        if (!batch.isEmpty() && bytes + length > CommandLimits.BATCH_BYTES) {
          bytes = flush(batch, answers);
        }
        String id = Integer.toString(batch.size());
        batch.add(pattern.toBuilder().setId(id).setMessageBody(body).build());
        bytes += length;
        if (batch.size() == CommandLimits.BATCH_MESSAGES || !bodies.isReady()) {
          bytes = flush(batch, answers);
          if (bodies.count() > CommandLimits.BATCH_MESSAGES) {
            progress.show("sent", sent, bodies.count());
          }
        }
      }
      flush(batch, answers);
    } finally {
      progress.end();
      answers.end(List.of(summary()), Value.fields().with("sent", sent));
    }
  }

  private String summary() {
    return sent == 1
        ? "sent message " + lastId + " to \"" + name + "\""
        : "sent " + sent + " messages to \"" + name + "\"";
  }

  /** Returns the bytes that wait afterwards: none. */
  private int flush(List<SendMessageBatchRequestEntry> batch, ItemStream answers)
      throws IOException {
    if (batch.isEmpty()) {
      return 0;
    }
    SendMessageBatchResult result =
        session
            .sqs()
            .sendMessageBatch(
                SendMessageBatchRequest.newBuilder().setQueueUrl(url).addAllEntries(batch).build());
    batch.clear();
    for (SendMessageBatchResultEntry entry : inOrder(result.getSuccessfulList())) {
      sent++;
      lastId = entry.getMessageId();
      answers.item(List.of(), value(entry));
    }
    BatchResultErrorEntry refused =
        result.getFailedList().stream()
            .min(Comparator.comparing(BatchResultErrorEntry::getId))
            .orElse(null);
    refuse(refused);
    return 0;
  }

  private static void refuse(@Nullable BatchResultErrorEntry refused) {
    if (refused != null) {
      throw CommandFailure.refused(refused.getMessage() + " (" + refused.getCode() + ")");
    }
  }

  private static List<SendMessageBatchResultEntry> inOrder(
      List<SendMessageBatchResultEntry> entries) {
    // Ids have one digit.
    return entries.stream()
        .sorted(Comparator.comparing(SendMessageBatchResultEntry::getId))
        .toList();
  }

  private static Value value(SendMessageBatchResultEntry entry) {
    return Value.fields()
        .with("messageId", entry.getMessageId())
        .withIf(!entry.getSequenceNumber().isEmpty(), "sequenceNumber", entry.getSequenceNumber());
  }
}
