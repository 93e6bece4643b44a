package io.tern.topics.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tern.state.QueueName;
import io.tern.state.TopicName;
import io.tern.state.catalogue.RedrivePolicy;
import io.tern.topics.envelope.TopicArn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of subscriptions: what may be set, in which form it is stored, and whether a
 * subscription made again is the same. The API of subscriptions uses it; the language of filter
 * policies is checked elsewhere.
 */
public final class SubscriptionAttributes {
  public static final String DELIVERY_POLICY = "DeliveryPolicy";
  public static final String FILTER_POLICY = "FilterPolicy";
  public static final String FILTER_POLICY_SCOPE = "FilterPolicyScope";
  public static final String RAW_MESSAGE_DELIVERY = "RawMessageDelivery";
  public static final String REDRIVE_POLICY = "RedrivePolicy";
  public static final String REPLAY_POLICY = "ReplayPolicy";
  public static final String SUBSCRIPTION_ROLE_ARN = "SubscriptionRoleArn";

  public static final String SCOPE_ATTRIBUTES = "MessageAttributes";
  public static final String SCOPE_BODY = "MessageBody";

  /** What counts as given where nothing is. */
  private static final Map<String, String> DEFAULTS =
      Map.of(FILTER_POLICY_SCOPE, SCOPE_ATTRIBUTES, RAW_MESSAGE_DELIVERY, "false");

  private static final String DEAD_LETTER = "deadLetterTargetArn";
  private static final Pattern QUEUE_ARN = Pattern.compile("arn:[^:]+:sqs:[^:]*:[^:]+:[^:/]+");
  private static final Pattern ROLE_ARN = Pattern.compile("arn:[^:]+:iam::[^:]*:role/.+");

  private SubscriptionAttributes() {}

  /** What an attribute belongs to. */
  public record Subject(TopicName topic, Protocol protocol, String endpoint) {}

  /**
   * The attributes of Subscribe as they are stored; an empty one stands for none, but is another
   * one to a subscription that has one. A FilterPolicy is taken as it is.
   */
  public static Checked<SortedMap<String, String>> create(
      Subject subject, Map<String, String> given) {
    SortedMap<String, String> attributes = new TreeMap<>();
    for (Map.Entry<String, String> attribute : given.entrySet()) {
      Checked<String> value =
          check(AttributeCall.CREATE, subject, attribute.getKey(), attribute.getValue());
      switch (value) {
        case Checked.Bad<String> bad -> {
          return Checked.bad(bad.why());
        }
        case Checked.Good<String> good -> attributes.put(attribute.getKey(), good.value());
      }
    }
    return subject.protocol() == Protocol.FIREHOSE
            && attributes.getOrDefault(SUBSCRIPTION_ROLE_ARN, "").isEmpty()
        ? Checked.bad(
            AttributeCall.CREATE.refuse(
                SUBSCRIPTION_ROLE_ARN + ": must be provided for protocol firehose"))
        : Checked.good(attributes);
  }

  /**
   * The value of SetSubscriptionAttributes as it is stored. A FilterPolicy is taken as it is.
   *
   * @param value empty if the request has none
   * @return empty to remove the attribute
   */
  public static Checked<String> set(Subject subject, String name, String value) {
    return check(AttributeCall.SET, subject, name, value);
  }

  /**
   * Whether a subscription made again is the one that is there: all that is given is in force.
   *
   * @param given in the form of {@link #create}
   */
  public static boolean includes(
      SortedMap<String, String> stored, SortedMap<String, String> given) {
    return given.entrySet().stream()
        .allMatch(attribute -> {
          String known = stored.get(attribute.getKey());
          String inForce = known != null ? known : DEFAULTS.get(attribute.getKey());
          return inForce == null
              ? attribute.getValue().isEmpty()
              : Json.same(inForce, attribute.getValue());
        });
  }

