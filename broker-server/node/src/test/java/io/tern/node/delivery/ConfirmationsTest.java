package io.tern.node.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tern.node.config.WallClock;
import io.tern.node.routing.Notifications;
import io.tern.state.limits.DeliveryLimits;
import io.tern.topics.envelope.Confirmation;
import io.tern.topics.policy.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Owners of endpoints are asked, not too often, and the log says why one was not. */
class ConfirmationsTest {
  private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:t";

  private final LedTopic topic = new LedTopic();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final List<Outgoing> sent = new CopyOnWriteArrayList<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(Confirmations.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private volatile Outcome outcome = new Outcome.Delivered(200, "");
  private final Confirmations confirmations =
      new Confirmations(
          new Notifications(topic.known(), "http://tern.example"),
          delivery -> {
            sent.add(delivery);
            return CompletableFuture.completedFuture(outcome);
          },
          WallClock.system(),
          timer,
          Runnable::run,
          () -> 0.5);

  @BeforeEach
  void listen() {
    logger.setLevel(Level.INFO);
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
    logger.setLevel(null);
    timer.shutdownNow();
    topic.close();
  }

  @Test
  void aWebServerIsAskedWithTheDocument() {
    assertThat(ask(Protocol.HTTP, "http://a.example/x").join()).isEqualTo(outcome);

    Outgoing.WebPost post = (Outgoing.WebPost) sent.getFirst();
    assertThat(post.url()).isEqualTo("http://a.example/x");
    assertThat(post.headers()).containsEntry("x-amz-sns-message-type", "SubscriptionConfirmation");
  }

  @Test
  void aPersonIsAskedInTheTopicsName() {
    var _ = ask(Protocol.EMAIL, "reader@example.com").join();
    var _ = ask(Protocol.EMAIL_JSON, "program@example.com").join();

    Outgoing.Mail mail = (Outgoing.Mail) sent.getFirst();
    assertThat(mail.to()).isEqualTo("reader@example.com");
    assertThat(mail.fromName()).isEqualTo("Orders");
    assertThat(mail.subject()).isEqualTo("AWS Notification - Subscription Confirmation");
    assertThat(mail.text())
        .contains("http://tern.example/?Action=ConfirmSubscription&TopicArn=" + TOPIC);
    assertThat(((Outgoing.Mail) sent.getLast()).text()).contains("\"Type\" : \"Subscription");
  }

  @Test
  void whoeverIsSubscribedAgainAndAgainIsNotFlooded() {
    long most =
        DeliveryLimits.QUESTIONS_AT_ONCE
            + DeliveryLimits.QUESTION_WAIT_MILLIS / DeliveryLimits.QUESTION_INTERVAL_MILLIS;
    List<CompletableFuture<Outcome>> asked = new ArrayList<>();
    for (int i = 0; i < most + 100; i++) {
      asked.add(ask(Protocol.EMAIL, "victim@example.com"));
    }

    assertThat(sent).hasSize(DeliveryLimits.QUESTIONS_AT_ONCE);
    assertThat(asked.getLast().join())
        .isEqualTo(new Outcome.Refused(0, "the endpoint was asked too often"));
    assertThat(asked).filteredOn(each -> !each.isDone()).as("some wait").isNotEmpty();
    assertThat(ask(Protocol.EMAIL, "other@example.com").join()).isEqualTo(outcome);
    assertThat(ask(Confirmation.Kind.UNSUBSCRIBE, Protocol.EMAIL, "victim@example.com").join())
        .as("to be told that a subscription has ended is another matter")
        .isEqualTo(outcome);
  }

  @Test
  void aRefusedAddressIsAWarningThatSaysWhatToDo() {
    outcome = new Outcome.Forbidden("the endpoint's address 10.0.0.1 is not public");

    assertThat(ask(Protocol.HTTP, "http://user:secret@10.0.0.1/x").join()).isEqualTo(outcome);

    assertThat(log.list).hasSize(1);
    assertThat(log.list.getFirst().getLevel()).isEqualTo(Level.WARN);
    assertThat(log.list.getFirst().getFormattedMessage())
        .contains("--delivery-allow")
        .contains(TOPIC)
        .contains("10.0.0.1")
        .doesNotContain("secret");
  }

  private CompletableFuture<Outcome> ask(Protocol protocol, String endpoint) {
    return ask(Confirmation.Kind.SUBSCRIBE, protocol, endpoint);
  }

  private CompletableFuture<Outcome> ask(
      Confirmation.Kind kind, Protocol protocol, String endpoint) {
    return confirmations.send(
        protocol,
        endpoint,
        new Confirmation(kind, UUID.randomUUID(), TOPIC, TOPIC + ":s", "abc", 0, 1, "Orders"));
  }
}
