package io.tern.conformance;

import static io.tern.conformance.ErrorCase.error;
import static io.tern.conformance.ErrorKind.INVALID_PARAMETER_VALUE;
import static io.tern.conformance.ErrorKind.MISSING_PARAMETER;
import static io.tern.conformance.ErrorKind.OVER_LIMIT;
import static io.tern.conformance.ErrorKind.QUEUE_DOES_NOT_EXIST;

import io.tern.conformance.ErrorCase.Expected;
import java.util.ArrayList;
import java.util.List;

/** Rows of {@link ErrorsTest}: what is refused of tags and permissions. */
final class OwnerErrorCases {
  private static final Expected NO_QUEUE =
      error(
          QUEUE_DOES_NOT_EXIST,
          "The specified queue does not exist.",
          "The specified queue does not exist for this wsdl version.");

  private OwnerErrorCases() {}

  static List<ErrorCase> all() {
    List<ErrorCase> rows = new ArrayList<>();
    rows.addAll(tags());
    rows.addAll(permissions());
    rows.addAll(missingQueue());
    return rows;
  }

  private static List<ErrorCase> tags() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i <= 50; i++) {
      keys.add("k" + i);
    }
    return List.of(
        missing("Tags").when("no tag", "TagQueue", "QueueUrl={queue}"),
        missing("TagKeys").when("no key", "UntagQueue", "QueueUrl={queue}"),
        error(INVALID_PARAMETER_VALUE, "Tag keys must be between 1 and 128 characters in length.")
            .when(
                "key of 160 characters",
                "TagQueue",
                tagJson("{queue}", List.of("{80}{80}")),
                tagForm("{queue}", List.of("{80}{80}"))),
        error(INVALID_PARAMETER_VALUE, "Tag keys must be between 1 and 128 characters in length.")
            .when(
                "empty key",
                "TagQueue",
                tagJson("{queue}", List.of("")),
                tagForm("{queue}", List.of(""))),
        error(INVALID_PARAMETER_VALUE, "Too many tags added for queue {name}.")
            .when("51 tags", "TagQueue", tagJson("{queue}", keys), tagForm("{queue}", keys)),
        error(INVALID_PARAMETER_VALUE)
            .when(
                "reserved key",
                "TagQueue",
                tagJson("{queue}", List.of("aws:k")),
                tagForm("{queue}", List.of("aws:k"))));
  }

  private static List<ErrorCase> permissions() {
    List<String> eight =
        List.of(
            "SendMessage",
            "ReceiveMessage",
            "DeleteMessage",
            "ChangeMessageVisibility",
            "GetQueueAttributes",
            "GetQueueUrl",
            "PurgeQueue",
            "ListDeadLetterSourceQueues");
    return List.of(
        missing("Label").when("no label", "AddPermission", "QueueUrl={queue}"),
        missing("Label").when("no label", "RemovePermission", "QueueUrl={queue}"),
        invalid("Label", "there", "Already exists.")
            .when(
                "label exists",
                "AddPermission",
                addJson("{queue}", "there", List.of("SendMessage")),
                addForm("{queue}", "there", List.of("SendMessage"))),
        invalid("Label", "nowhere", "can't find label.")
            .when("label missing", "RemovePermission", "QueueUrl={queue}&Label=nowhere"),
        invalid(
                "ActionName",
                "SQS:DeleteQueue",
                "Only the queue owner is allowed to invoke this action.")
            .when(
                "action of the owner",
                "AddPermission",
                addJson("{queue}", "new", List.of("DeleteQueue")),
                addForm("{queue}", "new", List.of("DeleteQueue"))),
        error(INVALID_PARAMETER_VALUE)
            .when(
                "unknown action",
                "AddPermission",
                addJson("{queue}", "new", List.of("Foobar")),
                addForm("{queue}", "new", List.of("Foobar"))),
        error(INVALID_PARAMETER_VALUE)
            .when(
                "space in the label",
                "AddPermission",
                addJson("{queue}", "a b", List.of("SendMessage")),
                addForm("{queue}", "a b", List.of("SendMessage"))),
        invalid("PrincipalId", "[]", "Unable to verify.")
            .when(
                "no account",
                "AddPermission",
                """
                {"QueueUrl": "{queue}", "Label": "new", "AWSAccountIds": [],
                  "Actions": ["SendMessage"]}\
                """,
                "QueueUrl={queue}&Label=new&ActionName.1=SendMessage"),
        error(OVER_LIMIT, "8 Actions were found, maximum allowed is 7.")
            .when(
                "eight actions",
                "AddPermission",
                addJson("{queue}", "new", eight),
                addForm("{queue}", "new", eight)));
  }

  private static List<ErrorCase> missingQueue() {
    return List.of(
        NO_QUEUE.when("missing queue", "ListQueueTags", "QueueUrl={missing}"),
        NO_QUEUE.when(
            "missing queue",
            "TagQueue",
            tagJson("{missing}", List.of("k")),
            tagForm("{missing}", List.of("k"))),
        NO_QUEUE.when(
            "missing queue",
            "UntagQueue",
            """
            {"QueueUrl": "{missing}", "TagKeys": ["k"]}\
            """,
            "QueueUrl={missing}&TagKey.1=k"),
        NO_QUEUE.when("missing queue", "RemovePermission", "QueueUrl={missing}&Label=l"),
        NO_QUEUE.when(
            "missing queue",
            "AddPermission",
            addJson("{missing}", "l", List.of("SendMessage")),
            addForm("{missing}", "l", List.of("SendMessage"))));
  }

  private static Expected missing(String parameter) {
    return error(MISSING_PARAMETER, "The request must contain the parameter " + parameter + ".");
  }

  private static Expected invalid(String parameter, String value, String reason) {
    return error(
        INVALID_PARAMETER_VALUE,
        "Value " + value + " for parameter " + parameter + " is invalid. Reason: " + reason);
  }

  private static String tagJson(String queue, List<String> keys) {
    List<String> members = keys.stream().map(key -> "\"" + key + "\": \"v\"").toList();
    return "{\"QueueUrl\": \"" + queue + "\", \"Tags\": {" + String.join(", ", members) + "}}";
  }

  private static String tagForm(String queue, List<String> keys) {
    StringBuilder form = new StringBuilder("QueueUrl=").append(queue);
    for (int i = 0; i < keys.size(); i++) {
      form.append("&Tag.").append(i + 1).append(".Key=").append(keys.get(i));
      form.append("&Tag.").append(i + 1).append(".Value=v");
    }
    return form.toString();
  }

  private static String addJson(String queue, String label, List<String> actions) {
    return "{\"QueueUrl\": \""
        + queue
        + "\", \"Label\": \""
        + label
        + "\", \"AWSAccountIds\": [\"111111111111\"], \"Actions\": [\""
        + String.join("\", \"", actions)
        + "\"]}";
  }

  private static String addForm(String queue, String label, List<String> actions) {
    StringBuilder form = new StringBuilder("QueueUrl=").append(queue).append("&Label=");
    form.append(label).append("&AWSAccountId.1=111111111111");
    for (int i = 0; i < actions.size(); i++) {
      form.append("&ActionName.").append(i + 1).append("=").append(actions.get(i));
    }
    return form.toString();
  }
}
