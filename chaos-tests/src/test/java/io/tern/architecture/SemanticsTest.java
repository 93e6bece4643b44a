package io.tern.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.QueueAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * docs/semantics.md has a row for everything callers are promised, and each row names tests and
 * scripts that exist.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SemanticsTest {
  private static final String STATE = "storage/state-machine/src/main/java/io/tern/state/limits/";
  private static final Pattern LITERAL = Pattern.compile("\"([A-Z][A-Za-z]+)\"");

  private final List<SourceFile> files = new Repository().files();
  private final SemanticsTable table = new SemanticsTable(text("docs/semantics.md"));

  @Test
  void everyOperationHasARow() {
    List<String> operations =
        found(Pattern.compile("rpc (\\w+)\\("), text("proto/src/main/proto/api/sqs.proto"));
    assertThat(operations).hasSize(23);
    assertThat(table.unshown("Actions", operations)).isEmpty();
  }

  @Test
  void everyQueueAttributeHasARow() {
    List<String> attributes =
        found(LITERAL, text(STATE + "QueueAttributes.java")).stream()
            .filter(QueueAttributes::isName)
            .toList();
    assertThat(attributes).hasSizeGreaterThanOrEqualTo(22).contains("All", "QueueArn", "Policy");
    assertThat(table.unshown("Queue attributes", attributes)).isEmpty();
  }

  @Test
  void everyAttributeOfMessagesHasARow() {
    List<String> attributes =
        List.of(
            "SenderId",
            "SentTimestamp",
            "ApproximateReceiveCount",
            "ApproximateFirstReceiveTimestamp",
            "SequenceNumber",
            "MessageDeduplicationId",
            "MessageGroupId",
            "AWSTraceHeader",
            "DeadLetterQueueSourceArn");
    String source = text("broker-server/node/src/main/java/io/tern/node/api/MessageContents.java");
    assertThat(found(LITERAL, source)).containsAll(attributes);
    assertThat(table.unshown("Attributes of messages", attributes)).isEmpty();
  }

  @Test
  void everyErrorHasARow() {
    List<String> errors = Arrays.stream(ErrorCode.values()).map(ErrorCode::shape).toList();
    assertThat(table.unshown("Errors", errors)).isEmpty();
  }

  @Test
  void everyLimitPromisedToCallersHasARow() {
    String limits = text(STATE + "Limits.java");
    String promised =
        limits.substring(
            limits.indexOf("// Promised to callers"), limits.indexOf("// Promised to ourselves"));
    List<String> names = found(Pattern.compile("static final \\w+ (\\w+) ="), promised);
    assertThat(names).contains("MESSAGE_BYTES", "TAGS");
    assertThat(table.unshown("Limits", names)).isEmpty();
  }

  @Test
  void testsAndScriptsThatRowsNameExist() {
    Set<String> existing =
        files.stream()
            .map(file -> file.path().substring(file.path().lastIndexOf('/') + 1))
            .map(name -> name.replace(".java", ""))
            .collect(Collectors.toSet());
    assertThat(table.missing(existing)).isEmpty();
  }

  @Test
  void aRowThatIsMissingOrShowsNothingIsFound() {
    SemanticsTable small =
        new SemanticsTable(
            """
            ## Actions

            | Action | Rule | Shown by |
            |---|---|---|
            | `Send`, `Receive` | both | `FooTest`, `a-b.txt` |
            | `Delete` | deletes | nothing |
            """);
    assertThat(small.unshown("Actions", List.of("Send", "Receive"))).isEmpty();
    assertThat(small.unshown("Actions", List.of("Delete", "Purge")))
        .containsExactly(
            "Actions: the row for Delete names no test and no script", "Actions: no row for Purge");
    assertThat(small.unshown("Limits", List.of("Send"))).hasSize(1);
    assertThat(small.missing(Set.of("FooTest"))).containsExactly("there is no a-b.txt");
  }

  private String text(String path) {
    return files.stream()
        .filter(file -> file.path().equals(path))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + path))
        .text();
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).distinct().toList();
  }
}
