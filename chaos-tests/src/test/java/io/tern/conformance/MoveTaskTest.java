package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/** Message move tasks: what is in a dead-letter queue goes back, or elsewhere. */
@OnEachDeployment
class MoveTaskTest {
  private static final Duration SOON = Duration.ofSeconds(15);

  private final Deployment service;

  MoveTaskTest(Deployment service) {
    this.service = service;
  }

  @Test
  void messagesGoBackToTheirOwnSourcesAsNewOnes() {
    TestQueue dead = TestQueue.standard(service, "dead");
    TestQueue one = source(dead);
    TestQueue other = source(dead);
    kill(one, dead, "m1");
    kill(other, dead, "m2");
    Message letter = dead.next(0);
    long beforeMillis = System.currentTimeMillis();
    start(dead);

    Message back = one.next();
    assertThat(back.body()).isEqualTo("m1");
    assertThat(back.messageId()).isNotEqualTo(letter.messageId());
    assertThat(back.attributesAsStrings())
        .containsEntry("ApproximateReceiveCount", "1")
        .doesNotContainKey("DeadLetterQueueSourceArn");
    assertThat(Long.parseLong(back.attributesAsStrings().getOrDefault("SentTimestamp", "")))
        .isGreaterThan(beforeMillis - 2_000);
    assertThat(other.next().body()).isEqualTo("m2");
    ListMessageMoveTasksResultEntry done = awaitStatus(dead, "COMPLETED");
    assertThat(done.approximateNumberOfMessagesMoved()).isEqualTo(2);
    assertThat(done.approximateNumberOfMessagesToMove()).isEqualTo(2);
    assertThat(dead.counts()).isEqualTo(new QueueCounts(0, 0, 0));
  }

  @Test
  void messagesGoToTheDestinationThatIsNamed() {
    TestQueue dead = TestQueue.standard(service, "dead");
    TestQueue source = source(dead);
    TestQueue destination = TestQueue.standard(service, "destination");
    kill(source, dead, "m1");
    kill(source, dead, "m2");
    service
        .sqs()
        .startMessageMoveTask(r ->
            r.sourceArn(dead.arn())
                .destinationArn(destination.arn())
                .maxNumberOfMessagesPerSecond(500));
    assertThat(destination.next().body()).isEqualTo("m1");
    assertThat(destination.next().body()).isEqualTo("m2");
    ListMessageMoveTasksResultEntry done = awaitStatus(dead, "COMPLETED");
    assertThat(done.sourceArn()).isEqualTo(dead.arn());
    assertThat(done.destinationArn()).isEqualTo(destination.arn());
    assertThat(done.maxNumberOfMessagesPerSecond()).isEqualTo(500);
    assertThat(done.taskHandle()).isNull();
    assertThat(done.failureReason()).isNull();
    assertThat(source.counts()).isEqualTo(new QueueCounts(0, 0, 0));
  }

  @Test
  void handleHoldsTheTaskAndTheSource() {
    TestQueue dead = TestQueue.standard(service, "dead");
    source(dead);
    String handle = start(dead);
    String inside = new String(Base64.getDecoder().decode(handle), StandardCharsets.UTF_8);
    assertThat(inside)
        .matches(
            "\\{\"taskId\":\"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\",\"sourceArn\":\""
                + dead.arn()
                + "\"}");
  }

  @Test
  void taskOfAnEmptyQueueCompletes() {
    TestQueue dead = TestQueue.standard(service, "dead");
    source(dead);
    long beforeMillis = System.currentTimeMillis();
    start(dead);
    ListMessageMoveTasksResultEntry done = awaitStatus(dead, "COMPLETED");
    assertThat(done.approximateNumberOfMessagesMoved()).isZero();
    assertThat(done.destinationArn()).isNull();
    assertThat(done.maxNumberOfMessagesPerSecond()).isNull();
    assertThat(Instant.ofEpochMilli(done.startedTimestamp()))
        .isBetween(
            Instant.ofEpochMilli(beforeMillis - 2_000),
            Instant.ofEpochMilli(System.currentTimeMillis() + 2_000));
  }

