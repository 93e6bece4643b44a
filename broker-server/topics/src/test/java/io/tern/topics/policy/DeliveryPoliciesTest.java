package io.tern.topics.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Delivery policies: what is refused, what is shown, what is in force. */
class DeliveryPoliciesTest {
  private static final String PLAIN =
      "\"defaultRequestPolicy\":{\"headerContentType\":\"text/plain; charset=UTF-8\"}}}";

  @Test
  void withoutAPolicyTheDefaultsAreEffective() {
    assertThat(DeliveryPolicies.effectiveOfTopic(null))
        .isEqualTo(
            "{\"http\":{\"defaultHealthyRetryPolicy\":{\"minDelayTarget\":20,"
                + "\"maxDelayTarget\":20,\"numRetries\":3,\"numMaxDelayRetries\":0,"
                + "\"numNoDelayRetries\":0,\"numMinDelayRetries\":0,\"backoffFunction\":\"linear\"},"
                + "\"disableSubscriptionOverrides\":false,"
                + PLAIN);
    assertThat(DeliveryPolicies.inForce(null, null)).isEqualTo(HttpPolicy.DEFAULT);
    assertThat(DeliveryPolicies.inForce("", "")).isEqualTo(HttpPolicy.DEFAULT);
  }

  @Test
  void aTopicsPolicyIsShownAsGiven() {
    assertThat(
            topic(
                "{ \"http\": {\"defaultHealthyRetryPolicy\": {\"numRetries\": 5},"
                    + " \"defaultThrottlePolicy\": null} }"))
        .isEqualTo(
            "{\"http\":{\"defaultHealthyRetryPolicy\":{\"numRetries\":5},"
                + "\"disableSubscriptionOverrides\":false}}");
    assertThat(topic("{\"http\":{\"disableSubscriptionOverrides\":true}}"))
        .isEqualTo("{\"http\":{\"disableSubscriptionOverrides\":true}}");
    assertThat(topic("{}")).isEqualTo("{\"http\":{\"disableSubscriptionOverrides\":false}}");
  }

  @Test
  void theGapsOfATopicsPolicyAreFilled() {
    assertThat(
            DeliveryPolicies.effectiveOfTopic(
                topic(
                    "{\"http\":{\"defaultHealthyRetryPolicy\":{\"minDelayTarget\":30,"
                        + "\"numRetries\":5},\"defaultThrottlePolicy\":"
                        + "{\"maxReceivesPerSecond\":7}}}")))
        .isEqualTo(
            "{\"http\":{\"defaultHealthyRetryPolicy\":{\"minDelayTarget\":30,"
                + "\"maxDelayTarget\":30,\"numRetries\":5,\"numMaxDelayRetries\":0,"
                + "\"numNoDelayRetries\":0,\"numMinDelayRetries\":0,\"backoffFunction\":\"linear\"},"
                + "\"disableSubscriptionOverrides\":false,"
                + "\"defaultThrottlePolicy\":{\"maxReceivesPerSecond\":7},"
                + PLAIN);
  }

  @Test
  void aSubscriptionsPolicyIsShownWithAllMembers() {
    assertThat(
            subscription(
                "{\"healthyRetryPolicy\":{\"numRetries\":3,\"minDelayTarget\":5,"
                    + "\"maxDelayTarget\":10}}"))
        .isEqualTo(
            "{\"healthyRetryPolicy\":{\"minDelayTarget\":5,\"maxDelayTarget\":10,"
                + "\"numRetries\":3,\"numMaxDelayRetries\":0,\"numNoDelayRetries\":0,"
                + "\"numMinDelayRetries\":0,\"backoffFunction\":\"linear\"},"
                + "\"sicklyRetryPolicy\":null,\"throttlePolicy\":null,\"requestPolicy\":null,"
                + "\"guaranteed\":false}");
    assertThat(
            subscription(
                "{\"throttlePolicy\":{\"maxReceivesPerSecond\":2},\"requestPolicy\":"
                    + "{\"headerContentType\":\"text/plain; charset=UTF-8\"},\"guaranteed\":true}"))
        .isEqualTo(
            "{\"healthyRetryPolicy\":null,\"sicklyRetryPolicy\":null,"
                + "\"throttlePolicy\":{\"maxReceivesPerSecond\":2},"
                + "\"requestPolicy\":{\"headerContentType\":\"text/plain; charset=UTF-8\"},"
                + "\"guaranteed\":true}");
  }

  @Test
  void aSubscriptionInheritsItsTopicsRequestPolicy() {
    String topic =
        topic("{\"http\":{\"defaultRequestPolicy\":{\"headerContentType\":\"application/json\"}}}");
    assertThat(
            DeliveryPolicies.effectiveOfSubscription(
                subscription("{\"throttlePolicy\":{\"maxReceivesPerSecond\":2}}"), topic))
        .isEqualTo(
            "{\"healthyRetryPolicy\":{\"minDelayTarget\":20,\"maxDelayTarget\":20,"
                + "\"numRetries\":3,\"numMaxDelayRetries\":0,\"numNoDelayRetries\":0,"
                + "\"numMinDelayRetries\":0,\"backoffFunction\":\"linear\"},"
                + "\"sicklyRetryPolicy\":null,\"throttlePolicy\":{\"maxReceivesPerSecond\":2},"
                + "\"requestPolicy\":{\"headerContentType\":\"application/json\"},"
                + "\"guaranteed\":false}");
  }

