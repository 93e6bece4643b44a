package io.tern.conformance.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tern.conformance.Deployment;
import io.tern.conformance.OnEachDeployment;
import io.tern.conformance.sns.WebReceiver.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sns.model.Subscription;

/** Subscribers that are web servers: confirmed, notified, tried again, given up, ended. */
@OnEachDeployment
class WebSubscriberTest {
  private static final String TYPE = "x-amz-sns-message-type";
  private static final String PLAIN = "text/plain; charset=UTF-8";

  private final Sns sns;
  private final WebReceiver web = WebReceiver.start();

  WebSubscriberTest(Deployment service) {
    this.sns = Sns.of(service);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void subscriberIsAskedAndConfirmsByFollowingTheLink() {
    String topic = sns.newTopic("confirm");
    assertThat(subscribe(topic, "/c", Map.of(), false)).isEqualTo("pending confirmation");
    Request asked = web.next("/c");
    assertThat(asked.method()).isEqualTo("POST");
    assertThat(asked.header(TYPE)).isEqualTo("SubscriptionConfirmation");
    assertThat(asked.header("x-amz-sns-topic-arn")).isEqualTo(topic);
    assertThat(asked.header("x-amz-sns-message-id")).isEqualTo(asked.text("MessageId"));
    assertThat(asked.header("x-amz-sns-subscription-arn")).isEmpty();
    assertThat(asked.header("Content-Type")).isEqualTo(PLAIN);
    assertThat(asked.header("User-Agent")).isEqualTo("Amazon Simple Notification Service Agent");
    assertThat(asked.document().asObject().keySet())
        .containsExactly(
            "Type",
            "MessageId",
            "Token",
            "TopicArn",
            "Message",
            "SubscribeURL",
            "Timestamp",
            "SignatureVersion",
            "Signature",
            "SigningCertURL");
    assertThat(asked.text("Message"))
        .isEqualTo(
            "You have chosen to subscribe to the topic "
                + topic
                + ".\nTo confirm the subscription, visit the SubscribeURL included in this"
                + " message.");
    assertThat(asked.text("SubscribeURL"))
        .endsWith(
            "/?Action=ConfirmSubscription&TopicArn=" + topic + "&Token=" + asked.text("Token"));
    assertThat(onlySubscription(topic).subscriptionArn()).isEqualTo("PendingConfirmation");

    SnsAnswer confirmed = SnsHttp.get(asked.link("SubscribeURL"));
    assertThat(confirmed.status()).as(confirmed.toString()).isEqualTo(200);
    assertThat(confirmed.xml().getLocalName()).isEqualTo("ConfirmSubscriptionResponse");
    String subscription = confirmed.text("SubscriptionArn");
    assertThat(onlySubscription(topic).subscriptionArn()).isEqualTo(subscription);
    assertThat(sns.subscriptionAttributes(subscription))
        .containsEntry("PendingConfirmation", "false")
        .containsEntry("ConfirmationWasAuthenticated", "false");
    assertThat(confirm(topic + "-with-another-name", asked, null)).isEqualTo(subscription);
    assertThat(SnsHttp.get(asked.link("SubscribeURL")).text("SubscriptionArn"))
        .isEqualTo(subscription);
  }

  @Test
  void subscribingAgainAsksAgain() {
    String topic = sns.newTopic("again");
    String first = subscribe(topic, "/a", Map.of(), true);
    assertThat(subscribe(topic, "/a", Map.of(), true)).isEqualTo(first).startsWith(topic + ":");
    assertThat(sns.subscriptionAttributes(first)).containsEntry("PendingConfirmation", "true");
    web.next("/a");
    assertThat(confirm(topic, web.next("/a"), null)).isEqualTo(first);
  }

  @Test
  void notificationHasHeadersAndEnvelope() {
    String topic = sns.newTopic("notify");
    String subscription =
        confirmed(
            topic,
            "/n",
            Map.of(
                "DeliveryPolicy",
                "{\"requestPolicy\":{\"headerContentType\":\"application/json\"}}"));
    String id = sns.client().publish(r -> r.topicArn(topic).subject("s").message("m")).messageId();
    Request told = web.next("/n");
    assertThat(told.header(TYPE)).isEqualTo("Notification");
    assertThat(told.header("x-amz-sns-message-id")).isEqualTo(id);
    assertThat(told.header("x-amz-sns-topic-arn")).isEqualTo(topic);
    assertThat(told.header("x-amz-sns-subscription-arn")).isEqualTo(subscription);
    assertThat(told.header("Content-Type")).isEqualTo("application/json");
    assertThat(told.header("x-amz-sns-rawdelivery")).isEmpty();
    assertThat(told.document().asObject().keySet())
        .containsExactly(
            "Type",
            "MessageId",
            "TopicArn",
            "Subject",
            "Message",
            "Timestamp",
            "SignatureVersion",
            "Signature",
            "SigningCertURL",
            "UnsubscribeURL");
    assertThat(told.text("Message")).isEqualTo("m");
    assertThat(told.text("UnsubscribeURL"))
        .endsWith("/?Action=Unsubscribe&SubscriptionArn=" + subscription);
    assertThat(sns.subscriptionAttributes(subscription).get("DeliveryPolicy"))
        .isEqualTo(
            "{\"healthyRetryPolicy\":null,\"sicklyRetryPolicy\":null,\"throttlePolicy\":null,"
                + "\"requestPolicy\":{\"headerContentType\":\"application/json\"},"
                + "\"guaranteed\":false}");
    assertThat(sns.subscriptionAttributes(subscription).get("EffectiveDeliveryPolicy"))
        .contains("\"numRetries\":3")
        .contains("\"headerContentType\":\"application/json\"");
  }

  @Test
  void rawNotificationIsTheMessageAlone() {
    String topic = sns.newTopic("raw");
    confirmed(topic, "/r", Map.of("RawMessageDelivery", "true"));
    sns.client()
        .publish(r ->
            r.topicArn(topic)
                .subject("lost")
                .message("{\"default\":\"d\",\"http\":\"for the web\"}")
                .messageStructure("json")
                .messageAttributes(Map.of("lost", Sns.text("too"))));
    Request told = web.next("/r");
    assertThat(told.body()).isEqualTo("for the web");
    assertThat(told.header("x-amz-sns-rawdelivery")).isEqualTo("true");
    assertThat(told.header("Content-Type")).isEqualTo(PLAIN);
    assertThat(told.header(TYPE)).isEqualTo("Notification");
  }

  @Test
  void failuresAreTriedAgain() {
    String topic = sns.newTopic("again");
    confirmed(
        topic,
        "/f",
        Map.of(
            "DeliveryPolicy",
            retries(
                "\"minDelayTarget\":1,\"maxDelayTarget\":1,\"numRetries\":3,\"numNoDelayRetries\":2")));
    web.answer("/f", 500, 429, 503, 200);
    String id = sns.publish(topic, "m");
    for (int attempt = 0; attempt < 4; attempt++) {
      assertThat(web.next("/f").header("x-amz-sns-message-id")).as("attempt").isEqualTo(id);
    }
    String other = sns.publish(topic, "n");
    assertThat(web.next("/f").header("x-amz-sns-message-id")).isEqualTo(other);
  }

  @Test
  void exhaustedOnesGoToTheDeadLetterQueue() {
    String topic = sns.newTopic("exhausted");
    String dead = sns.newQueue("dead");
    Map<String, String> attributes = deadLetters(dead);
    attributes.put("DeliveryPolicy", retries("\"numRetries\":2,\"numNoDelayRetries\":2"));
    confirmed(topic, "/e", attributes);
    web.answer("/e", 500);
    sns.publish(topic, "m");
    Request last = web.next("/e");
    for (int retry = 0; retry < 2; retry++) {
      last = web.next("/e");
    }
    assertThat(sns.next(dead).body()).isEqualTo(last.body());
    assertThat(web.waiting("/e")).isZero();
  }

  @Test
  void refusalsAndRedirectsGoToTheDeadLetterQueueAtOnce() {
    for (int status : List.of(400, 404, 301, 307)) {
      String topic = sns.newTopic("refused");
      String dead = sns.newQueue("dead");
      String path = "/s" + status;
      confirmed(topic, path, deadLetters(dead));
      web.answer(path, status);
      sns.publish(topic, "m");
      assertThat(sns.next(dead).body()).as("%s", status).isEqualTo(web.next(path).body());
      assertThat(web.waiting(path)).isZero();
      assertThat(web.waiting(path + "/elsewhere")).isZero();
    }
  }

  @Test
  void whoeverFollowsTheUnsubscribeLinkMayComeBack() {
    String topic = sns.newTopic("back");
    String subscription =
        confirmed(
            topic, "/b", Map.of("FilterPolicy", "{\"k\":[\"v\"]}", "RawMessageDelivery", "false"));
    publishMatching(topic, "first");
    Request told = web.next("/b");
    SnsAnswer ended = SnsHttp.get(told.link("UnsubscribeURL"));
    assertThat(ended.status()).as(ended.toString()).isEqualTo(200);
    assertThat(ended.xml().getLocalName()).isEqualTo("UnsubscribeResponse");
    assertThat(sns.client().listSubscriptionsByTopic(r -> r.topicArn(topic)).subscriptions())
        .isEmpty();
    publishMatching(topic, "missed");

    Request asked = web.next("/b");
    assertThat(asked.header(TYPE)).isEqualTo("UnsubscribeConfirmation");
    assertThat(asked.header("x-amz-sns-subscription-arn")).isEqualTo(subscription);
    assertThat(asked.text("Type")).isEqualTo("UnsubscribeConfirmation");
    assertThat(asked.text("Message"))
        .isEqualTo(
            "You have chosen to deactivate subscription "
                + subscription
                + ".\nTo cancel this operation and restore the subscription, visit the SubscribeURL"
                + " included in this message.");
    assertThat(SnsHttp.get(asked.link("SubscribeURL")).text("SubscriptionArn"))
        .isEqualTo(subscription);
    assertThat(sns.subscriptionAttributes(subscription))
        .containsEntry("FilterPolicy", "{\"k\":[\"v\"]}");
    publishMatching(topic, "second");
    assertThat(web.next("/b").text("Message")).isEqualTo("second");
  }

  @Test
  void ownerEndsWithoutAMessage() {
    String topic = sns.newTopic("owner");
    confirmed(topic, "/stays", Map.of());
    String subscription = confirmed(topic, "/ends", Map.of());
    sns.client().unsubscribe(r -> r.subscriptionArn(subscription));
    sns.publish(topic, "m");
    assertThat(web.next("/stays").text("Message")).isEqualTo("m");
    assertThat(web.waiting("/ends")).isZero();
  }

  @Test
  void protectedSubscriptionEndsByASignedCallOnly() {
    String topic = sns.newTopic("protected");
    subscribe(topic, "/p", Map.of(), false);
    String subscription = confirm(topic, web.next("/p"), "true");
    assertThat(sns.subscriptionAttributes(subscription))
        .containsEntry("ConfirmationWasAuthenticated", "true");
    sns.publish(topic, "m");
    SnsAnswer refused = SnsHttp.get(web.next("/p").link("UnsubscribeURL"));
    assertThat(refused.status()).as(refused.toString()).isEqualTo(403);
    assertThat(onlySubscription(topic).subscriptionArn()).isEqualTo(subscription);
    sns.client().unsubscribe(r -> r.subscriptionArn(subscription));
    SnsException gone =
        catchThrowableOfType(SnsException.class, () -> sns.subscriptionAttributes(subscription));
    assertThat(gone.awsErrorDetails().errorCode()).isEqualTo("NotFound");
  }

  private Subscription onlySubscription(String topic) {
    List<Subscription> all =
        sns.client().listSubscriptionsByTopic(r -> r.topicArn(topic)).subscriptions();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private String subscribe(
      String topic, String path, Map<String, String> attributes, boolean returnArn) {
    return sns.client()
        .subscribe(r ->
            r.topicArn(topic)
                .protocol("http")
                .endpoint(web.url(path))
                .attributes(attributes)
                .returnSubscriptionArn(returnArn))
        .subscriptionArn();
  }

  /** A subscription that has been confirmed. */
  private String confirmed(String topic, String path, Map<String, String> attributes) {
    subscribe(topic, path, attributes, false);
    return confirm(topic, web.next(path), null);
  }

  private String confirm(String topic, Request asked, @Nullable String authenticate) {
    return sns.client()
        .confirmSubscription(r ->
            r.topicArn(topic).token(asked.text("Token")).authenticateOnUnsubscribe(authenticate))
        .subscriptionArn();
  }

  private void publishMatching(String topic, String message) {
    sns.client()
        .publish(
            r -> r.topicArn(topic).message(message).messageAttributes(Map.of("k", Sns.text("v"))));
  }

  private static Map<String, String> deadLetters(String queueUrl) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("RedrivePolicy", "{\"deadLetterTargetArn\":\"" + Sns.queueArn(queueUrl) + "\"}");
    return attributes;
  }

  private static String retries(String members) {
    return "{\"healthyRetryPolicy\":{" + members + "}}";
  }
}
