package io.tern.topics.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tern.topics.envelope.HttpRequests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The delivery policies of topics and subscriptions: what may be set, what is shown, what is in
 * force. The stored form of both is what callers are shown.
 */
public final class DeliveryPolicies {
  private static final String HTTP = "http";
  private static final String PATH = HTTP + ".";
  private static final String TOPIC_RETRY = "defaultHealthyRetryPolicy";
  private static final String TOPIC_THROTTLE = "defaultThrottlePolicy";
  private static final String TOPIC_REQUEST = "defaultRequestPolicy";
  private static final String NO_OVERRIDES = "disableSubscriptionOverrides";
  private static final String RETRY = "healthyRetryPolicy";
  private static final String SICKLY = "sicklyRetryPolicy";
  private static final String THROTTLE = "throttlePolicy";
  private static final String REQUEST = "requestPolicy";
  private static final String GUARANTEED = "guaranteed";

  private DeliveryPolicies() {}

  /** What one policy says; null for what it leaves open. */
  private record Said(
      @Nullable RetryPolicy retry,
      @Nullable RetryPolicy sickly,
      @Nullable Integer throttle,
      @Nullable String contentType,
      boolean flag) {
    static final Said NOTHING = new Said(null, null, null, null, false);
  }

  /** A topic's policy in the form that is stored and shown. */
  public static Checked<String> topic(AttributeCall call, String policy) {
    Optional<ObjectNode> document = Json.object(policy);
    if (document.isEmpty()) {
      return notJson(call);
    }
    PolicyReader reader = new PolicyReader();
    topicSays(reader, document.get());
    if (reader.complaint().isPresent()) {
      return bad(call, reader.complaint().get());
    }
    ObjectNode http =
        document.get().get(HTTP) instanceof ObjectNode given
            ? given
            : document.get().putObject(HTTP);
    withoutNulls(http);
    if (!http.has(NO_OVERRIDES)) {
      http.put(NO_OVERRIDES, false);
    }
    return Checked.good(Json.compact(document.get()));
  }

  /** A subscription's policy in the form that is stored and shown: all five members. */
  public static Checked<String> subscription(AttributeCall call, String policy) {
    Optional<ObjectNode> document = Json.object(policy);
    if (document.isEmpty()) {
      return notJson(call);
    }
    PolicyReader reader = new PolicyReader();
    Said said = subscriptionSays(reader, document.get());
    return reader.complaint().isPresent()
        ? bad(call, reader.complaint().get())
        : Checked.good(Json.compact(subscriptionJson(said)));
  }

  /**
   * A topic's EffectiveDeliveryPolicy.
   *
   * @param topicPolicy as stored; null or empty for none
   */
  public static String effectiveOfTopic(@Nullable String topicPolicy) {
    Said topic = storedTopic(topicPolicy);
    HttpPolicy policy = merged(Said.NOTHING, topic);
    ObjectNode document = Json.MAPPER.createObjectNode();
    ObjectNode http = document.putObject(HTTP);
    http.set(TOPIC_RETRY, policy.retry().json());
    http.put(NO_OVERRIDES, topic.flag());
    if (policy.maxReceivesPerSecond() != null) {
      http.set(TOPIC_THROTTLE, throttleJson(policy.maxReceivesPerSecond()));
    }
    http.set(TOPIC_REQUEST, requestJson(policy.contentType()));
    return Json.compact(document);
  }

  /**
   * A subscription's EffectiveDeliveryPolicy.
   *
   * @param policy as stored; null or empty for none, likewise the topic's
   */
  public static String effectiveOfSubscription(
      @Nullable String policy, @Nullable String topicPolicy) {
    Said own = storedSubscription(policy);
    HttpPolicy inForce = inForce(policy, topicPolicy);
    return Json.compact(
        subscriptionJson(
            new Said(
                inForce.retry(),
                own.sickly(),
                inForce.maxReceivesPerSecond(),
                inForce.contentType(),
                own.flag())));
  }