  @Test
  void rateIsKeptAndTheTaskCanBeCancelled() {
    TestQueue dead = TestQueue.standard(service, "dead");
    TestQueue source = source(dead);
    for (int i = 0; i < 20; i++) {
      source.send("m" + i);
    }
    killAll(source, dead, 20);
    String handle = startSlowly(dead);

    ListMessageMoveTasksResultEntry running = awaitStatus(dead, "RUNNING");
    assertThat(running.taskHandle()).isEqualTo(handle);
    assertThat(running.approximateNumberOfMessagesToMove()).isEqualTo(20);
    Refusal.assertRefused(
        () -> start(dead),
        ErrorKind.INVALID_PARAMETER_VALUE,
        "There is already a task running. Only one active task is allowed for a source queue arn"
            + " at a given time.");
    source.next();

    long moved =
        service
            .sqs()
            .cancelMessageMoveTask(r -> r.taskHandle(handle))
            .approximateNumberOfMessagesMoved();
    assertThat(moved).isBetween(1L, 19L);
    ListMessageMoveTasksResultEntry cancelled = awaitStatus(dead, "CANCELLED");
    assertThat(cancelled.taskHandle()).isNull();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(dead.counts().visible() + source.counts().visible()).isEqualTo(19));
    assertThat(dead.counts().visible()).isPositive();
    Refusal.assertRefused(() -> cancel(handle), ErrorKind.UNSUPPORTED_OPERATION);
    assertThat(start(dead)).isNotEqualTo(handle);
    awaitStatus(dead, "COMPLETED");
  }

  @Test
  void taskWhoseDestinationIsDeletedFails() {
    TestQueue dead = TestQueue.standard(service, "dead");
    TestQueue source = source(dead);
    TestQueue destination = TestQueue.standard(service, "destination");
    for (int i = 0; i < 20; i++) {
      source.send("m" + i);
    }
    killAll(source, dead, 20);
    service
        .sqs()
        .startMessageMoveTask(r ->
            r.sourceArn(dead.arn())
                .destinationArn(destination.arn())
                .maxNumberOfMessagesPerSecond(1));
    destination.next();
    service.sqs().deleteQueue(r -> r.queueUrl(destination.url()));

    ListMessageMoveTasksResultEntry failed = awaitStatus(dead, "FAILED");
    assertThat(failed.failureReason()).isEqualTo("AWS.SimpleQueueService.NonExistentQueue");
    assertThat(failed.approximateNumberOfMessagesMoved()).isPositive();
    assertThat(failed.taskHandle()).isNull();
    assertThat(dead.counts().visible()).isPositive();
  }

  @Test
  void tasksAreListedNewestFirst() {
    TestQueue dead = TestQueue.standard(service, "dead");
    TestQueue source = source(dead);
    for (int moved = 0; moved < 3; moved++) {
      for (int i = 0; i < moved; i++) {
        kill(source, dead, "m" + moved + i);
      }
      start(dead);
      awaitStatus(dead, "COMPLETED");
      for (int i = 0; i < moved; i++) {
        source.delete(source.next());
      }
    }
    assertThat(list(dead, 1)).hasSize(1);
    assertThat(list(dead, 10).stream().map(task -> task.approximateNumberOfMessagesMoved()))
        .containsExactly(2L, 1L, 0L);
    assertThat(service.sqs().listMessageMoveTasks(r -> r.sourceArn(dead.arn())).results())
        .hasSize(1);
  }

  @Test
  void fifoMessagesGoBackInOrder() {
    TestQueue dead = TestQueue.fifo(service, "dead");
    TestQueue source = TestQueue.fifo(service, "source");
    source.redrive(dead, 1);
    for (int i = 0; i < 5; i++) {
      source.send("g", "m" + i);
    }
    killAll(source, dead, 5);
    start(dead);
    awaitStatus(dead, "COMPLETED");
    List<String> bodies = new ArrayList<>();
    while (bodies.size() < 5) {
      Message message = source.next();
      bodies.add(message.body());
      source.delete(message);
    }
    assertThat(bodies).containsExactly("m0", "m1", "m2", "m3", "m4");
  }

  @Test
  void destinationOfAnotherKindIsRefused() {
    TestQueue dead = TestQueue.standard(service, "dead");
    source(dead);
    TestQueue fifo = TestQueue.fifo(service, "fifo");
    assertThat(
            Refusal.of(() ->
                    service
                        .sqs()
                        .startMessageMoveTask(
                            r -> r.sourceArn(dead.arn()).destinationArn(fifo.arn())))
                .code())
        .isEqualTo("InvalidParameterValue");
    assertThat(list(dead, 10)).isEmpty();
  }

  private TestQueue source(TestQueue dead) {
    TestQueue source = TestQueue.standard(service, "source");
    source.redrive(dead, 1);
    return source;
  }

  /** Makes a dead letter of a new message and waits until it has arrived: it may cross. */
  private static void kill(TestQueue source, TestQueue dead, String body) {
    QueueCounts before = dead.counts();
    source.send(body);
    source.next(0);
    assertThat(source.bodies()).isEmpty();
    QueueCounts after = new QueueCounts(before.visible() + 1, before.inFlight(), before.delayed());
    await().atMost(SOON).until(() -> dead.counts().equals(after));
  }

  /** Makes dead letters of all messages of a queue and waits until they have arrived. */
  private static void killAll(TestQueue source, TestQueue dead, int count) {
    await()
        .atMost(SOON)
        .until(() -> {
          source.receive(0, 0);
          return dead.counts().equals(new QueueCounts(count, 0, 0));
        });
  }

  private String start(TestQueue dead) {
    return service.sqs().startMessageMoveTask(r -> r.sourceArn(dead.arn())).taskHandle();
  }

  private String startSlowly(TestQueue dead) {
    return service
        .sqs()
        .startMessageMoveTask(r -> r.sourceArn(dead.arn()).maxNumberOfMessagesPerSecond(1))
        .taskHandle();
  }

  private void cancel(String handle) {
    service.sqs().cancelMessageMoveTask(r -> r.taskHandle(handle));
  }

  private List<ListMessageMoveTasksResultEntry> list(TestQueue dead, int most) {
    return service
        .sqs()
        .listMessageMoveTasks(r -> r.sourceArn(dead.arn()).maxResults(most))
        .results();
  }

  private ListMessageMoveTasksResultEntry awaitStatus(TestQueue dead, String status) {
    return await()
        .atMost(SOON)
        .until(() -> list(dead, 1).getFirst(), task -> task.status().equals(status));
  }
}
