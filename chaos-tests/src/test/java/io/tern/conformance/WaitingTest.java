package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Long polls, short polls and delays. A poll of 20 seconds that ends early was woken. */
@OnEachDeployment
class WaitingTest {
  /** Far below the 20 seconds a poll waits when nothing wakes it, far above a slow machine. */
  private static final Duration WOKEN = Duration.ofSeconds(12);

  private final Deployment service;

  WaitingTest(Deployment service) {
    this.service = service;
  }

  @Test
  void shortPollOfAnEmptyQueueIsEmpty() {
    String url = service.newQueue("short");
    assertThat(receive(url, 0)).isEmpty();
  }

  @Test
  void longPollOfAnEmptyQueueEndsEmpty() {
    String url = service.newQueue("long");
    assertThat(receive(url, 1)).isEmpty();
  }

  @Test
  void queueGivesTheWaitTimeAndAnExplicitZeroForcesAShortPoll() throws Exception {
    String url =
        service.newQueue(
            "waits", Map.of(QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS, "20"));
    assertThat(receive(url, 0)).isEmpty();
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<List<Message>> poll =
          threads.submit(() -> service.sqs().receiveMessage(r -> r.queueUrl(url)).messages());
      service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("wakes"));
      assertThat(poll.get(WOKEN.toSeconds(), TimeUnit.SECONDS)).hasSize(1);
    }
  }

  @Test
  void sendWakesAPollAtAnyNode() throws Exception {
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      for (int i = 0; i < 6; i++) {
        String url = service.newQueue("wake");
        Future<List<Message>> poll = threads.submit(() -> receive(url, 20));
        // An empty short poll elsewhere: the long one has very likely begun when it returns.
        assertThat(receive(url, 0)).isEmpty();
        service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("wakes"));
        assertThat(poll.get(WOKEN.toSeconds(), TimeUnit.SECONDS))
            .singleElement()
            .matches(message -> message.body().equals("wakes"));
      }
    }
  }

  @Test
  void waitersShareMessagesOneEach() throws Exception {
    String url = service.newQueue("share");
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<List<Message>>> polls = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        polls.add(
            threads.submit(() ->
                service.sqs().receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(20)).messages()));
      }
      for (int i = 0; i < 5; i++) {
        String body = "m" + i;
        service.sqs().sendMessage(r -> r.queueUrl(url).messageBody(body));
      }
      List<String> bodies = new ArrayList<>();
      for (Future<List<Message>> poll : polls) {
        poll.get(WOKEN.toSeconds(), TimeUnit.SECONDS)
            .forEach(message -> bodies.add(message.body()));
      }
      assertThat(bodies).containsExactlyInAnyOrder("m0", "m1", "m2", "m3", "m4");
    }
  }

  @Test
  void expiryOfADelayWakesAPoll() throws Exception {
    String url = service.newQueue("delay");
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("later").delaySeconds(2));
    assertThat(receive(url, 0)).isEmpty();
    assertWoken(url);
  }

  @Test
  void expiryOfAVisibilityTimeoutWakesAPoll() throws Exception {
    String url = service.newQueue("expiry");
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("again"));
    assertThat(service.sqs().receiveMessage(r -> r.queueUrl(url).visibilityTimeout(2)).messages())
        .hasSize(1);
    assertWoken(url);
  }

  @Test
  void visibilityChangedToZeroWakesAPoll() throws Exception {
    String url = service.newQueue("zero");
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("again"));
    Message held = receive(url, 5).getFirst();
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<List<Message>> poll = threads.submit(() -> receive(url, 20));
      assertThat(receive(url, 0)).isEmpty();
      service
          .sqs()
          .changeMessageVisibility(
              r -> r.queueUrl(url).receiptHandle(held.receiptHandle()).visibilityTimeout(0));
      assertThat(poll.get(WOKEN.toSeconds(), TimeUnit.SECONDS)).hasSize(1);
    }
  }

  @Test
  void deletingTheQueueEndsAPoll() throws Exception {
    String url = service.newQueue("vanishes");
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<List<Message>> poll = threads.submit(() -> receive(url, 20));
      assertThat(receive(url, 0)).isEmpty();
      service.sqs().deleteQueue(r -> r.queueUrl(url));
      try {
        assertThat(poll.get(25, TimeUnit.SECONDS)).isEmpty();
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(QueueDoesNotExistException.class);
      }
    }
    assertThatThrownBy(() -> receive(url, 0)).isInstanceOf(QueueDoesNotExistException.class);
  }

  @Test
  void queueGivesTheDelayAndTheMessageOverridesIt() {
    String url = service.newQueue("delays", Map.of(QueueAttributeName.DELAY_SECONDS, "900"));
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("delayed"));
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("now").delaySeconds(0));
    assertThat(receive(url, 5)).singleElement().matches(message -> message.body().equals("now"));
    assertThat(QueueCounts.of(service, url)).isEqualTo(new QueueCounts(0, 1, 1));
  }

  @Test
  void changedDelayOfAQueueIsNotRetroactive() {
    String url = service.newQueue("retro", Map.of(QueueAttributeName.DELAY_SECONDS, "900"));
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("stays delayed"));
    service
        .sqs()
        .setQueueAttributes(
            r -> r.queueUrl(url).attributes(Map.of(QueueAttributeName.DELAY_SECONDS, "0")));
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("at once"));
    assertThat(QueueCounts.of(service, url)).isEqualTo(new QueueCounts(1, 0, 1));
  }

  @Test
  void countsMoveOnWithTimeAlone() {
    String url = service.newQueue("time");
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("m").delaySeconds(1));
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("n"));
    service.sqs().receiveMessage(r -> r.queueUrl(url).visibilityTimeout(1));
    await()
        .atMost(WOKEN)
        .until(() -> QueueCounts.of(service, url), new QueueCounts(2, 0, 0)::equals);
  }

  private void assertWoken(String url) throws Exception {
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<List<Message>> poll = threads.submit(() -> receive(url, 20));
      assertThat(poll.get(WOKEN.toSeconds(), TimeUnit.SECONDS)).hasSize(1);
    }
  }

  private List<Message> receive(String url, int waitSeconds) {
    return service
        .sqs()
        .receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(waitSeconds))
        .messages();
  }
}
