package io.tern.conformance;

import static io.tern.conformance.ErrorCase.error;
import static io.tern.conformance.ErrorKind.INVALID_ATTRIBUTE_VALUE;
import static io.tern.conformance.ErrorKind.INVALID_PARAMETER_VALUE;
import static io.tern.conformance.ErrorKind.MISSING_PARAMETER;

import io.tern.conformance.ErrorCase.Expected;
import java.util.ArrayList;
import java.util.List;

/** Rows of {@link ErrorsTest}: what FIFO queues refuse. */
final class FifoErrorCases {
  private static final String SEND = "QueueUrl={fifo}&MessageBody=m";
  private static final String NO_GROUP = "The request must contain the parameter MessageGroupId.";
  private static final Expected NO_ID =
      error(
          INVALID_PARAMETER_VALUE,
          "The queue should either have ContentBasedDeduplication enabled or"
              + " MessageDeduplicationId provided explicitly");
  private static final Expected FIFO_NAME =
      error(
          INVALID_PARAMETER_VALUE,
          "The name of a FIFO queue can only include alphanumeric characters, hyphens, or"
              + " underscores, must end with .fifo suffix and be 1 to 80 in length");
  private static final Expected OTHER_TYPE =
      error(
          INVALID_ATTRIBUTE_VALUE,
          "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not"
              + " supported.");

  private FifoErrorCases() {}

  static List<ErrorCase> all() {
    List<ErrorCase> rows = new ArrayList<>();
    rows.addAll(names());
    rows.addAll(sends());
    rows.addAll(batches());
    rows.addAll(receives());
    return rows;
  }

  private static List<ErrorCase> names() {
    return List.of(
        FIFO_NAME.when(
            "FIFO without the suffix",
            "CreateQueue",
            """
            {"QueueName": "{name}-new", "Attributes": {"FifoQueue": "true"}}\
            """,
            "QueueName={name}-new&Attribute.1.Name=FifoQueue&Attribute.1.Value=true"),
        FIFO_NAME.when(
            "FIFO with a space in the name",
            "CreateQueue",
            """
            {"QueueName": "a b.fifo", "Attributes": {"FifoQueue": "true"}}\
            """,
            "QueueName=a b.fifo&Attribute.1.Name=FifoQueue&Attribute.1.Value=true"),
        error(
                INVALID_PARAMETER_VALUE,
                "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in"
                    + " length")
            .when("suffix without FifoQueue", "CreateQueue", "QueueName={name}-new.fifo"),
        OTHER_TYPE.when(
            "standard to FIFO",
            "SetQueueAttributes",
            """
            {"QueueUrl": "{queue}", "Attributes": {"FifoQueue": "true"}}\
            """,
            "QueueUrl={queue}&Attribute.1.Name=FifoQueue&Attribute.1.Value=true"),
        OTHER_TYPE.when(
            "FIFO to standard",
            "SetQueueAttributes",
            """
            {"QueueUrl": "{fifo}", "Attributes": {"FifoQueue": "false"}}\
            """,
            "QueueUrl={fifo}&Attribute.1.Name=FifoQueue&Attribute.1.Value=false"));
  }

  private static List<ErrorCase> sends() {
    return List.of(
        error(MISSING_PARAMETER, NO_GROUP)
            .when("no group", "SendMessage", SEND + "&MessageDeduplicationId=d"),
        NO_ID.when("no deduplication id", "SendMessage", SEND + "&MessageGroupId=g"),
        badId("MessageGroupId", "a b")
            .when(
                "space in the group of FIFO",
                "SendMessage",
                SEND + "&MessageGroupId=a b&MessageDeduplicationId=d"),
        badId("MessageGroupId", "{80}{80}")
            .when(
                "long group",
                "SendMessage",
                SEND + "&MessageGroupId={80}{80}&MessageDeduplicationId=d"),
        badId("MessageDeduplicationId", "a b")
            .when(
                "space in the deduplication id",
                "SendMessage",
                SEND + "&MessageGroupId=g&MessageDeduplicationId=a b"),
        badId("MessageDeduplicationId", "{80}{80}")
            .when(
                "long deduplication id",
                "SendMessage",
                SEND + "&MessageGroupId=g&MessageDeduplicationId={80}{80}"),
        error(
                INVALID_PARAMETER_VALUE,
                "Value 5 for parameter DelaySeconds is invalid. Reason: The request include"
                    + " parameter that is not valid for this queue type.")
            .when(
                "delay of a FIFO message",
                "SendMessage",
                SEND + "&MessageGroupId=g&MessageDeduplicationId=d&DelaySeconds=5"));
  }

  private static List<ErrorCase> batches() {
    return List.of(
        error(INVALID_PARAMETER_VALUE, NO_GROUP)
            .when(
                "no group in an entry",
                "SendMessageBatch",
                """
                {"QueueUrl": "{fifo}", "Entries": [
                  {"Id": "a", "MessageBody": "m", "MessageDeduplicationId": "d"}]}\
                """,
                "QueueUrl={fifo}&SendMessageBatchRequestEntry.1.Id=a"
                    + "&SendMessageBatchRequestEntry.1.MessageBody=m"
                    + "&SendMessageBatchRequestEntry.1.MessageDeduplicationId=d"),
        NO_ID.when(
            "no deduplication id in an entry",
            "SendMessageBatch",
            """
            {"QueueUrl": "{fifo}", "Entries": [
              {"Id": "a", "MessageBody": "m", "MessageGroupId": "g"}]}\
            """,
            "QueueUrl={fifo}&SendMessageBatchRequestEntry.1.Id=a"
                + "&SendMessageBatchRequestEntry.1.MessageBody=m"
                + "&SendMessageBatchRequestEntry.1.MessageGroupId=g"));
  }

  private static List<ErrorCase> receives() {
    return List.of(
        error(
                INVALID_PARAMETER_VALUE,
                "Value a b for parameter ReceiveRequestAttemptId is invalid. Reason:"
                    + " ReceiveRequestAttemptId can only include alphanumeric and punctuation"
                    + " characters. 1 to 128 in length.")
            .when(
                "space in the attempt id",
                "ReceiveMessage",
                "QueueUrl={fifo}&ReceiveRequestAttemptId=a b"),
        error(
                INVALID_PARAMETER_VALUE,
                "Value attempt for parameter ReceiveRequestAttemptId is invalid. Reason: The"
                    + " receiveRequestAttemptId is not valid anymore since the receive call is not"
                    + " retryable.")
            .when(
                "attempt that is over",
                "ReceiveMessage",
                "QueueUrl={fifo}&ReceiveRequestAttemptId=attempt"),
        error(
                INVALID_PARAMETER_VALUE,
                "Value {expiredHandle} for parameter ReceiptHandle is invalid. Reason: The receipt"
                    + " handle has expired.")
            .when(
                "older handle of FIFO",
                "DeleteMessage",
                "QueueUrl={fifo}&ReceiptHandle={expiredHandle}"),
        error(
                INVALID_PARAMETER_VALUE,
                "Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total"
                    + " VisibilityTimeout for the message is beyond the limit [43200 seconds]")
            .when(
                "more than twelve hours in all",
                "ChangeMessageVisibility",
                "QueueUrl={queue}&ReceiptHandle={handle}&VisibilityTimeout=43200"));
  }

  private static Expected badId(String parameter, String value) {
    return error(
        INVALID_PARAMETER_VALUE,
        "Value "
            + value
            + " for parameter "
            + parameter
            + " is invalid. Reason: "
            + parameter
            + " can only include alphanumeric and punctuation characters. 1 to 128 in length.");
  }
}
