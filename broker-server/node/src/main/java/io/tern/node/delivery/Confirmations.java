package io.tern.node.delivery;

import io.tern.node.config.WallClock;
import io.tern.node.routing.Notifications;
import io.tern.state.limits.DeliveryLimits;
import io.tern.topics.envelope.Confirmation;
import io.tern.topics.envelope.HttpRequests;
import io.tern.topics.envelope.Mails;
import io.tern.topics.policy.Protocol;
import io.tern.topics.policy.RetryPolicy;
import io.tern.topics.policy.RetrySchedule;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks endpoints' owners whether they want a topic's messages, for the API. Questions are in memory
 * only and are dropped when there are too many: whoever misses one can subscribe again.
 */
public final class Confirmations {
  private static final Logger LOG = LoggerFactory.getLogger(Confirmations.class);
  private static final RetrySchedule RETRIES = RetrySchedule.of(RetryPolicy.DEFAULT);

  private final Notifications notifications;
  private final Sender sender;
  private final WallClock clock;
  private final ScheduledExecutorService timer;
  private final Executor work;
  private final DoubleSupplier chance;

  // Apart, so that no questions of the one kind keep anybody from being told of the other.
  private final QuestionPace mailSubscribing = QuestionPace.ofMail();
  private final QuestionPace mailUnsubscribing = QuestionPace.ofMail();
  private final QuestionPace webSubscribing = QuestionPace.ofWeb();
  private final QuestionPace webUnsubscribing = QuestionPace.ofWeb();
  private final AtomicInteger underWay = new AtomicInteger();

  /**
   * @param work the pool for rendering
   * @param chance from 0 to 1
   */
  public Confirmations(
      Notifications notifications,
      Sender sender,
      WallClock clock,
      ScheduledExecutorService timer,
      Executor work,
      DoubleSupplier chance) {
    this.notifications = notifications;
    this.sender = sender;
    this.clock = clock;
    this.timer = timer;
    this.work = work;
    this.chance = chance;
  }

  /**
   * Sends the question, with the retries that web endpoints have by default. An endpoint that is
   * asked again and again is asked less often, and at last not at all.
   *
   * @return how the last attempt ended; never fails, and nobody needs to wait for it
   */
  public CompletableFuture<Outcome> send(
      Protocol protocol, String endpoint, Confirmation confirmation) {
    if (underWay.incrementAndGet() > DeliveryLimits.CONFIRMATIONS_UNDER_WAY) {
      underWay.decrementAndGet();
      return CompletableFuture.completedFuture(
          new Outcome.Refused(0, "too many confirmations are under way at this node"));
    }
    CompletableFuture<Outcome> ended = new CompletableFuture<>();
    var _ =
        ended.whenComplete((outcome, _) -> {
          underWay.decrementAndGet();
          tell(protocol, confirmation, outcome);
        });
    long nowMillis = TimeUnit.NANOSECONDS.toMillis(clock.monotonicNanos());
    OptionalLong delay = pace(protocol, confirmation.kind()).delayMillis(endpoint, nowMillis);
    Runnable first = () -> attempt(protocol, endpoint, confirmation, 1, ended);
    if (delay.isEmpty()) {
      ended.complete(new Outcome.Refused(0, "the endpoint was asked too often"));
    } else if (delay.getAsLong() > 0) {
      later(ended, delay.getAsLong(), first);
    } else {
      execute(ended, first);
    }
    return ended;
  }

  private QuestionPace pace(Protocol protocol, Confirmation.Kind kind) {
    boolean web = protocol == Protocol.HTTP || protocol == Protocol.HTTPS;
    return switch (kind) {
      case SUBSCRIBE -> web ? webSubscribing : mailSubscribing;
      case UNSUBSCRIBE -> web ? webUnsubscribing : mailUnsubscribing;
    };
  }

  /** Whoever waits in vain for a question learns from the log why none came. */
  private static void tell(Protocol protocol, Confirmation confirmation, Outcome outcome) {
    switch (outcome) {
      case Outcome.Delivered _ -> {}
      case Outcome.Forbidden(String reason) ->
          LOG.warn(
              "confirmation not sent topic={} protocol={}: {}; --delivery-allow names addresses"
                  + " that endpoints may have although they are not public",
              confirmation.topicArn(),
              protocol.text(),
              reason);
      case Outcome.Retry _, Outcome.Refused _ ->
          LOG.info(
              "confirmation not delivered topic={} protocol={} outcome={}",
              confirmation.topicArn(),
              protocol.text(),
              outcome);
    }
  }

  private void attempt(
      Protocol protocol,
      String endpoint,
      Confirmation confirmation,
      int attempt,
      CompletableFuture<Outcome> ended) {
    Optional<Outgoing> question = write(protocol, endpoint, confirmation);
    if (question.isEmpty()) {
      ended.complete(new Outcome.Refused(0, protocol.text() + " endpoints are not asked"));
      return;
    }
    var _ =
        sender
            .send(question.get())
            .thenAccept(outcome -> {
              OptionalLong delay = RETRIES.delayMillis(attempt, chance.getAsDouble());
              if (outcome instanceof Outcome.Retry && delay.isPresent()) {
                later(
                    ended,
                    delay.getAsLong(),
                    () -> attempt(protocol, endpoint, confirmation, attempt + 1, ended));
              } else {
                ended.complete(outcome);
              }
            });
  }

  private Optional<Outgoing> write(Protocol protocol, String endpoint, Confirmation confirmation) {
    return switch (protocol) {
      case HTTP, HTTPS -> {
        HttpRequests.Request request =
            new HttpRequests(notifications.envelope()).confirmation(confirmation);
        yield Optional.of(
            new Outgoing.WebPost(
                endpoint, request.headers(), NotificationWriter.utf8(request.body())));
      }
      case EMAIL -> Optional.of(Outgoing.Mail.of(endpoint, mails().text(confirmation)));
      case EMAIL_JSON -> Optional.of(Outgoing.Mail.of(endpoint, mails().json(confirmation)));
      case SQS, LAMBDA, FIREHOSE, APPLICATION, SMS -> Optional.empty();
    };
  }

  private Mails mails() {
    return new Mails(notifications.envelope(), notifications.links());
  }

  private void later(CompletableFuture<Outcome> ended, long delayMillis, Runnable step) {
    try {
      var _ =
          timer.schedule(
              () -> execute(ended, step), Math.max(1, delayMillis), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopping) {
      ended.complete(new Outcome.Retry(0, "the node stops"));
    }
  }

  private void execute(CompletableFuture<Outcome> ended, Runnable step) {
    try {
      work.execute(() -> {
        try {
          step.run();
        } catch (RuntimeException bug) {
          ended.complete(new Outcome.Refused(0, "no question could be written: " + bug));
        }
      });
    } catch (RejectedExecutionException stopping) {
      ended.complete(new Outcome.Retry(0, "the node stops"));
    }
  }
}
