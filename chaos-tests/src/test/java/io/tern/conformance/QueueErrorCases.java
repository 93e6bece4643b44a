package io.tern.conformance;

import static io.tern.conformance.ErrorCase.error;
import static io.tern.conformance.ErrorKind.INVALID_ATTRIBUTE_NAME;
import static io.tern.conformance.ErrorKind.INVALID_ATTRIBUTE_VALUE;
import static io.tern.conformance.ErrorKind.INVALID_PARAMETER_VALUE;
import static io.tern.conformance.ErrorKind.MISSING_PARAMETER;
import static io.tern.conformance.ErrorKind.PURGE_QUEUE_IN_PROGRESS;
import static io.tern.conformance.ErrorKind.QUEUE_DELETED_RECENTLY;
import static io.tern.conformance.ErrorKind.QUEUE_DOES_NOT_EXIST;
import static io.tern.conformance.ErrorKind.QUEUE_NAME_EXISTS;

import io.tern.conformance.ErrorCase.Expected;
import java.util.ArrayList;
import java.util.List;

/** Rows of {@link ErrorsTest}: what operations on queues can answer. */
final class QueueErrorCases {
  private static final Expected BAD_NAME =
      error(
          INVALID_PARAMETER_VALUE,
          "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
  private static final Expected NO_QUEUE =
      error(
          QUEUE_DOES_NOT_EXIST,
          "The specified queue does not exist.",
          "The specified queue does not exist for this wsdl version.");

  private QueueErrorCases() {}

  static List<ErrorCase> all() {
    List<ErrorCase> rows = new ArrayList<>();
    rows.addAll(names());
    rows.addAll(missingQueue());
    rows.addAll(states());
    rows.addAll(attributeNames());
    rows.addAll(attributesOfOtherQueues());
    rows.addAll(attributeValues());
    return rows;
  }

  private static List<ErrorCase> names() {
    return List.of(
        BAD_NAME.when("slash in the name", "CreateQueue", "QueueName=a/b"),
        BAD_NAME.when("dot in the name", "CreateQueue", "QueueName=a.b"),
        BAD_NAME.when("space in the name", "CreateQueue", "QueueName=a b"),
        BAD_NAME.when("accent in the name", "CreateQueue", "QueueName=\u00e9"),
        BAD_NAME.when("81 characters", "CreateQueue", "QueueName={80}x"),
        error(MISSING_PARAMETER, "The request must contain the parameter QueueName.")
            .when("no name", "CreateQueue", ""),
        error(MISSING_PARAMETER, "The request must contain the parameter QueueName.")
            .when("no name", "GetQueueUrl", ""),
        error(MISSING_PARAMETER, "The request must contain the parameter QueueUrl.")
            .when("no queue", "DeleteQueue", ""),
        error(MISSING_PARAMETER, "The request must contain the parameter QueueUrl.")
            .when("no queue", "PurgeQueue", ""),
        error(INVALID_PARAMETER_VALUE).when("no result", "ListQueues", "MaxResults=0"),
        error(INVALID_PARAMETER_VALUE).when("many results", "ListQueues", "MaxResults=1001"));
  }

  private static List<ErrorCase> missingQueue() {
    return List.of(
        NO_QUEUE.when("missing queue", "GetQueueUrl", "QueueName={missingName}"),
        NO_QUEUE.when("missing queue", "DeleteQueue", "QueueUrl={missing}"),
        NO_QUEUE.when("missing queue", "PurgeQueue", "QueueUrl={missing}"),
        NO_QUEUE.when("missing queue", "GetQueueAttributes", "QueueUrl={missing}"),
        NO_QUEUE.when(
            "missing queue",
            "SetQueueAttributes",
            """
            {"QueueUrl": "{missing}", "Attributes": {"DelaySeconds": "1"}}\
            """,
            "QueueUrl={missing}&Attribute.1.Name=DelaySeconds&Attribute.1.Value=1"),
        NO_QUEUE.when("missing queue", "SendMessage", "QueueUrl={missing}&MessageBody=m"),
        NO_QUEUE.when("missing queue", "ReceiveMessage", "QueueUrl={missing}"),
        NO_QUEUE.when(
            "missing queue", "DeleteMessage", "QueueUrl={missing}&ReceiptHandle={handle}"),
        NO_QUEUE.when(
            "missing queue",
            "ChangeMessageVisibility",
            "QueueUrl={missing}&ReceiptHandle={handle}&VisibilityTimeout=1"),
        NO_QUEUE.when(
            "missing queue",
            "SendMessageBatch",
            """
            {"QueueUrl": "{missing}", "Entries": [{"Id": "a", "MessageBody": "m"}]}\
            """,
            "QueueUrl={missing}&SendMessageBatchRequestEntry.1.Id=a"
                + "&SendMessageBatchRequestEntry.1.MessageBody=m"),
        NO_QUEUE.when(
            "missing queue",
            "DeleteMessageBatch",
            """
            {"QueueUrl": "{missing}", "Entries": [{"Id": "a", "ReceiptHandle": "{handle}"}]}\
            """,
            "QueueUrl={missing}&DeleteMessageBatchRequestEntry.1.Id=a"
                + "&DeleteMessageBatchRequestEntry.1.ReceiptHandle={handle}"),
        NO_QUEUE.when(
            "missing queue",
            "ChangeMessageVisibilityBatch",
            """
            {"QueueUrl": "{missing}", "Entries":
              [{"Id": "a", "ReceiptHandle": "{handle}", "VisibilityTimeout": 1}]}\
            """,
            "QueueUrl={missing}&ChangeMessageVisibilityBatchRequestEntry.1.Id=a"
                + "&ChangeMessageVisibilityBatchRequestEntry.1.ReceiptHandle={handle}"
                + "&ChangeMessageVisibilityBatchRequestEntry.1.VisibilityTimeout=1"));
  }

  private static List<ErrorCase> states() {
    return List.of(
        error(
                QUEUE_NAME_EXISTS,
                "A queue already exists with the same name and a different value for attribute"
                    + " DelaySeconds")
            .when(
                "exists with another delay",
                "CreateQueue",
                """
                {"QueueName": "{name}", "Attributes": {"DelaySeconds": "77"}}\
                """,
                "QueueName={name}&Attribute.1.Name=DelaySeconds&Attribute.1.Value=77"),
        error(
                QUEUE_DELETED_RECENTLY,
                "You must wait 60 seconds after deleting a queue before you can create another"
                    + " with the same name.")
            .when("deleted just now", "CreateQueue", "QueueName={deletedName}"),
        error(
                PURGE_QUEUE_IN_PROGRESS,
                "Only one PurgeQueue operation on {purgedName} is allowed every 60 seconds.")
            .when("purged just now", "PurgeQueue", "QueueUrl={purged}"));
  }

  private static List<ErrorCase> attributeNames() {
    return List.of(
        onGet("Foobar"),
        onGet(""),
        onGet("delayseconds"),
        unknown("Foobar")
            .when("unknown", "SetQueueAttributes", setJson("Foobar", "1"), setForm("Foobar", "1")),
        error(INVALID_ATTRIBUTE_NAME)
            .when(
                "read-only",
                "SetQueueAttributes",
                setJson("QueueArn", "x"),
                setForm("QueueArn", "x")),
        error(INVALID_ATTRIBUTE_NAME)
            .when(
                "derived",
                "SetQueueAttributes",
                setJson("ApproximateNumberOfMessages", "1"),
                setForm("ApproximateNumberOfMessages", "1")),
        unknown("Foobar")
            .when("unknown", "CreateQueue", createJson("Foobar", "1"), createForm("Foobar", "1")));
  }

  private static List<ErrorCase> attributesOfOtherQueues() {
    return List.of(
        unknown("FifoQueue")
            .when(
                "not FIFO, said twice",
                "CreateQueue",
                createJson("FifoQueue", "false"),
                createForm("FifoQueue", "false")),
        unknown("ContentBasedDeduplication")
            .when(
                "only for FIFO",
                "CreateQueue",
                createJson("ContentBasedDeduplication", "true"),
                createForm("ContentBasedDeduplication", "true")),
        error(
                INVALID_ATTRIBUTE_NAME,
                "You can specify the DeduplicationScope only when FifoQueue is set to true.")
            .when(
                "scope on a standard queue",
                "CreateQueue",
                createJson("DeduplicationScope", "queue"),
                createForm("DeduplicationScope", "queue")),
        error(
                INVALID_ATTRIBUTE_NAME,
                "You can specify the FifoThroughputLimit only when FifoQueue is set to true.")
            .when(
                "throughput limit on a standard queue",
                "CreateQueue",
                createJson("FifoThroughputLimit", "perQueue"),
                createForm("FifoThroughputLimit", "perQueue")),
        error(
                INVALID_ATTRIBUTE_NAME,
                "You can use one type of server-side encryption (SSE) at one time. You can either"
                    + " enable KMS SSE or SQS SSE.")
            .when(
                "both kinds of encryption",
                "CreateQueue",
                """
                {"QueueName": "{name}-new", "Attributes":
                  {"KmsMasterKeyId": "k", "SqsManagedSseEnabled": "true"}}\
                """,
                "QueueName={name}-new&Attribute.1.Name=KmsMasterKeyId&Attribute.1.Value=k"
                    + "&Attribute.2.Name=SqsManagedSseEnabled&Attribute.2.Value=true"));
  }

  private static List<ErrorCase> attributeValues() {
    List<ErrorCase> rows = new ArrayList<>();
    for (String attributeAndValue :
        List.of(
            "DelaySeconds=-1",
            "DelaySeconds=901",
            "DelaySeconds=abc",
            "DelaySeconds=1.5",
            "DelaySeconds=99999999999999999999",
            "MaximumMessageSize=1023",
            "MaximumMessageSize=1048577",
            "MessageRetentionPeriod=59",
            "MessageRetentionPeriod=1209601",
            "ReceiveMessageWaitTimeSeconds=21",
            "VisibilityTimeout=-1",
            "VisibilityTimeout=43201",
            "KmsDataKeyReusePeriodSeconds=59",
            "KmsDataKeyReusePeriodSeconds=86401",
            "SqsManagedSseEnabled=perhaps",
            "Policy=notjson")) {
      int equals = attributeAndValue.indexOf('=');
      String name = attributeAndValue.substring(0, equals);
      String value = attributeAndValue.substring(equals + 1);
      Expected refused =
          error(INVALID_ATTRIBUTE_VALUE, "Invalid value for the parameter " + name + ".");
      rows.add(
          refused.when(
              attributeAndValue, "SetQueueAttributes", setJson(name, value), setForm(name, value)));
      rows.add(
          refused.when(
              attributeAndValue, "CreateQueue", createJson(name, value), createForm(name, value)));
    }
    return rows;
  }

  private static ErrorCase onGet(String attribute) {
    return unknown(attribute)
        .when(
            "unknown '" + attribute + "'",
            "GetQueueAttributes",
            "{\"QueueUrl\": \"{queue}\", \"AttributeNames\": [\"" + attribute + "\"]}",
            "QueueUrl={queue}&AttributeName.1=" + attribute);
  }

  private static Expected unknown(String attribute) {
    return error(INVALID_ATTRIBUTE_NAME, "Unknown Attribute " + attribute + ".");
  }

  private static String setJson(String name, String value) {
    return "{\"QueueUrl\": \"{queue}\", \"Attributes\": " + member(name, value) + "}";
  }

  private static String setForm(String name, String value) {
    return "QueueUrl={queue}&Attribute.1.Name=" + name + "&Attribute.1.Value=" + text(value);
  }

  private static String createJson(String name, String value) {
    return "{\"QueueName\": \"{name}-new\", \"Attributes\": " + member(name, value) + "}";
  }

  private static String createForm(String name, String value) {
    return "QueueName={name}-new&Attribute.1.Name=" + name + "&Attribute.1.Value=" + text(value);
  }

  private static String member(String name, String value) {
    return "{\"" + name + "\": \"" + text(value).replace("\"", "\\\"") + "\"}";
  }

  /** Documents inside values are written with single quotes above, to stay readable. */
  private static String text(String value) {
    return value.replace('\'', '"');
  }
}
