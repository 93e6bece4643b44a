package io.tern.node.api;

import io.tern.protocols.JsonValue;
import io.tern.protocols.TernException;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** One permission that AddPermission gives: accounts that may do something with a queue. */
record Permission(String label, List<String> accounts, List<String> actions) {
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_-]{1,80}");
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
  private static final String EVERYTHING = "*";

  /** What other accounts can be allowed; the batch forms are implied. */
  private static final Set<String> SHARED =
      Set.of(
          EVERYTHING,
          "ChangeMessageVisibility",
          "DeleteMessage",
          "GetQueueAttributes",
          "GetQueueUrl",
          "ListDeadLetterSourceQueues",
          "PurgeQueue",
          "ReceiveMessage",
          "SendMessage");

  private static final Set<String> OWNER_ONLY =
      Set.of(
          "AddPermission",
          "CancelMessageMoveTask",
          "CreateQueue",
          "DeleteQueue",
          "ListMessageMoveTasks",
          "ListQueueTags",
          "ListQueues",
          "RemovePermission",
          "SetQueueAttributes",
          "StartMessageMoveTask",
          "TagQueue",
          "UntagQueue");

  /**
   * Checks what a caller gave.
   *
   * @throws TernException the first mistake
   */
  void check() {
    if (actions.size() > Limits.STATEMENT_ACTIONS) {
      throw new TernException(
          ErrorCode.OVER_LIMIT,
          actions.size()
              + " Actions were found, maximum allowed is "
              + Limits.STATEMENT_ACTIONS
              + ".");
    }
    if (!LABEL.matcher(label).matches()) {
      throw invalid(
          label,
          "Label",
          "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
    }
    for (String action : actions) {
      if (OWNER_ONLY.contains(action)) {
        throw invalid(
            "SQS:" + action,
            "ActionName",
            "Only the queue owner is allowed to invoke this action.");
      }
      if (!SHARED.contains(action)) {
        throw invalid(
            "SQS:" + action,
            "ActionName",
            "Please refer to the appropriate WSDL for a list of valid actions.");
      }
    }
    boolean known = accounts.stream().allMatch(account -> ACCOUNT.matcher(account).matches());
    if (accounts.isEmpty() || !known) {
      throw invalid(accounts.toString(), "PrincipalId", "Unable to verify.");
    }
  }

  /** The statement of a policy that says it. */
  JsonValue statement(String queueArn) {
    String partition = queueArn.split(":", 3)[1];
    List<JsonValue> principals =
        accounts.stream()
            .<JsonValue>map(
                account -> new JsonValue.Text("arn:" + partition + ":iam::" + account + ":root"))
            .toList();
    List<JsonValue> allowed =
        actions.stream().<JsonValue>map(action -> new JsonValue.Text("SQS:" + action)).toList();
    Map<String, JsonValue> statement = new LinkedHashMap<>();
    statement.put("Sid", new JsonValue.Text(label));
    statement.put("Effect", new JsonValue.Text("Allow"));
    statement.put("Principal", new JsonValue.Members(Map.of("AWS", oneOrMany(principals))));
    statement.put("Action", oneOrMany(allowed));
    statement.put("Resource", new JsonValue.Text(queueArn));
    return new JsonValue.Members(statement);
  }

  private static JsonValue oneOrMany(List<JsonValue> values) {
    return values.size() == 1 ? values.getFirst() : new JsonValue.Items(values);
  }

  private static TernException invalid(String value, String parameter, String reason) {
    return new TernException(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Value " + value + " for parameter " + parameter + " is invalid. Reason: " + reason);
  }
}