  @ParameterizedTest
  @CsvSource({"false, 7, 3", "true, 5, 9"})
  void aTopicCanForbidOverrides(boolean forbidden, int retries, int throttle) {
    String topic =
        topic(
            "{\"http\":{\"defaultHealthyRetryPolicy\":{\"numRetries\":5},"
                + "\"defaultThrottlePolicy\":{\"maxReceivesPerSecond\":9},"
                + "\"disableSubscriptionOverrides\":"
                + forbidden
                + "}}");
    String own =
        subscription(
            "{\"healthyRetryPolicy\":{\"numRetries\":7},"
                + "\"throttlePolicy\":{\"maxReceivesPerSecond\":3}}");

    HttpPolicy policy = DeliveryPolicies.inForce(own, topic);

    assertThat(policy.retry().retries()).isEqualTo(retries);
    assertThat(policy.maxReceivesPerSecond()).isEqualTo(throttle);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | failed to parse JSON",
        "x | failed to parse JSON",
        "{\"healthyRetryPolicy\":{}} | Unexpected JSON member: healthyRetryPolicy",
        "{\"http\":[]} | http must be an object",
        "{\"http\":{\"other\":1}} | Unexpected JSON member: other",
        "{\"http\":{\"disableSubscriptionOverrides\":\"no\"}}"
            + " | http.disableSubscriptionOverrides must be true or false",
        "{\"http\":{\"defaultHealthyRetryPolicy\":{\"numRetries\":300}}}"
            + " | http.defaultHealthyRetryPolicy.numRetries must be less than or equal to 100",
        "{\"http\":{\"defaultThrottlePolicy\":{\"maxReceivesPerSecond\":0}}}"
            + " | http.defaultThrottlePolicy.maxReceivesPerSecond must be greater than or equal to 1",
        "{\"http\":{\"defaultRequestPolicy\":{\"headerContentType\":\"image/png\"}}}"
            + " | http.defaultRequestPolicy.headerContentType is not a supported content type"
      })
  void aTopicsPolicyIsRefused(String policy, String why) {
    assertThat(DeliveryPolicies.topic(AttributeCall.SET, policy).refusal())
        .contains(Refusal.invalid("DeliveryPolicy: " + why));
    assertThat(DeliveryPolicies.topic(AttributeCall.CREATE, policy).refusal())
        .contains(Refusal.invalid("Attributes Reason: DeliveryPolicy: " + why));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"minDelayTarget\":0 | .minDelayTarget must be greater than or equal to 1",
        "\"minDelayTarget\":3601 | .minDelayTarget must be less than or equal to 3600",
        "\"minDelayTarget\":1.5 | .minDelayTarget must be an integer",
        "\"minDelayTarget\":\"1\" | .minDelayTarget must be an integer",
        "\"minDelayTarget\":10,\"maxDelayTarget\":5"
            + " | .maxDelayTarget must be greater than or equal to minDelayTarget",
        "\"maxDelayTarget\":99999999999999999999"
            + " | .maxDelayTarget must be less than or equal to 3600",
        "\"numRetries\":-1 | .numRetries must be greater than or equal to 0",
        "\"numMaxDelayRetries\":-1 | .numMaxDelayRetries must be greater than or equal to 0",
        "\"numRetries\":2,\"numNoDelayRetries\":1,\"numMinDelayRetries\":1,\"numMaxDelayRetries\":1"
            + " | .numRetries must be greater than or equal to the sum of numMinDelayRetries,"
            + " numNoDelayRetries and numMaxDelayRetries",
        "\"backoffFunction\":\"random\""
            + " | .backoffFunction must be one of: linear, arithmetic, geometric, exponential",
        "\"numRetries\":100,\"minDelayTarget\":37,\"maxDelayTarget\":37"
            + " | : the total delay must be less than or equal to 3600 seconds"
      })
  void aRetryPolicyIsRefused(String fields, String why) {
    String policy = "{\"healthyRetryPolicy\":{" + fields + "}}";
    assertThat(DeliveryPolicies.subscription(AttributeCall.SET, policy).refusal())
        .contains(Refusal.invalid("DeliveryPolicy: healthyRetryPolicy" + why));
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, true",
    "text/plain; charset=UTF-8, true",
    "text/csv;charset=iso-8859-1, true",
    "text/plain; application/json, true",
    "text/plain;, false",
    "image/png; application/json, false",
    "text/plain; é, false",
    "'text/plain\r\nX: y', false",
    "'text/plain; charset=UTF-8\r\nX: y', false"
  })
  void contentTypes(String type, boolean allowed) {
    String policy =
        Json.compact(
            Json.MAPPER
                .createObjectNode()
                .set(
                    "requestPolicy",
                    Json.MAPPER.createObjectNode().put("headerContentType", type)));
    assertThat(DeliveryPolicies.subscription(AttributeCall.SET, policy).refusal().isEmpty())
        .isEqualTo(allowed);
  }

  private static String topic(String policy) {
    return DeliveryPolicies.topic(AttributeCall.SET, policy).orThrow(PolicyTests::unexpected);
  }

  private static String subscription(String policy) {
    return DeliveryPolicies.subscription(AttributeCall.SET, policy)
        .orThrow(PolicyTests::unexpected);
  }
}
