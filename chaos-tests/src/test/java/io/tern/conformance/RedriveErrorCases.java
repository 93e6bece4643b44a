package io.tern.conformance;

import static io.tern.conformance.ErrorCase.error;
import static io.tern.conformance.ErrorKind.INVALID_PARAMETER_VALUE;
import static io.tern.conformance.ErrorKind.MISSING_PARAMETER;
import static io.tern.conformance.ErrorKind.QUEUE_DOES_NOT_EXIST;
import static io.tern.conformance.ErrorKind.RESOURCE_NOT_FOUND;

import io.tern.conformance.ErrorCase.Expected;
import java.util.ArrayList;
import java.util.List;

/** Rows of {@link ErrorsTest}: what dead-letter queues and message move tasks refuse. */
final class RedriveErrorCases {
  private static final Expected BAD_HANDLE =
      error(INVALID_PARAMETER_VALUE, "Value for parameter TaskHandle is invalid.");
  private static final Expected NO_SOURCE =
      error(
          RESOURCE_NOT_FOUND,
          "The resource that you specified for the SourceArn parameter doesn't exist.");

  private RedriveErrorCases() {}

  static List<ErrorCase> all() {
    List<ErrorCase> rows = new ArrayList<>();
    rows.addAll(policies());
    rows.addAll(starts());
    rows.addAll(otherTaskCalls());
    return rows;
  }

  private static List<ErrorCase> policies() {
    List<ErrorCase> rows = new ArrayList<>();
    for (String count : List.of("0", "1001", "x")) {
      String policy = "{\"deadLetterTargetArn\":\"{arn}\",\"maxReceiveCount\":\"" + count + "\"}";
      rows.add(
          setting(
              "count " + count,
              policy,
              error(
                  INVALID_PARAMETER_VALUE,
                  "Value "
                      + policy
                      + " for parameter RedrivePolicy is invalid. Reason: Invalid value for"
                      + " maxReceiveCount: "
                      + count
                      + ", valid values are from 1 to 1000 both inclusive.")));
    }
    String noCount = "{\"deadLetterTargetArn\":\"{arn}\"}";
    rows.add(
        setting(
            "no count",
            noCount,
            error(
                INVALID_PARAMETER_VALUE,
                "Value "
                    + noCount
                    + " for parameter RedrivePolicy is invalid. Reason: Redrive policy does not"
                    + " contain mandatory attribute: maxReceiveCount.")));
    rows.add(
        error(INVALID_PARAMETER_VALUE)
            .when("no result", "ListDeadLetterSourceQueues", "QueueUrl={queue}&MaxResults=0"));
    rows.add(
        error(
                QUEUE_DOES_NOT_EXIST,
                "The specified queue does not exist.",
                "The specified queue does not exist for this wsdl version.")
            .when("missing queue", "ListDeadLetterSourceQueues", "QueueUrl={missing}"));
    return rows;
  }

  private static ErrorCase setting(String name, String policy, Expected expected) {
    return expected.when(
        name,
        "SetQueueAttributes",
        "{\"QueueUrl\": \"{small}\", \"Attributes\": {\"RedrivePolicy\": \""
            + policy.replace("\"", "\\\"")
            + "\"}}",
        "QueueUrl={small}&Attribute.1.Name=RedrivePolicy&Attribute.1.Value=" + policy);
  }

  private static List<ErrorCase> starts() {
    return List.of(
        error(MISSING_PARAMETER, "The request must contain the parameter SourceArn.")
            .when("no source", "StartMessageMoveTask", ""),
        NO_SOURCE.when("missing source", "StartMessageMoveTask", "SourceArn={arn}-missing"),
        error(
                RESOURCE_NOT_FOUND,
                "The resource that you specified for the DestinationArn parameter doesn't exist.")
            .when(
                "missing destination",
                "StartMessageMoveTask",
                "SourceArn={deadArn}&DestinationArn={arn}-missing"),
        error(INVALID_PARAMETER_VALUE, "Source queue must be configured as a Dead Letter Queue.")
            .when("not a dead-letter queue", "StartMessageMoveTask", "SourceArn={arn}"),
        error(
                INVALID_PARAMETER_VALUE,
                "There is already a task running. Only one active task is allowed for a source"
                    + " queue arn at a given time.")
            .when("one is running", "StartMessageMoveTask", "SourceArn={busyArn}"),
        error(INVALID_PARAMETER_VALUE)
            .when("not an ARN", "StartMessageMoveTask", "SourceArn=not-an-arn"),
        error(INVALID_PARAMETER_VALUE)
            .when(
                "rate 0",
                "StartMessageMoveTask",
                "SourceArn={deadArn}&MaxNumberOfMessagesPerSecond=0"),
        error(INVALID_PARAMETER_VALUE)
            .when(
                "rate 501",
                "StartMessageMoveTask",
                "SourceArn={deadArn}&MaxNumberOfMessagesPerSecond=501"));
  }

  private static List<ErrorCase> otherTaskCalls() {
    return List.of(
        error(MISSING_PARAMETER, "The request must contain the parameter TaskHandle.")
            .when("no handle", "CancelMessageMoveTask", ""),
        BAD_HANDLE.when("garbage", "CancelMessageMoveTask", "TaskHandle=garbage!"),
        BAD_HANDLE.when("base64 of nothing known", "CancelMessageMoveTask", "TaskHandle=dA=="),
        error(RESOURCE_NOT_FOUND, "Task does not exist.")
            .when("unknown task", "CancelMessageMoveTask", "TaskHandle={unknownTask}"),
        NO_SOURCE.when(
            "task of a missing queue", "CancelMessageMoveTask", "TaskHandle={taskOfMissing}"),
        error(MISSING_PARAMETER, "The request must contain the parameter SourceArn.")
            .when("no source", "ListMessageMoveTasks", ""),
        NO_SOURCE.when("missing source", "ListMessageMoveTasks", "SourceArn={arn}-missing"),
        error(INVALID_PARAMETER_VALUE)
            .when("no result", "ListMessageMoveTasks", "SourceArn={deadArn}&MaxResults=0"),
        error(INVALID_PARAMETER_VALUE)
            .when("many results", "ListMessageMoveTasks", "SourceArn={deadArn}&MaxResults=11"));
  }
}