  /** What delivery follows: the subscription's policy, then its topic's, then SNS's. */
  public static HttpPolicy inForce(@Nullable String policy, @Nullable String topicPolicy) {
    Said topic = storedTopic(topicPolicy);
    return merged(topic.flag() ? Said.NOTHING : storedSubscription(policy), topic);
  }

  private static HttpPolicy merged(Said own, Said topic) {
    return new HttpPolicy(
        first(own.retry(), topic.retry(), RetryPolicy.DEFAULT),
        own.throttle() != null ? own.throttle() : topic.throttle(),
        first(own.contentType(), topic.contentType(), HttpRequests.PLAIN_TEXT));
  }

  private static <T> T first(@Nullable T one, @Nullable T other, T last) {
    return one != null ? one : other != null ? other : last;
  }

  private static Said topicSays(PolicyReader reader, ObjectNode document) {
    reader.membersOf(document, Set.of(HTTP));
    ObjectNode http = reader.object(document, "", HTTP);
    if (http == null) {
      return Said.NOTHING;
    }
    reader.membersOf(http, Set.of(TOPIC_RETRY, NO_OVERRIDES, TOPIC_THROTTLE, TOPIC_REQUEST));
    return new Said(
        reader.retry(http, PATH, TOPIC_RETRY),
        null,
        reader.throttle(http, PATH, TOPIC_THROTTLE),
        reader.contentType(http, PATH, TOPIC_REQUEST),
        reader.flag(http, PATH, NO_OVERRIDES));
  }

  private static Said subscriptionSays(PolicyReader reader, ObjectNode document) {
    reader.membersOf(document, Set.of(RETRY, SICKLY, THROTTLE, REQUEST, GUARANTEED));
    return new Said(
        reader.retry(document, "", RETRY),
        reader.retry(document, "", SICKLY),
        reader.throttle(document, "", THROTTLE),
        reader.contentType(document, "", REQUEST),
        reader.flag(document, "", GUARANTEED));
  }

  /** What is stored was checked; whatever else it may be says nothing. */
  private static Said storedTopic(@Nullable String policy) {
    return object(policy)
        .map(document -> topicSays(new PolicyReader(), document))
        .orElse(Said.NOTHING);
  }

  private static Said storedSubscription(@Nullable String policy) {
    return object(policy)
        .map(document -> subscriptionSays(new PolicyReader(), document))
        .orElse(Said.NOTHING);
  }

  private static Optional<ObjectNode> object(@Nullable String policy) {
    return policy == null ? Optional.empty() : Json.object(policy);
  }

  private static ObjectNode subscriptionJson(Said said) {
    ObjectNode document = Json.MAPPER.createObjectNode();
    document.set(RETRY, said.retry() == null ? null : said.retry().json());
    document.set(SICKLY, said.sickly() == null ? null : said.sickly().json());
    document.set(THROTTLE, said.throttle() == null ? null : throttleJson(said.throttle()));
    document.set(REQUEST, said.contentType() == null ? null : requestJson(said.contentType()));
    return document.put(GUARANTEED, said.flag());
  }

  private static ObjectNode throttleJson(int maxReceivesPerSecond) {
    return Json.MAPPER.createObjectNode().put("maxReceivesPerSecond", maxReceivesPerSecond);
  }

  private static ObjectNode requestJson(String contentType) {
    return Json.MAPPER.createObjectNode().put("headerContentType", contentType);
  }

  private static void withoutNulls(ObjectNode object) {
    List<String> unset = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (entry.getValue().isNull()) {
        unset.add(entry.getKey());
      }
    }
    object.remove(unset);
  }

  private static Checked<String> notJson(AttributeCall call) {
    return bad(call, "failed to parse JSON");
  }

  private static Checked<String> bad(AttributeCall call, String what) {
    return Checked.bad(call.refuse("DeliveryPolicy: " + what));
  }
}