  /**
   * The dead-letter queue of a stored RedrivePolicy.
   *
   * @param stored null or empty for none
   */
  public static Optional<QueueName> deadLetterQueue(@Nullable String stored) {
    return stored == null
        ? Optional.empty()
        : Json.object(stored)
            .map(policy -> RedrivePolicy.queueOf(policy.path(DEAD_LETTER).asText()));
  }

  private static Checked<String> check(
      AttributeCall call, Subject subject, String name, String value) {
    return switch (name) {
      case FILTER_POLICY -> Checked.good(value);
      case FILTER_POLICY_SCOPE -> scope(call, value);
      case RAW_MESSAGE_DELIVERY -> raw(call, subject.protocol(), value);
      case REDRIVE_POLICY -> value.isEmpty() ? Checked.good("") : redrive(call, subject, value);
      case DELIVERY_POLICY ->
          value.isEmpty() ? Checked.good("") : delivery(call, subject.protocol(), value);
      case REPLAY_POLICY -> value.isEmpty() ? Checked.good("") : replay(call, subject, value);
      case SUBSCRIPTION_ROLE_ARN ->
          value.isEmpty() || ROLE_ARN.matcher(value).matches()
              ? Checked.good(value)
              : Values.bad(call, name, value, "Must be the ARN of a role.");
      default -> Checked.bad(Refusal.invalid("AttributeName"));
    };
  }

  private static Checked<String> scope(AttributeCall call, String value) {
    return List.of(SCOPE_ATTRIBUTES, SCOPE_BODY).contains(value)
        ? Checked.good(value)
        : Values.bad(
            call,
            FILTER_POLICY_SCOPE,
            value,
            "Please use either " + SCOPE_BODY + " or " + SCOPE_ATTRIBUTES);
  }

  private static Checked<String> raw(AttributeCall call, Protocol protocol, String value) {
    Checked<String> flag = Values.flag(call, RAW_MESSAGE_DELIVERY, value);
    return !protocol.canBeRaw() && flag.equals(Checked.good("true"))
        ? Checked.bad(
            call.refuse(
                "Delivery protocol ["
                    + protocol.text()
                    + "] does not support raw message delivery."))
        : flag;
  }

  private static Checked<String> delivery(AttributeCall call, Protocol protocol, String value) {
    return protocol.endpointClass() == Protocol.EndpointClass.HTTP
        ? DeliveryPolicies.subscription(call, value)
        : Checked.bad(
            call.refuse(
                "Delivery protocol [" + protocol.text() + "] does not support delivery policies."));
  }

  private static Checked<String> replay(AttributeCall call, Subject subject, String value) {
    return TopicArn.isFifo(subject.topic().name())
        ? ReplayPolicies.check(call, value)
        : Checked.bad(call.refuse(REPLAY_POLICY + ": can only be set for FIFO topics"));
  }

  private static Checked<String> redrive(AttributeCall call, Subject subject, String value) {
    Optional<ObjectNode> policy = Json.object(value);
    if (policy.isEmpty()) {
      return Checked.bad(call.refuse(REDRIVE_POLICY + ": failed to parse JSON."));
    }
    JsonNode target = policy.get().path(DEAD_LETTER);
    String arn = target.asText();
    if (!target.isTextual() || !QUEUE_ARN.matcher(arn).matches()) {
      return Checked.bad(call.refuse(REDRIVE_POLICY + ": " + DEAD_LETTER + " is an invalid arn"));
    }
    boolean needsFifo =
        TopicArn.isFifo(subject.topic().name()) && TopicArn.isFifo(subject.endpoint());
    if (needsFifo == TopicArn.isFifo(arn)) {
      return Checked.good(Json.compact(policy.get()));
    }
    return Checked.bad(
        call.refuse(
            REDRIVE_POLICY
                + (needsFifo
                    ? ": must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic."
                    : ": must use a standard queue as DLQ for a standard Subscription.")));
  }
}
