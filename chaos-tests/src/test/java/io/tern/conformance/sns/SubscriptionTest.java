package io.tern.conformance.sns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.conformance.Deployment;
import io.tern.conformance.OnEachDeployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.model.Subscription;

/** Subscriptions of queues: made, repeated, told, changed, listed, ended. */
@OnEachDeployment
class SubscriptionTest {
  private static final String OTHER_ATTRIBUTES =
      "Invalid parameter: Attributes Reason: Subscription already exists with different attributes";
  private static final String POLICY = "{\"k\":[\"v\"]}";

  private final Sns sns;

  SubscriptionTest(Deployment service) {
    this.sns = Sns.of(service);
  }

  @Test
  void queueIsConfirmedAtOnce() {
    String topic = sns.newTopic("confirmed");
    String queue = sns.newQueue("confirmed");
    String subscription = sns.subscribe(topic, queue);
    assertThat(subscription)
        .matches(topic + ":[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    Map<String, String> attributes = sns.subscriptionAttributes(subscription);
    assertThat(attributes)
        .containsEntry("SubscriptionArn", subscription)
        .containsEntry("TopicArn", topic)
        .containsEntry("Owner", Sns.ACCOUNT)
        .containsEntry("Protocol", "sqs")
        .containsEntry("Endpoint", Sns.queueArn(queue))
        .containsEntry("ConfirmationWasAuthenticated", "true")
        .containsEntry("PendingConfirmation", "false")
        .containsEntry("RawMessageDelivery", "false")
        .containsKey("SubscriptionPrincipal")
        .hasSize(9);
    assertThat(sns.topicAttributes(topic)).containsEntry("SubscriptionsConfirmed", "1");
  }

  @Test
  void subscribingAgainGivesTheSameSubscription() {
    String topic = sns.newTopic("again");
    String queue = sns.newQueue("again");
    String first =
        sns.subscribe(topic, queue, Map.of("RawMessageDelivery", "True", "FilterPolicy", POLICY));
    assertThat(sns.subscriptionAttributes(first)).containsEntry("RawMessageDelivery", "true");
    assertThat(sns.subscribe(topic, queue)).isEqualTo(first);
    assertThat(sns.subscribe(topic, queue, Map.of("RawMessageDelivery", "TRUE"))).isEqualTo(first);
    assertThat(sns.subscribe(topic, queue, Map.of("FilterPolicyScope", "MessageAttributes")))
        .isEqualTo(first);
    Sns.assertInvalid(
        () -> sns.subscribe(topic, queue, Map.of("RawMessageDelivery", "false")), OTHER_ATTRIBUTES);
    Sns.assertInvalid(
        () -> sns.subscribe(topic, queue, Map.of("FilterPolicy", "{\"k\":[\"w\"]}")),
        OTHER_ATTRIBUTES);
    sns.client().unsubscribe(r -> r.subscriptionArn(first));
    assertThat(sns.subscribe(topic, queue)).isNotEqualTo(first);
  }

  @Test
  void filterAttributesAreShownTogether() {
    String topic = sns.newTopic("scope");
    String queue = sns.newQueue("scope");
    String subscription = sns.subscribe(topic, queue, Map.of("FilterPolicyScope", "MessageBody"));
    assertThat(sns.subscriptionAttributes(subscription))
        .doesNotContainKeys("FilterPolicy", "FilterPolicyScope");
    set(subscription, "FilterPolicy", "{ \"a\": {\"b\": [ 1 ] } }");
    assertThat(sns.subscriptionAttributes(subscription))
        .containsEntry("FilterPolicy", "{\"a\":{\"b\":[1]}}")
        .containsEntry("FilterPolicyScope", "MessageBody");
    set(subscription, "FilterPolicy", "");
    assertThat(sns.subscriptionAttributes(subscription))
        .doesNotContainKeys("FilterPolicy", "FilterPolicyScope");
  }

  @Test
  void attributesAreChecked() {
    String topic = sns.newTopic("checked");
    String queue = sns.newQueue("checked");
    String subscription = sns.subscribe(topic, queue);
    refuse(
        topic,
        subscription,
        "RawMessageDelivery",
        "maybe",
        "RawMessageDelivery: Invalid value [maybe]. Must be true or false.");
    refuse(
        topic,
        subscription,
        "FilterPolicyScope",
        "Everything",
        "FilterPolicyScope: Invalid value [Everything]. Please use either MessageBody or"
            + " MessageAttributes");
    refuse(
        topic,
        subscription,
        "RedrivePolicy",
        "{\"deadLetterTargetArn\":\"fake-arn\"}",
        "RedrivePolicy: deadLetterTargetArn is an invalid arn");
    Sns.assertInvalid(() -> set(subscription, "Nothing", "x"), "Invalid parameter: AttributeName");
    Sns.assertInvalid(
        () -> set(subscription, "FilterPolicy", "{\"a\":{\"b\":[1]}}"),
        "Invalid parameter: Filter policy scope MessageAttributes does not support nested filter"
            + " policy");
  }

  @Test
  void endpointsAreChecked() {
    String topic = sns.newTopic("endpoints");
    refuseEndpoint(
        topic,
        "carrier-pigeon",
        "coop",
        "Invalid parameter: Amazon SNS does not support this protocol string: carrier-pigeon");
    refuseEndpoint(topic, "sqs", "http://queue", "Invalid parameter: SQS endpoint ARN");
    refuseEndpoint(topic, "sms", "+1--555", "Invalid SMS endpoint: +1--555");
    refuseEndpoint(
        topic,
        "sqs",
        Sns.queueArn("/q.fifo"),
        "Invalid parameter: Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be"
            + " subscribed to standard SNS topics");
    assertThat(
            sns.client()
                .subscribe(r -> r.topicArn(topic).protocol("sms").endpoint("+1-555-123-4567"))
                .subscriptionArn())
        .startsWith(topic + ":");
    assertThat(
            sns.client()
                .subscribe(r -> r.topicArn(topic).protocol("email").endpoint("a@example.org"))
                .subscriptionArn())
        .isEqualTo("pending confirmation");
    assertThat(
            sns.client()
                .subscribe(r ->
                    r.topicArn(topic)
                        .protocol("lambda")
                        .endpoint("arn:aws:lambda:us-east-1:000000000000:function:f"))
                .subscriptionArn())
        .startsWith(topic + ":");
    assertThat(sns.topicAttributes(topic))
        .containsEntry("SubscriptionsConfirmed", "2")
        .containsEntry("SubscriptionsPending", "1");
    assertThat(
            sns.client().listSubscriptionsByTopic(r -> r.topicArn(topic)).subscriptions().stream()
                .map(Subscription::subscriptionArn))
        .contains("PendingConfirmation");
  }

  @Test
  void missingOnesAreRefused() {
    String topic = sns.newTopic("missing");
    String missing = topic + ":01234567-0123-4123-8123-0123456789ab";
    Sns.assertRefused(
        () -> sns.subscriptionAttributes(missing), "NotFound", 404, "Subscription does not exist");
    sns.client().unsubscribe(r -> r.subscriptionArn(missing));
    Sns.assertInvalid(
        () -> sns.client().unsubscribe(r -> r.subscriptionArn(topic)),
        "Invalid parameter: SubscriptionId");
    Sns.assertInvalid(
        () -> sns.client().unsubscribe(r -> r.subscriptionArn("short")),
        "Invalid parameter: SubscriptionArn Reason: An ARN must have at least 6 elements, not 1");
    Sns.assertRefused(
        () -> sns.subscribe(Sns.topicArn(sns.newName("never")), sns.newQueue("q")),
        "NotFound",
        404,
        "Topic does not exist");
    Sns.assertInvalid(
        () ->
            sns.client()
                .publish(r -> r.topicArn(topic.replace("us-east-1", "eu-west-1")).message("m")),
        "Invalid parameter: TopicArn");
    Sns.assertInvalid(
        () -> sns.topicAttributes("topic"),
        "Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1");
  }

  @Test
  void attributesOutliveTheTopicButNotUnsubscribe() {
    String topic = sns.newTopic("orphan");
    String left = sns.subscribe(topic, sns.newQueue("left"), Map.of("FilterPolicy", POLICY));
    String ended = sns.subscribe(topic, sns.newQueue("ended"));
    sns.client().unsubscribe(r -> r.subscriptionArn(ended));
    Map<String, String> attributes = sns.subscriptionAttributes(left);
    sns.client().deleteTopic(r -> r.topicArn(topic));
    for (int i = 0; i < 3; i++) {
      assertThat(sns.subscriptionAttributes(left)).as("of any node").isEqualTo(attributes);
    }
    for (Runnable call :
        List.<Runnable>of(
            () -> sns.subscriptionAttributes(ended),
            () -> set(left, "RawMessageDelivery", "true"))) {
      Sns.assertRefused(call::run, "NotFound", 404, "Subscription does not exist");
    }
    sns.client().unsubscribe(r -> r.subscriptionArn(left));
    assertThat(sns.client().listSubscriptionsPaginator().subscriptions())
        .noneMatch(listed -> listed.subscriptionArn().equals(left));
  }

  @Test
  void unsubscribedQueueGetsNothingMore() {
    String topic = sns.newTopic("ended");
    String ended = sns.newQueue("ended");
    String other = sns.newQueue("other");
    String subscription = sns.subscribe(topic, ended);
    sns.subscribe(topic, other);
    sns.publish(topic, "first");
    sns.assertNextIs(ended, "first");
    sns.client().unsubscribe(r -> r.subscriptionArn(subscription));
    assertThat(
            sns.client().listSubscriptionsByTopic(r -> r.topicArn(topic)).subscriptions().stream()
                .map(Subscription::subscriptionArn))
        .doesNotContain(subscription);
    sns.publish(topic, "second");
    sns.assertNextIs(other, "first");
    sns.assertNextIs(other, "second");
    assertThat(sns.receive(ended)).isEmpty();
  }

  @Test
  void listsHavePagesOfAHundred() {
    String topic = sns.newTopic("pages");
    List<String> made = Sns.many(101, i -> sns.subscribe(topic, "/page-" + i));
    List<String> listed = new ArrayList<>();
    int pages = 0;
    for (var page : sns.client().listSubscriptionsByTopicPaginator(r -> r.topicArn(topic))) {
      page.subscriptions().stream().map(Subscription::subscriptionArn).forEach(listed::add);
      pages++;
    }
    assertThat(pages).isEqualTo(2);
    assertThat(listed).containsExactlyInAnyOrderElementsOf(made);
    List<String> everywhere = new ArrayList<>();
    sns.client()
        .listSubscriptionsPaginator()
        .subscriptions()
        .forEach(subscription -> everywhere.add(subscription.subscriptionArn()));
    assertThat(everywhere).containsAll(made);
    sns.client().deleteTopic(r -> r.topicArn(topic));
  }

  @Test
  void confirmationIsChecked() {
    String topic = sns.newTopic("token");
    Sns.assertInvalid(
        () -> sns.client().confirmSubscription(r -> r.topicArn("topic").token("a".repeat(64))),
        "Invalid parameter: Topic");
    String elsewhere = topic.replace("us-east-1", "eu-west-1");
    Sns.assertInvalid(
        () -> sns.client().confirmSubscription(r -> r.topicArn(elsewhere).token("a".repeat(64))),
        "Invalid parameter: Topic");
    Sns.assertInvalid(
        () -> sns.client().confirmSubscription(r -> r.topicArn(topic).token("short")),
        "Invalid token");
  }

  @Test
  void filterChoosesByAttributesAndByBody() {
    String topic = sns.newTopic("filter");
    String byAttribute = sns.newQueue("attribute");
    String byBody = sns.newQueue("body");
    sns.subscribe(
        topic, byAttribute, Map.of("FilterPolicy", "{\"price\":[{\"numeric\":[\">\",100]}]}"));
    sns.subscribe(
        topic,
        byBody,
        Map.of(
            "FilterPolicyScope",
            "MessageBody",
            "FilterPolicy",
            "{\"bird\":{\"kind\":[{\"prefix\":\"te\"}]}}"));
    publish(topic, "{\"bird\":{\"kind\":\"gull\"}}", "100");
    publish(topic, "{\"bird\":{\"kind\":\"tern\"}}", "99");
    publish(topic, "not json", "101");
    assertThat(Sns.textOf(sns.nextEnvelope(byAttribute), "Message")).isEqualTo("not json");
    assertThat(Sns.textOf(sns.nextEnvelope(byBody), "Message"))
        .isEqualTo("{\"bird\":{\"kind\":\"tern\"}}");
  }

  private void publish(String topic, String message, String price) {
    sns.client()
        .publish(r ->
            r.topicArn(topic)
                .message(message)
                .messageAttributes(Map.of("price", Sns.number(price))));
  }

  private void set(String subscription, String name, String value) {
    sns.client()
        .setSubscriptionAttributes(
            r -> r.subscriptionArn(subscription).attributeName(name).attributeValue(value));
  }

  /** Refused when subscribing and when set afterwards, with the two prefixes. */
  private void refuse(String topic, String subscription, String name, String value, String text) {
    Sns.assertInvalid(
        () -> sns.subscribe(topic, "/" + sns.newName("refused"), Map.of(name, value)),
        "Invalid parameter: Attributes Reason: " + text);
    Sns.assertInvalid(() -> set(subscription, name, value), "Invalid parameter: " + text);
  }

  private void refuseEndpoint(String topic, String protocol, String endpoint, String text) {
    Sns.assertInvalid(
        () -> sns.client().subscribe(r -> r.topicArn(topic).protocol(protocol).endpoint(endpoint)),
        text);
  }
}
