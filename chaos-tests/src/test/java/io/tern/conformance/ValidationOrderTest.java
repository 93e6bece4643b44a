package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests with two mistakes: the one that stands earlier in the order is told. */
@Tag("once")
@OnEachDeployment
class ValidationOrderTest {
  private static final String LONG = "x".repeat(1025);

  private final Deployment service;
  private final ErrorFixture fixture;

  ValidationOrderTest(Deployment service) {
    this.service = service;
    this.fixture = ErrorFixture.of(service);
  }

  /** A call with two mistakes and the code that is told. */
  record TwoMistakes(String name, String code, String operation, String json) {
    @Override
    public String toString() {
      return operation + ": " + name;
    }
  }

  static List<TwoMistakes> requests() {
    String missing = "AWS.SimpleQueueService.NonExistentQueue";
    return List.of(
        new TwoMistakes(
            "a missing parameter comes before a missing queue",
            "MissingParameter",
            "SendMessage",
            "{\"QueueUrl\":\"{missing}\"}"),
        new TwoMistakes(
            "a missing queue comes before an empty batch",
            missing,
            "SendMessageBatch",
            "{\"QueueUrl\":\"{missing}\",\"Entries\":[]}"),
        new TwoMistakes(
            "a missing queue comes before a bad number",
            missing,
            "ReceiveMessage",
            "{\"QueueUrl\":\"{missing}\",\"MaxNumberOfMessages\":11}"),
        new TwoMistakes(
            "a missing queue comes before a bad body",
            missing,
            "SendMessage",
            "{\"QueueUrl\":\"{missing}\",\"MessageBody\":\"\\u0001\"}"),
        new TwoMistakes(
            "a missing queue comes before a bad handle",
            missing,
            "DeleteMessage",
            "{\"QueueUrl\":\"{missing}\",\"ReceiptHandle\":\"garbage\"}"),
        new TwoMistakes(
            "a missing queue comes before an unknown attribute",
            missing,
            "GetQueueAttributes",
            "{\"QueueUrl\":\"{missing}\",\"AttributeNames\":[\"Foobar\"]}"));
  }

  static List<TwoMistakes> contents() {
    return List.of(
        new TwoMistakes(
            "the ids of a batch come before its bodies",
            "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
            "SendMessageBatch",
            """
            {"QueueUrl":"{queue}","Entries":[
              {"Id":"a","MessageBody":"\\u0001"},{"Id":"a","MessageBody":"m"}]}\
            """),
        new TwoMistakes(
            "the groups of a FIFO batch come before its bodies",
            "InvalidParameterValue",
            "SendMessageBatch",
            """
            {"QueueUrl":"{fifo}","Entries":[
              {"Id":"a","MessageBody":"\\u0001","MessageDeduplicationId":"d"}]}\
            """),
        new TwoMistakes(
            "an empty body comes before a bad delay",
            "MissingParameter",
            "SendMessage",
            "{\"QueueUrl\":\"{queue}\",\"MessageBody\":\"\",\"DelaySeconds\":901}"),
        new TwoMistakes(
            "the characters of a body come before the delay",
            "InvalidMessageContents",
            "SendMessage",
            "{\"QueueUrl\":\"{queue}\",\"MessageBody\":\"\\u0001\",\"DelaySeconds\":901}"),
        new TwoMistakes(
            "the length of a body comes before its characters",
            "InvalidParameterValue",
            "SendMessage",
            "{\"QueueUrl\":\"{small}\",\"MessageBody\":\"\\u0001" + LONG + "\"}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"requests", "contents"})
  void firstMistakeIsTold(TwoMistakes row) {
    HttpAnswer answer = service.http().json(row.operation(), fixture.fill(row.json()));
    assertThat(answer.header("x-amzn-query-error"))
        .as(answer.toString())
        .isEqualTo(row.code() + ";Sender");
  }
}
