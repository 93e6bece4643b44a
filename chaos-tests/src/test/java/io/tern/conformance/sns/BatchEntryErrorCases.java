package io.tern.conformance.sns;

import static io.tern.conformance.sns.SnsErrorCase.absent;
import static io.tern.conformance.sns.SnsErrorCase.error;
import static io.tern.conformance.sns.SnsErrorCase.invalid;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows of {@link SnsErrorsTest}: batches of messages, and what one bad entry does to all. */
final class BatchEntryErrorCases {
  private static final String IDS = "The Id of a batch entry in the batch request ";

  private BatchEntryErrorCases() {}

  static List<SnsErrorCase> all() {
    return Stream.of(batches(), entries(), absentMembers()).flatMap(List::stream).toList();
  }

  private static List<SnsErrorCase> batches() {
    String eleven =
        IntStream.rangeClosed(1, 11)
            .mapToObj(i -> entry(i, "e", "m"))
            .collect(Collectors.joining());
    return List.of(
        batch("EmptyBatchRequest", "", "no entries", ""),
        batch(
            "TooManyEntriesInBatchRequest",
            "The batch request contains more entries than permissible.",
            "eleven entries of one id",
            eleven),
        batch(
            "BatchEntryIdsNotDistinct",
            "Two or more batch entries in the request have the same Id.",
            "the same bad id twice",
            entry(1, "a b", "m") + entry(2, "a b", "m")),
        batch(
            "InvalidBatchEntryId",
            IDS + "contains an impermissible character: a b",
            "a blank",
            entry(1, "a b", "")),
        batch(
            "InvalidBatchEntryId",
            IDS + "is too long: {80}x",
            "81 characters",
            entry(1, "{80}x", "m")),
        batch(
            "BatchRequestTooLong",
            "The length of all the messages put together is more than the limit.",
            "too long together",
            entry(1, "a", "{150000}") + entry(2, "b", "{150000}")));
  }

  private static List<SnsErrorCase> entries() {
    return List.of(
        batch(
            "InvalidParameter",
            "Invalid parameter: Empty message",
            "one empty message",
            entry(1, "a", "m") + entry(2, "b", "")),
        batch(
            "InvalidParameter",
            "Invalid parameter: Subject",
            "one bad subject",
            entry(1, "a", "m") + "&PublishBatchRequestEntries.member.1.Subject={99}x"),
        batch(
            "ParameterValueInvalid",
            "Could not cast message attribute 'k' value to number.",
            "one bad attribute",
            entry(1, "a", "m")
                + entry(2, "b", "m")
                + attribute(2, "Value.DataType=Number")
                + attribute(2, "Value.StringValue=x")),
        absent("publishBatchRequestEntries.2.member.messageAttributes.k.member.dataType")
            .when(
                "one attribute without a type",
                "PublishBatch",
                "TopicArn={topic}"
                    + entry(1, "a", "m")
                    + entry(2, "b", "m")
                    + attribute(2, "Value.StringValue=x")),
        invalid("The MessageGroupId parameter is required for FIFO topics")
            .when(
                "one without a group",
                "PublishBatch",
                "TopicArn={contentBased}"
                    + entry(1, "a", "m")
                    + "&PublishBatchRequestEntries.member.1.MessageGroupId=g"
                    + entry(2, "b", "m")));
  }

  /** Told before anything else, even before the topic is looked for. */
  private static List<SnsErrorCase> absentMembers() {
    return List.of(
        absent("publishBatchRequestEntries.2.member.id")
            .when(
                "entries without ids for nobody",
                "PublishBatch",
                "TopicArn={missing}"
                    + entry(1, "a", "m")
                    + "&PublishBatchRequestEntries.member.2.Message=m"),
        absent("publishBatchRequestEntries.1.member.message")
            .when(
                "one id twice, without messages",
                "PublishBatch",
                "TopicArn={topic}"
                    + "&PublishBatchRequestEntries.member.1.Id=a"
                    + "&PublishBatchRequestEntries.member.2.Id=a"),
        absent("publishBatchRequestEntries.1.member.messageAttributes.k.member.dataType")
            .when(
                "an attribute without a type for nobody",
                "PublishBatch",
                "TopicArn={missing}" + entry(1, "a", "m") + attribute(1, "Value.StringValue=x")));
  }

  private static SnsErrorCase batch(String code, String text, String name, String entries) {
    return error(code, 400, text).when(name, "PublishBatch", "TopicArn={topic}" + entries);
  }

  private static String entry(int number, String id, String message) {
    String start = "&PublishBatchRequestEntries.member." + number + ".";
    return start + "Id=" + id + start + "Message=" + message;
  }

  private static String attribute(int number, String member) {
    String start = "&PublishBatchRequestEntries.member." + number + ".MessageAttributes.entry.1.";
    return start + "Name=k" + start + member;
  }
}
