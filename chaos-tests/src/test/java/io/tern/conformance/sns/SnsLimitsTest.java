package io.tern.conformance.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.conformance.Deployment;
import io.tern.conformance.OnEachDeployment;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.model.FilterPolicyLimitExceededException;
import software.amazon.awssdk.services.sns.model.SubscriptionLimitExceededException;

/** Limits of one topic that can be reached in a second. */
@OnEachDeployment
class SnsLimitsTest {
  private static final Map<String, String> FILTER = Map.of("FilterPolicy", "{\"k\":[\"v\"]}");

  private final Sns sns;

  SnsLimitsTest(Deployment service) {
    this.sns = Sns.of(service);
  }

  @Test
  void fifoTopicHasAHundredSubscriptions() {
    String topic = sns.newFifoTopic("hundred", Map.of());
    String first = subscribe(topic, 0, Map.of());
    var _ = Sns.many(99, i -> subscribe(topic, i + 1, Map.of()));
    assertThatThrownBy(() -> subscribe(topic, 100, Map.of()))
        .isInstanceOf(SubscriptionLimitExceededException.class);
    assertThat(subscribe(topic, 0, Map.of())).isEqualTo(first);
    sns.client().unsubscribe(r -> r.subscriptionArn(first));
    assertThat(subscribe(topic, 100, Map.of())).isNotEmpty();
    sns.client().deleteTopic(r -> r.topicArn(topic));
  }

  @Test
  void topicHasTwoHundredFilterPolicies() {
    String topic = sns.newTopic("filters");
    var _ = Sns.many(200, i -> subscribe(topic, i, FILTER));
    assertThatThrownBy(() -> subscribe(topic, 200, FILTER))
        .isInstanceOf(FilterPolicyLimitExceededException.class);
    String plain = subscribe(topic, 200, Map.of());
    assertThatThrownBy(() ->
            sns.client()
                .setSubscriptionAttributes(r ->
                    r.subscriptionArn(plain)
                        .attributeName("FilterPolicy")
                        .attributeValue("{\"k\":[\"v\"]}")))
        .isInstanceOf(FilterPolicyLimitExceededException.class);
    sns.client().deleteTopic(r -> r.topicArn(topic));
  }

  private String subscribe(String topic, int number, Map<String, String> attributes) {
    return sns.subscribe(topic, "/limit-" + number, attributes);
  }
}
