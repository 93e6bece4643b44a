package io.tern.node.api;

import io.tern.protocols.JsonValue;
import io.tern.protocols.TernException;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.limits.QueueAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Policy of a queue as a document: checked when it is set, edited statement by statement. */
final class QueuePolicies {
  private static final String STATEMENT = "Statement";
  private static final String LABEL = "Sid";

  private QueuePolicies() {}

  /**
   * Checks a policy that a caller sets; an empty one removes it.
   *
   * @throws TernException INVALID_ATTRIBUTE_VALUE
   */
  static void check(String policy) {
    if (!policy.isEmpty()
        && !(policy.length() <= Limits.POLICY_BYTES
            && JsonValue.parseObject(policy).filter(QueuePolicies::isWithinLimits).isPresent())) {
      throw new TernException(
          ErrorCode.INVALID_ATTRIBUTE_VALUE,
          "Invalid value for the parameter " + QueueAttributes.POLICY + ".");
    }
  }

  /** Whether two policies say the same, however they are written. */
  static boolean same(String one, String other) {
    return one.equals(other)
        || JsonValue.parseObject(one)
            .filter(document -> JsonValue.parseObject(other).filter(document::equals).isPresent())
            .isPresent();
  }

  /**
   * The policy with one more statement; one that was empty becomes a document of its own.
   *
   * @throws TernException if a statement has that label, or there are too many
   */
  static String withStatement(String policy, String queueArn, Permission permission) {
    Map<String, JsonValue> document = document(policy);
    if (document.isEmpty()) {
      document.put("Version", new JsonValue.Text("2008-10-17"));
      document.put("Id", new JsonValue.Text(queueArn + "/SQSDefaultPolicy"));
    }
    List<JsonValue> statements = new ArrayList<>(statements(document.get(STATEMENT)));
    if (statements.stream().anyMatch(statement -> isLabelled(statement, permission.label()))) {
      throw badLabel(permission.label(), "Already exists.");
    }
    statements.add(permission.statement(queueArn));
    document.put(STATEMENT, new JsonValue.Items(statements));
    String longer = new JsonValue.Members(document).toJson();
    if (statements.size() > Limits.POLICY_STATEMENTS || longer.length() > Limits.POLICY_BYTES) {
      throw new TernException(
          ErrorCode.OVER_LIMIT,
          "The policy would have more than "
              + Limits.POLICY_STATEMENTS
              + " statements or "
              + Limits.POLICY_BYTES
              + " bytes.");
    }
    return longer;
  }

  /**
   * The policy without the statement of that label; empty when no other is left.
   *
   * @throws TernException if there is none
   */
  static String withoutStatement(String policy, String label) {
    Map<String, JsonValue> document = document(policy);
    List<JsonValue> all = statements(document.get(STATEMENT));
    List<JsonValue> others =
        all.stream().filter(statement -> !isLabelled(statement, label)).toList();
    if (others.size() == all.size()) {
      throw badLabel(label, "can't find label.");
    }
    document.put(STATEMENT, new JsonValue.Items(others));
    return others.isEmpty() ? "" : new JsonValue.Members(document).toJson();
  }

  private static Map<String, JsonValue> document(String policy) {
    return JsonValue.parseObject(policy)
        .map(found -> new LinkedHashMap<>(found.members()))
        .orElseGet(LinkedHashMap::new);
  }

  /** Most places of a policy take one thing or a list of them. */
  private static List<JsonValue> statements(@Nullable JsonValue value) {
    return switch (value) {
      case null -> List.of();
      case JsonValue.Items items -> items.items();
      case JsonValue.Members _, JsonValue.Text _, JsonValue.Literal _ -> List.of(value);
    };
  }

  private static boolean isLabelled(JsonValue statement, String label) {
    return statement instanceof JsonValue.Members members
        && new JsonValue.Text(label).equals(members.members().get(LABEL));
  }

  private static boolean isWithinLimits(JsonValue.Members policy) {
    List<JsonValue> statements = statements(policy.members().get(STATEMENT));
    int principals = 0;
    int conditions = 0;
    for (JsonValue statement : statements) {
      if (!(statement instanceof JsonValue.Members parts)) {
        return false;
      }
      principals += leaves(parts.members().get("Principal"));
      conditions += leaves(parts.members().get("Condition"));
      if (leaves(parts.members().get("Action")) > Limits.STATEMENT_ACTIONS) {
        return false;
      }
    }
    return statements.size() <= Limits.POLICY_STATEMENTS
        && principals <= Limits.POLICY_PRINCIPALS
        && conditions <= Limits.POLICY_CONDITIONS;
  }

  /** How many single values there are in a part. */
  private static int leaves(@Nullable JsonValue part) {
    return switch (part) {
      case null -> 0;
      case JsonValue.Items items -> items.items().stream().mapToInt(QueuePolicies::leaves).sum();
      case JsonValue.Members members ->
          members.members().values().stream().mapToInt(QueuePolicies::leaves).sum();
      case JsonValue.Text _, JsonValue.Literal _ -> 1;
    };
  }

  private static TernException badLabel(String label, String reason) {
    return new TernException(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Value " + label + " for parameter Label is invalid. Reason: " + reason);
  }
}
