package io.tern.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.TopicName;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.QueueAttributes;
import io.tern.topics.policy.TopicAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
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
  private static final String TOPICS = "broker-server/topics/src/main/java/io/tern/topics/";
  private static final String SNS = "broker-server/node/src/main/java/io/tern/node/sns/";
  private static final Pattern LITERAL = Pattern.compile("\"([A-Z][A-Za-z]+)\"");
  private static final Pattern PUT = Pattern.compile("put\\(\\s*\"([A-Z][A-Za-z]+)\"");
  private static final Pattern CONSTANT =
      Pattern.compile("static final String \\w+ = \"([A-Z][A-Za-z0-9]+)\"");

  private final List<SourceFile> files = new Repository().files();
  private final SemanticsTable table = new SemanticsTable(text("docs/semantics.md"));

  @Test
  void everyOperationHasARow() {
    List<String> operations =
        found(Pattern.compile("rpc (\\w+)\\("), text("proto/src/main/proto/api/sqs.proto"));
    assertThat(operations).hasSize(23);
    assertThat(table.unshown("Actions", operations)).isEmpty();
    List<String> ofTopics =
        found(Pattern.compile("rpc (\\w+)\\("), text("proto/src/main/proto/api/sns.proto"));
    assertThat(ofTopics).hasSize(42);
    assertThat(table.unshown("Actions of SNS", ofTopics)).isEmpty();
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
  void everyTopicAttributeHasARow() {
    List<String> settable = new ArrayList<>();
    settable.addAll(found(CONSTANT, text(TOPICS + "policy/TopicAttributes.java")));
    for (String protocol : List.of("HTTP", "SQS", "Lambda", "Firehose", "Application")) {
      settable.add(protocol + "SuccessFeedbackRoleArn");
      settable.add(protocol + "FailureFeedbackRoleArn");
      settable.add(protocol + "SuccessFeedbackSampleRate");
    }
    assertThat(settable).contains("DisplayName", "ArchivePolicy").hasSize(25);
    TopicName topic = new TopicName("us-east-1", "000000000000", "t.fifo");
    assertThat(settable)
        .filteredOn(name -> !name.equals("FifoTopic"))
        .allMatch(name ->
            TopicAttributes.set(topic, name, "").refusal().stream()
                .noneMatch(refusal -> refusal.text().equals("Invalid parameter: AttributeName")));
    assertThat(table.unshown("Topic attributes", settable)).isEmpty();
    List<String> told = found(PUT, text(SNS + "TopicViews.java"));
    assertThat(told).contains("Owner", "EffectiveDeliveryPolicy");
    assertThat(table.unshown("Topic attributes", told)).isEmpty();
    assertThat(table.unshown("Topic attributes", List.of("BeginningArchiveTime"))).isEmpty();
  }

  @Test
  void everySubscriptionAttributeHasARow() {
    List<String> settable =
        found(CONSTANT, text(TOPICS + "policy/SubscriptionAttributes.java")).stream()
            .filter(name -> !name.startsWith("Message"))
            .toList();
    assertThat(settable).contains("RedrivePolicy").hasSize(7);
    assertThat(table.unshown("Subscription attributes", settable)).isEmpty();
    List<String> told = found(PUT, text(SNS + "SubscriptionViews.java"));
    assertThat(told).contains("PendingConfirmation", "ReplayStatus");
    assertThat(table.unshown("Subscription attributes", told)).isEmpty();
  }

  @Test
  void everyAttributeOfPushAndTextMessagesHasARow() {
    String platforms = text(SNS + "Platforms.java");
    List<String> attributes =
        new ArrayList<>(found(LITERAL, between(platforms, "APPLICATION_ATTRIBUTES =", ");")));
    attributes.addAll(
        List.of("PlatformCredential", "PlatformPrincipal", "Enabled", "Token", "CustomUserData"));
    assertThat(attributes).hasSize(14);
    assertThat(found(LITERAL, platforms)).containsAll(attributes);
    String settings = text(SNS + "SmsSettings.java");
    List<String> ofTexts = new ArrayList<>(found(CONSTANT, settings));
    ofTexts.addAll(found(Pattern.compile("\"(\\w+)\""), between(settings, "NAMES =", ");")));
    assertThat(ofTexts).hasSize(6);
    attributes.addAll(ofTexts);
    assertThat(table.unshown("Attributes of push and text messages", attributes)).isEmpty();
  }

  @Test
  void everyFilterOperatorHasARow() {
    String reader = text(TOPICS + "filter/PatternReader.java");
    String operators = between(reader, "private static Pattern operator(", "default ->");
    List<String> names = new ArrayList<>(found(Pattern.compile("\"([a-z-]+)\""), operators));
    assertThat(names).contains("prefix", "anything-but", "cidr").hasSizeGreaterThanOrEqualTo(9);
    names.addAll(found(Pattern.compile("\"(\\$\\w+)\""), text(TOPICS + "filter/PolicySize.java")));
    assertThat(table.unshown("Filter operators", names)).isEmpty();
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
    assertThat(table.unshown("Errors", shapes(code -> !isOfTopics(code)))).isEmpty();
    assertThat(table.unshown("Errors of SNS", shapes(SemanticsTest::isOfTopics))).isEmpty();
  }

  @Test
  void everyLimitPromisedToCallersHasARow() {
    String limits = text(STATE + "Limits.java");
    String promised =
        limits.substring(
            limits.indexOf("// Promised to callers"), limits.indexOf("// Promised to ourselves"));
    List<String> names = found(Pattern.compile("static final \\w+ (\\w+) ="), promised);
    assertThat(names).contains("MESSAGE_BYTES", "TAGS", "FIFO_TOPICS");
    assertThat(table.unshown(List.of("Limits", "Limits of SNS"), names)).isEmpty();
    List<String> ofTopics =
        found(
            Pattern.compile("static final int (\\w+) ="), text(TOPICS + "policy/TopicLimits.java"));
    assertThat(ofTopics).contains("SUBJECT_CHARACTERS");
    assertThat(table.unshown("Limits of SNS", ofTopics)).isEmpty();
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

  private static boolean isOfTopics(ErrorCode code) {
    return code.namespace().equals("com.amazonaws.sns");
  }

  private static List<String> shapes(Predicate<ErrorCode> which) {
    return Arrays.stream(ErrorCode.values()).filter(which).map(ErrorCode::shape).toList();
  }

  private static String between(String text, String from, String to) {
    int start = text.indexOf(from);
    return text.substring(start, text.indexOf(to, start));
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
