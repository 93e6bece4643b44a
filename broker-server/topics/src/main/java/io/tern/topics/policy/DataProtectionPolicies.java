package io.tern.topics.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A topic's data protection policy: checked for its form, stored, shown, never enforced. */
public final class DataProtectionPolicies {
  private static final String NAME = "DataProtectionPolicy Reason: ";

  private DataProtectionPolicies() {}

  /** The policy as it is stored; an empty one removes it. */
  public static Checked<String> check(String policy) {
    if (policy.isEmpty()) {
      return Checked.good("");
    }
    if (policy.length() > TopicLimits.DATA_PROTECTION_CHARACTERS) {
      return bad("must be at most " + TopicLimits.DATA_PROTECTION_CHARACTERS + " characters long");
    }
    Optional<ObjectNode> document = Json.object(policy);
    if (document.isEmpty()) {
      return bad("failed to parse JSON");
    }
    if (document.get().path("Name").asText().isEmpty()) {
      return bad("Name must be provided");
    }
    JsonNode statements = document.get().path("Statement");
    if (!statements.isArray() || statements.isEmpty()) {
      return bad("Statement must be provided");
    }
    for (JsonNode statement : statements) {
      String direction = statement.path("DataDirection").asText();
      if (!direction.equals("Inbound") && !direction.equals("Outbound")) {
        return bad("Statement DataDirection must be either Inbound or Outbound");
      }
      if (statement.path("Operation").size() != 1) {
        return bad("Statement Operation must have exactly one operation");
      }
    }
    return Checked.good(Json.compact(document.get()));
  }

  private static Checked<String> bad(String what) {
    return Checked.bad(Refusal.invalid(NAME + what));
  }
}
