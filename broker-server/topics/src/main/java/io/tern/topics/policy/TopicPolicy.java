package io.tern.topics.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tern.state.TopicName;
import io.tern.topics.envelope.TopicArn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A topic's access policy: the one every topic starts with, checks, and edits by statement. */
public final class TopicPolicy {
  private static final String STATEMENT = "Statement";
  private static final String SID = "Sid";
  private static final String ACTION = "Action";
  private static final String UNREADABLE = "Policy Error: null";
  private static final String OUT_OF_SCOPE = "Policy statement action out of service scope!";
  private static final String SERVICE = "sns:";
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

  /** In this order they stand in the policy of a new topic. */
  private static final List<String> DEFAULT_ACTIONS =
      List.of(
          "GetTopicAttributes",
          "SetTopicAttributes",
          "AddPermission",
          "RemovePermission",
          "DeleteTopic",
          "Subscribe",
          "ListSubscriptionsByTopic",
          "Publish");

  /** What AddPermission takes besides. */
  private static final Set<String> GRANTABLE_ACTIONS =
      Set.of("Receive", "GetDataProtectionPolicy", "PutDataProtectionPolicy");

  /** What only whole policies may name. */
  private static final Set<String> OTHER_ACTIONS =
      Set.of(
          "ListTagsForResource",
          "TagResource",
          "UntagResource",
          "ConfirmSubscription",
          "Unsubscribe");

  private TopicPolicy() {}

  /** What a topic has until somebody sets another. */
  public static String defaultOf(TopicName topic) {
    ObjectNode document = Json.MAPPER.createObjectNode();
    document.put("Version", "2008-10-17").put("Id", "__default_policy_ID");
    ObjectNode statement = document.putArray(STATEMENT).addObject();
    statement.put(SID, "__default_statement_ID").put("Effect", "Allow");
    statement.putObject("Principal").put("AWS", "*");
    ArrayNode actions = statement.putArray(ACTION);
    DEFAULT_ACTIONS.forEach(action -> actions.add("SNS:" + action));
    statement.put("Resource", TopicArn.of(topic));
    statement
        .putObject("Condition")
        .putObject("StringEquals")
        .put("AWS:SourceOwner", topic.account());
    return Json.compact(document);
  }

  /** A policy that a caller sets, in the form that is stored. */
  public static Checked<String> check(AttributeCall call, TopicName topic, String policy) {
    Optional<ObjectNode> document = Json.object(policy);
    if (document.isEmpty()) {
      return Checked.bad(call.refuse(UNREADABLE));
    }
    return problem(document.get(), TopicArn.of(topic))
        .<Checked<String>>map(text -> Checked.bad(call.refuse(text)))
        .orElseGet(() -> Checked.good(Json.compact(document.get())));
  }

  /**
   * AddPermission: the policy with one statement more.
   *
   * @param stored null or empty for the default
   */
  public static Checked<String> withStatement(
      @Nullable String stored,
      TopicName topic,
      String label,
      List<String> accounts,
      List<String> actions) {
    if (label.isEmpty()) {
      return Checked.bad(Refusal.invalid("Label"));
    }
    if (accounts.isEmpty() || actions.isEmpty()) {
      return Checked.bad(Refusal.invalid(UNREADABLE));
    }
    if (!actions.stream().allMatch(TopicPolicy::isGrantable)) {
      return Checked.bad(Refusal.invalid(OUT_OF_SCOPE));
    }
    if (!accounts.stream().allMatch(account -> ACCOUNT.matcher(account).matches())) {
      return Checked.bad(Refusal.invalid("A provided account ID is not valid"));
    }
    ObjectNode document = document(stored, topic);
    List<ObjectNode> statements = statements(document);
    if (statements.stream().anyMatch(statement -> hasLabel(statement, label))) {
      return Checked.bad(Refusal.invalid("Statement already exists"));
    }
    ObjectNode added = Json.MAPPER.createObjectNode().put(SID, label).put("Effect", "Allow");
    added
        .putObject("Principal")
        .set(
            "AWS",
            oneOrMany(
                accounts.stream().map(account -> "arn:aws:iam::" + account + ":root").toList()));
    added.set(ACTION, oneOrMany(actions.stream().map(action -> "SNS:" + action).toList()));
    added.put("Resource", TopicArn.of(topic));
    statements.add(added);
    document.putArray(STATEMENT).addAll(statements);
    return tooMuch(document)
        .<Checked<String>>map(text -> Checked.bad(Refusal.invalid(text)))
        .orElseGet(() -> Checked.good(Json.compact(document)));
  }

  /** RemovePermission: the policy without the statement of that label, if there is one. */
  public static String withoutStatement(@Nullable String stored, TopicName topic, String label) {
    ObjectNode document = document(stored, topic);
    List<ObjectNode> statements = statements(document);
    statements.removeIf(statement -> hasLabel(statement, label));
    document.putArray(STATEMENT).addAll(statements);
    return Json.compact(document);
  }

  private static ObjectNode document(@Nullable String stored, TopicName topic) {
    String policy = stored == null || stored.isEmpty() ? defaultOf(topic) : stored;
    return Json.object(policy).orElseGet(Json.MAPPER::createObjectNode);
  }

