package io.tern.state.limits;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The attributes of subscriptions as callers name them: which there are, which may be set, what
 * holds when they are not. Pure functions; the catalogue decides with them, the edge checks and
 * shows with them.
 */
public final class SubscriptionAttributes {
  public static final String SUBSCRIPTION_ARN = "SubscriptionArn";
  public static final String TOPIC_ARN = "TopicArn";
  public static final String OWNER = "Owner";
  public static final String PROTOCOL = "Protocol";
  public static final String ENDPOINT = "Endpoint";
  public static final String PRINCIPAL = "SubscriptionPrincipal";
  public static final String CONFIRMATION_WAS_AUTHENTICATED = "ConfirmationWasAuthenticated";
  public static final String PENDING_CONFIRMATION = "PendingConfirmation";
  public static final String EFFECTIVE_DELIVERY_POLICY = "EffectiveDeliveryPolicy";
  public static final String REPLAY_STATUS = "ReplayStatus";

  public static final String RAW_MESSAGE_DELIVERY = "RawMessageDelivery";
  public static final String FILTER_POLICY = "FilterPolicy";
  public static final String FILTER_POLICY_SCOPE = "FilterPolicyScope";
  public static final String DELIVERY_POLICY = "DeliveryPolicy";
  public static final String REDRIVE_POLICY = "RedrivePolicy";
  public static final String ROLE_ARN = "SubscriptionRoleArn";
  public static final String REPLAY_POLICY = "ReplayPolicy";

  public static final String SCOPE_ATTRIBUTES = "MessageAttributes";
  public static final String SCOPE_BODY = "MessageBody";

  /** The protocol whose deliveries go straight into a caller's queue. */
  public static final String SQS = "sqs";

  /** The protocol of delivery streams. */
  public static final String FIREHOSE = "firehose";

  /** Names that Subscribe and SetSubscriptionAttributes take. */
  public static final Set<String> SETTABLE =
      Set.of(
          RAW_MESSAGE_DELIVERY,
          FILTER_POLICY,
          FILTER_POLICY_SCOPE,
          DELIVERY_POLICY,
          REDRIVE_POLICY,
          ROLE_ARN,
          REPLAY_POLICY);

  /** What holds when an attribute is not set; one that is not here is then absent. */
  private static final Map<String, String> DEFAULTS =
      Map.of(RAW_MESSAGE_DELIVERY, "false", FILTER_POLICY_SCOPE, SCOPE_ATTRIBUTES);

  private SubscriptionAttributes() {}

  /** What holds for the attribute, empty for nothing. */
  public static String effective(SortedMap<String, String> stored, String name) {
    String value = stored.get(name);
    return value == null ? DEFAULTS.getOrDefault(name, "") : value;
  }

  /** What is stored of checked attributes: an empty value stands for none, a default for itself. */
  public static SortedMap<String, String> stored(SortedMap<String, String> checked) {
    TreeMap<String, String> stored = new TreeMap<>(checked);
    stored
        .entrySet()
        .removeIf(entry ->
            entry.getValue().isEmpty() || entry.getValue().equals(DEFAULTS.get(entry.getKey())));
    return Collections.unmodifiableSortedMap(stored);
  }

  /** Whether a repeated Subscribe asks for nothing but what holds. */
  public static boolean includes(
      SortedMap<String, String> stored, SortedMap<String, String> given) {
    return given.entrySet().stream()
        .allMatch(entry -> {
          String holds = effective(stored, entry.getKey());
          String value = entry.getValue();
          return holds.equals(value) || (value.isEmpty() && !stored.containsKey(entry.getKey()));
        });
  }

  public static boolean isRaw(SortedMap<String, String> stored) {
    return "true".equals(stored.get(RAW_MESSAGE_DELIVERY));
  }

  public static boolean hasFilterPolicy(SortedMap<String, String> stored) {
    return stored.containsKey(FILTER_POLICY);
  }
}
