package io.tern.node.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tern.node.routing.CatalogueMirror;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.queue.QueueGauge;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits in delivery queues reaches the world, fails, is tried again and is given up. */
class DeliveryDutyTest {
  private static final Outcome FINE = new Outcome.Delivered(200, "");
  private static final Outcome BUSY = new Outcome.Retry(503, "busy");
  private static final Outcome GONE = new Outcome.Refused(410, "gone");
  private static final String AT_ONCE =
      """
      {"healthyRetryPolicy":{"minDelayTarget":1,"maxDelayTarget":1,"numRetries":2,\
      "numNoDelayRetries":2,"numMinDelayRetries":0,"numMaxDelayRetries":0,\
      "backoffFunction":"linear"}}\
      """;
  private static final String A_SECOND_LATER =
      AT_ONCE.replace("\"numNoDelayRetries\":2", "\"numNoDelayRetries\":0");
  private static final String REDRIVE =
      "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:dead\"}";

  private final LedTopic topic = new LedTopic();
  private final List<Outgoing> sent = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    topic.close();
  }

  @Test
  void aMessageIsPostedOnceAndGone() {
    SubscriptionDefinition subscription = topic.subscribe("http", "http://a.example/x", Map.of());
    topic.lead(answering(_ -> FINE), topic.known());

    topic.publish("hello");

    await().until(() -> topic.isEmpty(subscription) && sent.size() == 1);
    assertThat(sent.getFirst()).isInstanceOf(Outgoing.WebPost.class);
    Outgoing.WebPost post = (Outgoing.WebPost) sent.getFirst();
    assertThat(post.url()).isEqualTo("http://a.example/x");
    assertThat(post.headers())
        .containsEntry("x-amz-sns-message-type", "Notification")
        .containsKey("x-amz-sns-subscription-arn");
    assertThat(text(post)).contains("\"Message\" : \"hello\"").contains("\"Signature\"");
    assertThat(topic.count("sns_number_of_notifications_delivered")).isEqualTo(1);
  }

  @Test
  void everyMessageOfABacklogArrivesOnce() {
    SubscriptionDefinition subscription =
        topic.subscribe("http", "http://a.example/", Map.of("RawMessageDelivery", "true"));
    Set<String> published = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      topic.publish("m" + i);
      published.add("m" + i);
    }

    topic.lead(answering(_ -> FINE), topic.known());

    await().until(() -> topic.isEmpty(subscription));
    assertThat(sent.stream().map(each -> text((Outgoing.WebPost) each)))
        .containsExactlyInAnyOrderElementsOf(published);
  }

  @Test
  void aFailureIsTriedAgainAsThePolicySays() {
    SubscriptionDefinition subscription =
        topic.subscribe("http", "http://a.example/", Map.of("DeliveryPolicy", AT_ONCE));
    topic.lead(answering(attempt -> attempt < 3 ? BUSY : FINE), topic.known());

    topic.publish("hello");

    await().until(() -> topic.isEmpty(subscription));
    assertThat(sent).hasSize(3);
    assertThat(topic.count("sns_number_of_notifications_failed")).isEqualTo(2);
    assertThat(topic.count("sns_number_of_notifications_delivered")).isEqualTo(1);
  }

  @Test
  void aRetryWaitsHiddenInItsQueue() {
    SubscriptionDefinition subscription =
        topic.subscribe("http", "http://a.example/", Map.of("DeliveryPolicy", A_SECOND_LATER));
    topic.lead(answering(attempt -> attempt == 1 ? BUSY : FINE), topic.known());

    topic.publish("hello");

    await().until(() -> topic.isEmpty(subscription));
    assertThat(sent).hasSize(2);
  }

  @Test
  void whatIsExhaustedGoesToTheDeadLetterQueue() {
    SubscriptionDefinition subscription =
        topic.subscribe(
            "http",
            "http://a.example/",
            Map.of("DeliveryPolicy", AT_ONCE, "RedrivePolicy", REDRIVE));
    topic.lead(answering(_ -> BUSY), topic.known());

    topic.publish("hello");

    await().until(() -> topic.isEmpty(subscription) && topic.parked() == 1);
    assertThat(sent).hasSize(3);
    await().until(() -> topic.count("sns_number_of_notifications_redriven_to_dlq") == 1);
    assertThat(topic.count("sns_number_of_notifications_failed")).isEqualTo(3);
  }

  @Test
  void whatIsRefusedIsNotTriedAgain() {
    SubscriptionDefinition subscription =
        topic.subscribe("lambda", "arn:aws:lambda:us-east-1:0:function:f", Map.of());
    topic.lead(answering(_ -> GONE), topic.known());

    topic.publish("hello");

    await().until(() -> topic.isEmpty(subscription));
    assertThat(sent).hasSize(1);
    assertThat(topic.parked()).isZero();
    assertThat(topic.count("sns_number_of_notifications_failed")).isEqualTo(1);
  }

  @Test
  void aDeadLetterQueueThatIsGoneLosesTheMessageAndIsCounted() {
    SubscriptionDefinition subscription =
        topic.subscribe(
            "http",
            "http://a.example/",
            Map.of("RedrivePolicy", REDRIVE.replace(":dead", ":none")));
    topic.lead(answering(_ -> GONE), topic.known());

    topic.publish("hello");

    await().until(() -> topic.isEmpty(subscription));
    await().until(() -> topic.count("sns_number_of_notifications_failed_to_redrive_to_dlq") == 1);
  }

  @Test
  void theNextLeaderGoesOnWithTheAttempts() {
    SubscriptionDefinition subscription =
        topic.subscribe("http", "http://a.example/", Map.of("DeliveryPolicy", A_SECOND_LATER));
    DeliveryDuty first = topic.lead(answering(_ -> BUSY), topic.known());
    topic.publish("hello");
    await().until(() -> sent.size() == 1);
    first.close();

    topic.lead(answering(attempt -> attempt < 3 ? BUSY : FINE), topic.known());

    await().until(() -> topic.isEmpty(subscription));
    assertThat(sent).hasSize(3);
  }

  @Test
  void aCatalogueThatIsLateIsWaitedFor() {
    SubscriptionDefinition subscription = topic.subscribe("http", "http://a.example/", Map.of());
    topic.publish("hello");
    CatalogueMirror late = LedTopic.mirror();
    DeliveryDuty duty = topic.lead(answering(_ -> FINE), late);
    assertThat(duty.lanes()).isZero();

    late.opened(topic.catalogue());

    await().until(() -> topic.isEmpty(subscription));
    assertThat(sent).hasSize(1);
  }

  @Test
  void aDeadEndpointDoesNotHoldOthersUp() {
    SubscriptionDefinition dead = topic.subscribe("http", "http://dead.example/", Map.of());
    SubscriptionDefinition alive = topic.subscribe("http", "http://alive.example/", Map.of());
    topic.lead(
        delivery -> {
          sent.add(delivery);
          return ((Outgoing.WebPost) delivery).url().contains("dead")
              ? new CompletableFuture<>()
              : CompletableFuture.completedFuture(FINE);
        },
        topic.known());

    for (int i = 0; i < 100; i++) {
      topic.publish("m" + i);
    }

    await().until(() -> topic.isEmpty(alive));
    assertThat(topic.isEmpty(dead)).isFalse();
    assertThat(sent.stream().filter(each -> each.toString().contains("dead"))).hasSize(4);
  }

  @Test
  void beyondTheMostThatMayWaitTheOldestAreGivenUp() {
    SubscriptionDefinition subscription =
        topic.subscribe("http", "http://dead.example/", Map.of("RedrivePolicy", REDRIVE));
    for (int i = 0; i < 50; i++) {
      topic.publish("m" + i);
    }

    topic.lead(
        delivery -> {
          sent.add(delivery);
          return new CompletableFuture<>();
        },
        topic.known(),
        20);

    await().until(() -> backlog(subscription) == 20 && topic.parked() == 30);
    await().until(() -> topic.count("sns_number_of_notifications_redriven_to_dlq") == 30);
    assertThat(topic.count("sns_number_of_notifications_shed")).isEqualTo(30);
    await().until(() -> sent.size() == 4);
    assertThat(sent.stream().map(each -> text((Outgoing.WebPost) each)))
        .as("what is delivered is newer than what was given up")
        .noneMatch(each -> each.matches("(?s).*\"m[0-9]\".*"));
    topic.publish("one more");
    await().until(() -> backlog(subscription) == 20 && topic.parked() == 31);
  }

  @Test
  void theAgeOfTheOldestIsShown() {
    SubscriptionDefinition subscription =
        topic.subscribe("http", "http://a.example/", Map.of("DeliveryPolicy", A_SECOND_LATER));
    CompletableFuture<Outcome> first = new CompletableFuture<>();
    topic.lead(
        delivery -> {
          sent.add(delivery);
          return sent.size() == 1 ? first : CompletableFuture.completedFuture(FINE);
        },
        topic.known());
    long anHourAgo = System.currentTimeMillis() - 3_600_000;

    topic.publish(m -> m.setMessage("old").setPublishedMillis(anHourAgo));
    await().until(() -> sent.size() == 1);
    assertThat(topic.gauge("sns_delivery_oldest_age_seconds")).isGreaterThanOrEqualTo(3_600);
    first.complete(BUSY);

    await().until(() -> topic.isEmpty(subscription));
    await().until(() -> topic.gauge("sns_delivery_oldest_age_seconds") == 0);
  }

  @Test
  void deliveriesEndWithTheirSubscription() {
    SubscriptionDefinition subscription =
        topic.subscribe("http", "http://a.example/", Map.of("DeliveryPolicy", A_SECOND_LATER));
    DeliveryDuty duty = topic.lead(answering(_ -> BUSY), topic.known());
    topic.publish("hello");
    await().until(() -> sent.size() == 1 && topic.metersShown() > 0);

    topic.unsubscribe(subscription);

    await().until(() -> duty.lanes() == 0 && topic.metersShown() == 0);
    assertThat(topic.stands(subscription.deliveryQueue())).isNull();
    assertThat(sent).hasSize(1);
  }

  @Test
  void aMailSaysHowToUnsubscribe() {
    SubscriptionDefinition subscription = topic.subscribe("email", "reader@example.com", Map.of());
    topic.lead(answering(_ -> FINE), topic.known());

    topic.publish("hello");

    await().until(() -> topic.isEmpty(subscription) && sent.size() == 1);
    Outgoing.Mail mail = (Outgoing.Mail) sent.getFirst();
    assertThat(mail.subject()).isEqualTo("AWS Notification Message");
    assertThat(mail.text()).startsWith("hello\n").contains(mail.unsubscribeUrl());
    assertThat(mail.unsubscribeUrl()).startsWith("http://tern.example/?Action=Unsubscribe");
  }

  /** Remembers what is sent, and answers the n-th attempt as the test says. */
  private Sender answering(IntFunction<Outcome> answer) {
    return delivery -> {
      synchronized (sent) {
        sent.add(delivery);
        return CompletableFuture.completedFuture(answer.apply(sent.size()));
      }
    };
  }

  private long backlog(SubscriptionDefinition subscription) {
    QueueGauge gauge = topic.stands(subscription.deliveryQueue());
    return gauge == null ? 0 : gauge.visible() + gauge.inFlight() + gauge.delayed();
  }

  private static String text(Outgoing.WebPost post) {
    return new String(post.body().array(), StandardCharsets.UTF_8);
  }
}
