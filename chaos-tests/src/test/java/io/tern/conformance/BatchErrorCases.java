package io.tern.conformance;

import static io.tern.conformance.ErrorCase.error;
import static io.tern.conformance.ErrorKind.BATCH_IDS_NOT_DISTINCT;
import static io.tern.conformance.ErrorKind.BATCH_REQUEST_TOO_LONG;
import static io.tern.conformance.ErrorKind.EMPTY_BATCH_REQUEST;
import static io.tern.conformance.ErrorKind.INVALID_BATCH_ENTRY_ID;
import static io.tern.conformance.ErrorKind.TOO_MANY_ENTRIES;

import io.tern.conformance.ErrorCase.Expected;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rows of {@link ErrorsTest}: what refuses a batch as a whole. */
final class BatchErrorCases {
  private static final Expected BAD_ID =
      error(
          INVALID_BATCH_ENTRY_ID,
          "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It"
              + " can be at most 80 letters long.");

  /** A batch operation, and what its entries need besides an id. */
  private record Batch(String operation, String member, String value, String moreMember) {
    String json(List<String> ids) {
      List<String> entries =
          ids.stream()
              .map(id ->
                  "{\"Id\": \"%s\", \"%s\": \"%s\"%s}".formatted(id, member, value, moreMember))
              .toList();
      return "{\"QueueUrl\": \"{queue}\", \"Entries\": [" + String.join(", ", entries) + "]}";
    }

    String form(List<String> ids) {
      StringBuilder form = new StringBuilder("QueueUrl={queue}");
      for (int i = 0; i < ids.size(); i++) {
        String prefix = "&" + operation + "RequestEntry." + (i + 1) + ".";
        form.append(prefix).append("Id=").append(ids.get(i));
        form.append(prefix).append(member).append("=").append(value);
        if (!moreMember.isEmpty()) {
          form.append(prefix).append("VisibilityTimeout=1");
        }
      }
      return form.toString();
    }

    ErrorCase when(Expected expected, String name, List<String> ids) {
      return expected.when(name, operation, json(ids), form(ids));
    }
  }

  private static final List<Batch> BATCHES =
      List.of(
          new Batch("SendMessageBatch", "MessageBody", "m", ""),
          new Batch("DeleteMessageBatch", "ReceiptHandle", "{handle}", ""),
          new Batch(
              "ChangeMessageVisibilityBatch",
              "ReceiptHandle",
              "{handle}",
              ", \"VisibilityTimeout\": 1"));

  private BatchErrorCases() {}

  static List<ErrorCase> all() {
    List<ErrorCase> rows = new ArrayList<>();
    BATCHES.forEach(batch -> rows.addAll(of(batch)));
    rows.add(tooLong());
    return rows;
  }

  private static List<ErrorCase> of(Batch batch) {
    List<String> eleven = Stream.iterate(1, i -> i + 1).limit(11).map(i -> "id" + i).toList();
    Expected empty =
        error(
            EMPTY_BATCH_REQUEST,
            "There should be at least one " + batch.operation() + "RequestEntry in the request.");
    return List.of(
        batch.when(empty, "no entry", List.of()),
        batch.when(
            error(
                TOO_MANY_ENTRIES,
                "Maximum number of entries per request are 10. You have sent 11."),
            "eleven entries",
            eleven),
        batch.when(
            error(BATCH_IDS_NOT_DISTINCT, "Id x repeated."), "same id", List.of("x", "y", "x")),
        batch.when(BAD_ID, "space in an id", List.of("a", "a b")),
        batch.when(BAD_ID, "dot in an id", List.of("a.b")),
        batch.when(BAD_ID, "empty id", List.of("")),
        batch.when(BAD_ID, "81 characters", List.of("{80}x")));
  }

  private static ErrorCase tooLong() {
    return error(
            BATCH_REQUEST_TOO_LONG,
            "Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.")
        .when(
            "one byte too long in all",
            "SendMessageBatch",
            """
            {"QueueUrl": "{queue}", "Entries": [
              {"Id": "a", "MessageBody": "{512Ki}"},
              {"Id": "b", "MessageBody": "{512Ki}x"}]}\
            """,
            "QueueUrl={queue}&SendMessageBatchRequestEntry.1.Id=a"
                + "&SendMessageBatchRequestEntry.1.MessageBody={512Ki}"
                + "&SendMessageBatchRequestEntry.2.Id=b"
                + "&SendMessageBatchRequestEntry.2.MessageBody={512Ki}x");
  }
}
