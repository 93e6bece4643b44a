package io.tern.node.api;

import io.tern.node.routing.QueueArn;
import io.tern.protocols.JsonValue;
import io.tern.protocols.TernException;
import io.tern.state.catalogue.RedriveAllowPolicy;
import io.tern.state.catalogue.RedrivePolicy;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.limits.QueueAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * RedrivePolicy and RedriveAllowPolicy from the JSON that a caller wrote to the one form that the
 * catalogue stores. Whether the queues named exist and fit is the catalogue's to decide.
 */
final class RedrivePolicies {
  private static final String TARGET = "deadLetterTargetArn";
  private static final String COUNT = "maxReceiveCount";
  private static final String PERMISSION = "redrivePermission";
  private static final String SOURCES = "sourceQueueArns";
  private static final int QUOTED_CHARACTERS = 1_000;

  private final String parameter;
  private final String given;
  private final String region;

  private RedrivePolicies(String parameter, String given, String region) {
    this.parameter = parameter;
    this.given = given;
    this.region = region;
  }

  /**
   * The stored form of a RedrivePolicy; an empty text, which removes it, stays empty.
   *
   * @throws TernException INVALID_PARAMETER_VALUE
   */
  static String redrive(String given, String region) {
    return given.isEmpty()
        ? ""
        : new RedrivePolicies(QueueAttributes.REDRIVE_POLICY, given, region).redrive().text();
  }

  /**
   * The stored form of a RedriveAllowPolicy; an empty text, which removes it, stays empty.
   *
   * @throws TernException INVALID_PARAMETER_VALUE
   */
  static String allow(String given, String region) {
    return given.isEmpty()
        ? ""
        : new RedrivePolicies(QueueAttributes.REDRIVE_ALLOW_POLICY, given, region).allow().text();
  }

  private RedrivePolicy redrive() {
    Map<String, JsonValue> members = members(Set.of(TARGET, COUNT));
    JsonValue target = mandatory(members, TARGET);
    JsonValue count = mandatory(members, COUNT);
    if (!(target instanceof JsonValue.Text arn) || !isOurs(arn.text())) {
      throw invalid("Invalid value for deadLetterTargetArn.");
    }
    String digits =
        switch (count) {
          case JsonValue.Text text -> text.text();
          case JsonValue.Literal literal -> literal.text();
          case JsonValue.Members _, JsonValue.Items _ -> count.toJson();
        };
    int receives = digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : 0;
    if (receives < 1 || receives > Limits.RECEIVES_BEFORE_DEAD) {
      throw invalid(
          "Invalid value for maxReceiveCount: "
              + quoted(digits)
              + ", valid values are from 1 to "
              + Limits.RECEIVES_BEFORE_DEAD
              + " both inclusive.");
    }
    return new RedrivePolicy(arn.text(), receives);
  }

  private RedriveAllowPolicy allow() {
    Map<String, JsonValue> members = members(Set.of(PERMISSION, SOURCES));
    JsonValue named = mandatory(members, PERMISSION);
    String permission = named instanceof JsonValue.Text text ? text.text() : named.toJson();
    boolean byQueue = permission.equals(RedriveAllowPolicy.BY_QUEUE);
    if (!byQueue
        && !permission.equals(RedriveAllowPolicy.ALLOW_ALL)
        && !permission.equals(RedriveAllowPolicy.DENY_ALL)) {
      throw invalid(
          "Invalid value for redrivePermission: "
              + quoted(permission)
              + ", valid values are allowAll, denyAll and byQueue.");
    }
    List<String> arns = sources(members.get(SOURCES));
    if (byQueue == arns.isEmpty()) {
      throw invalid(
          byQueue
              ? "sourceQueueArns must name at least one queue when redrivePermission is byQueue."
              : "sourceQueueArns can be given only when redrivePermission is byQueue.");
    }
    return new RedriveAllowPolicy(permission, arns);
  }

  private List<String> sources(@Nullable JsonValue given) {
    if (given == null || isNull(given)) {
      return List.of();
    }
    if (!(given instanceof JsonValue.Items items)) {
      throw invalid("sourceQueueArns must be a list.");
    }
    if (items.items().size() > Limits.ALLOWED_SOURCES) {
      throw invalid("sourceQueueArns can name at most " + Limits.ALLOWED_SOURCES + " queues.");
    }
    List<String> arns = new ArrayList<>();
    for (JsonValue item : items.items()) {
      if (!(item instanceof JsonValue.Text arn) || !isOurs(arn.text())) {
        throw invalid("Invalid value for sourceQueueArns.");
      }
      arns.add(arn.text());
    }
    return arns;
  }

  /** The members of the document, which has no others than these. */
  private Map<String, JsonValue> members(Set<String> known) {
    if (given.length() > Limits.POLICY_BYTES) {
      throw invalid("It is longer than " + Limits.POLICY_BYTES + " bytes.");
    }
    Map<String, JsonValue> members =
        JsonValue.parseObject(given)
            .orElseThrow(() -> invalid(what() + " is not a valid JSON map."))
            .members();
    for (String name : members.keySet()) {
      if (!known.contains(name)) {
        throw invalid(what() + " contains an unknown attribute: " + quoted(name) + ".");
      }
    }
    return members;
  }

  private JsonValue mandatory(Map<String, JsonValue> members, String name) {
    JsonValue value = members.get(name);
    if (value == null || isNull(value)) {
      throw invalid(what() + " does not contain mandatory attribute: " + name + ".");
    }
    return value;
  }

  private static boolean isNull(JsonValue value) {
    return value instanceof JsonValue.Literal literal && literal.text().equals("null");
  }

  private boolean isOurs(String arn) {
    return QueueArn.parse(arn).filter(named -> named.region().equals(region)).isPresent();
  }

  private String what() {
    return parameter.equals(QueueAttributes.REDRIVE_POLICY)
        ? "Redrive policy"
        : "Redrive allow policy";
  }

  private TernException invalid(String reason) {
    return new TernException(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Value "
            + quoted(given)
            + " for parameter "
            + parameter
            + " is invalid. Reason: "
            + reason);
  }

  private static String quoted(String text) {
    return text.length() <= QUOTED_CHARACTERS ? text : text.substring(0, QUOTED_CHARACTERS);
  }
}