  private static Optional<String> problem(ObjectNode document, String topicArn) {
    if (each(document.get(STATEMENT)).isEmpty()) {
      return Optional.of(UNREADABLE);
    }
    Set<String> labels = new HashSet<>();
    for (JsonNode statement : each(document.get(STATEMENT))) {
      String effect = statement.path("Effect").asText();
      List<JsonNode> actions = new ArrayList<>(each(statement.get(ACTION)));
      actions.addAll(each(statement.get("NotAction")));
      String label = statement.path(SID).asText();
      boolean fine =
          statement.isObject()
              && (effect.equals("Allow") || effect.equals("Deny"))
              && !actions.isEmpty()
              && principals(statement) > 0
              && isAbout(statement, topicArn)
              && (label.isEmpty() || labels.add(label));
      if (!fine) {
        return Optional.of(UNREADABLE);
      }
      if (!actions.stream().allMatch(action -> isInScope(action.asText()))) {
        return Optional.of(OUT_OF_SCOPE);
      }
    }
    return tooMuch(document);
  }

  private static Optional<String> tooMuch(ObjectNode document) {
    if (Json.compact(document).getBytes(UTF_8).length > TopicLimits.POLICY_BYTES) {
      return Optional.of("Policy Error: longer than " + TopicLimits.POLICY_BYTES + " bytes");
    }
    List<JsonNode> statements = each(document.get(STATEMENT));
    if (statements.size() > TopicLimits.POLICY_STATEMENTS) {
      return Optional.of(
          "Policy Error: more than " + TopicLimits.POLICY_STATEMENTS + " statements");
    }
    int principals = statements.stream().mapToInt(TopicPolicy::principals).sum();
    return principals > TopicLimits.POLICY_PRINCIPALS
        ? Optional.of("Policy Error: more than " + TopicLimits.POLICY_PRINCIPALS + " principals")
        : Optional.empty();
  }

  /** The topic and nothing else; an asterisk in its place means it too. */
  private static boolean isAbout(JsonNode statement, String topicArn) {
    List<JsonNode> resources = each(statement.get("Resource"));
    return resources.size() == 1
        && Set.of(topicArn, "*").contains(resources.getFirst().asText())
        && !statement.has("NotResource");
  }

  /** How many the statement names. */
  private static int principals(JsonNode statement) {
    List<JsonNode> named = new ArrayList<>(each(statement.get("Principal")));
    named.addAll(each(statement.get("NotPrincipal")));
    return named.stream().mapToInt(kind -> kind.isObject() ? leaves(kind) : 1).sum();
  }

  private static int leaves(JsonNode principal) {
    int leaves = 0;
    for (JsonNode names : principal) {
      leaves += each(names).size();
    }
    return leaves;
  }

  private static List<ObjectNode> statements(ObjectNode document) {
    List<ObjectNode> statements = new ArrayList<>();
    for (JsonNode statement : each(document.get(STATEMENT))) {
      if (statement instanceof ObjectNode object) {
        statements.add(object);
      }
    }
    return statements;
  }

  /** Most places of a policy take one thing or a list of them. */
  private static List<JsonNode> each(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return List.of();
    }
    List<JsonNode> all = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(all::add);
    } else {
      all.add(value);
    }
    return all;
  }

  private static JsonNode oneOrMany(List<String> values) {
    return values.size() == 1
        ? Json.MAPPER.getNodeFactory().textNode(values.getFirst())
        : Json.MAPPER.valueToTree(values);
  }

  private static boolean hasLabel(ObjectNode statement, String label) {
    return statement.has(SID) && statement.path(SID).asText().equals(label);
  }

  private static boolean isGrantable(String action) {
    return DEFAULT_ACTIONS.contains(action) || GRANTABLE_ACTIONS.contains(action);
  }

  /** An action of a statement: all, all of SNS, or known ones, which a pattern may name. */
  private static boolean isInScope(String action) {
    if (action.equals("*")) {
      return true;
    }
    if (!action.toLowerCase(Locale.ROOT).startsWith(SERVICE)) {
      return false;
    }
    String pattern = action.substring(SERVICE.length()).toLowerCase(Locale.ROOT);
    return Stream.of(DEFAULT_ACTIONS, GRANTABLE_ACTIONS, OTHER_ACTIONS)
        .flatMap(Collection::stream)
        .anyMatch(name -> matches(pattern, name));
  }

  /** Asterisks stand for any run, question marks for any one character; never goes back twice. */
  private static boolean matches(String pattern, String name) {
    String text = name.toLowerCase(Locale.ROOT);
    int at = 0;
    int star = -1;
    int resumeAt = 0;
    for (int i = 0; i < text.length(); ) {
      char expected = at < pattern.length() ? pattern.charAt(at) : 0;
      if (expected == '*') {
        star = at++;
        resumeAt = i;
      } else if (expected == '?' || expected == text.charAt(i)) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++resumeAt;
      } else {
        return false;
      }
    }
    return pattern.substring(at).chars().allMatch(c -> c == '*');
  }
}
