package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Dead letters: when a message is moved, what it keeps, what it gains. */
@OnEachDeployment
class DeadLetterTest {
  private final Deployment service;

  DeadLetterTest(Deployment service) {
    this.service = service;
  }

  @Test
  void messageReceivedTooOftenIsMovedOnTheNextReceive() {
    TestQueue dead = TestQueue.standard(service, "dead");
    TestQueue source = source(dead, 2);
    String id = source.send("m").messageId();
    assertThat(source.next(0).messageId()).isEqualTo(id);
    Message last = source.next(0);
    assertThat(last.attributesAsStrings()).containsEntry("ApproximateReceiveCount", "2");

    assertThat(source.bodies()).isEmpty();
    Message moved = dead.next();
    assertThat(moved.messageId()).isEqualTo(id);
    assertThat(moved.body()).isEqualTo("m");
    assertThat(moved.attributesAsStrings())
        .containsEntry("ApproximateReceiveCount", "3")
        .containsEntry("DeadLetterQueueSourceArn", source.arn());
    assertThat(source.counts()).isEqualTo(new QueueCounts(0, 0, 0));
    assertThat(dead.counts()).isEqualTo(new QueueCounts(0, 1, 0));
  }

  @Test
  void nothingMovesWithoutAReceive() {
    TestQueue dead = TestQueue.standard(service, "dead");
    TestQueue source = source(dead, 1);
    source.send("m");
    source.next(1);
    await().atMost(Duration.ofSeconds(10)).until(source::counts, new QueueCounts(1, 0, 0)::equals);
    assertThat(dead.receive(TestQueue.LONG, 1)).isEmpty();
    assertThat(source.counts()).isEqualTo(new QueueCounts(1, 0, 0));
  }

  @Test
  void moveKeepsAttributesTraceAndTimeOfSending() {
    TestQueue dead = TestQueue.standard(service, "dead");
    TestQueue source = source(dead, 1);
    service
        .sqs()
        .sendMessage(r ->
            r.queueUrl(source.url())
                .messageBody("m")
                .messageGroupId("tenant")
                .messageAttributes(Map.of("k", text("v")))
                .messageSystemAttributes(
                    Map.of(
                        MessageSystemAttributeNameForSends.AWS_TRACE_HEADER,
                        MessageSystemAttributeValue.builder()
                            .dataType("String")
                            .stringValue("Root=1-5759e988-bd862e3fe1be46a994272793")
                            .build())));
    Map<String, String> before = source.next(0).attributesAsStrings();
    assertThat(source.bodies()).isEmpty();

    Message moved = dead.next();
    assertThat(moved.messageAttributes()).isEqualTo(Map.of("k", text("v")));
    for (String kept :
        List.of(
            "SentTimestamp",
            "SenderId",
            "AWSTraceHeader",
            "MessageGroupId",
            "ApproximateFirstReceiveTimestamp")) {
      assertThat(moved.attributesAsStrings()).containsEntry(kept, before.get(kept));
    }
  }

  @Test
  void longPollGoesOnToTheNextMessage() throws Exception {
    TestQueue dead = TestQueue.standard(service, "dead");
    TestQueue source = source(dead, 1);
    source.send("poison");
    source.next(0);
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<List<Message>> poll = threads.submit(() -> source.receive(TestQueue.LONG, 20));
      assertThat(dead.next().body()).isEqualTo("poison");
      source.send("good");
      assertThat(TestQueue.bodiesOf(poll.get(12, TimeUnit.SECONDS))).containsExactly("good");
    }
  }

  @Test
  void receivePassesDeadLettersAndReturnsTheOthers() {
    TestQueue dead = TestQueue.standard(service, "dead");
    TestQueue source = source(dead, 1);
    for (int i = 0; i < 5; i++) {
      source.send("poison" + i);
    }
    assertThat(source.receive(0, TestQueue.PATIENT)).hasSize(5);
    source.send("good");
    assertThat(source.bodies()).containsExactly("good");
    await().atMost(Duration.ofSeconds(10)).until(dead::counts, new QueueCounts(5, 0, 0)::equals);
  }

  @Test
  void chainsWork() {
    TestQueue third = TestQueue.standard(service, "third");
    TestQueue second = source(third, 2);
    TestQueue first = source(second, 1);
    first.send("m");
    first.next(0);
    assertThat(first.bodies()).isEmpty();
    assertThat(second.next(0).attributesAsStrings()).containsEntry("ApproximateReceiveCount", "2");
    assertThat(second.bodies()).isEmpty();
    assertThat(third.next().attributesAsStrings())
        .containsEntry("ApproximateReceiveCount", "3")
        .containsEntry("DeadLetterQueueSourceArn", second.arn());
  }

  @Test
  void manySourcesMayShareOneDeadLetterQueue() {
    TestQueue dead = TestQueue.standard(service, "shared");
    for (int i = 0; i < 6; i++) {
      TestQueue source = source(dead, 1);
      source.send("m" + i);
      source.next(0);
      assertThat(source.bodies()).isEmpty();
    }
    await().atMost(Duration.ofSeconds(10)).until(dead::counts, new QueueCounts(6, 0, 0)::equals);
    assertThat(dead.bodies()).containsExactlyInAnyOrder("m0", "m1", "m2", "m3", "m4", "m5");
  }

  @Test
  void withoutAPolicyNothingMoves() {
    TestQueue dead = TestQueue.standard(service, "dead");
    TestQueue source = source(dead, 1);
    source.send("m");
    source.next(0);
    source.set(QueueAttributeName.REDRIVE_POLICY, "");
    assertThat(source.next(0).attributesAsStrings()).containsEntry("ApproximateReceiveCount", "2");
    assertThat(dead.bodies()).isEmpty();
  }

  @Test
  void deletedDeadLetterQueueLeavesMessagesInTheirSource() {
    TestQueue dead = TestQueue.standard(service, "dead");
    TestQueue source = source(dead, 1);
    source.send("m");
    source.next(0);
    service.sqs().deleteQueue(r -> r.queueUrl(dead.url()));
    assertThat(source.next(0).attributesAsStrings()).containsEntry("ApproximateReceiveCount", "2");
    assertThat(source.attributes().get("RedrivePolicy")).contains(dead.arn());
  }

  @Test
  void fifoDeadLetterGetsItsMessageIdAsDeduplicationId() {
    TestQueue dead = TestQueue.fifo(service, "dead");
    TestQueue source = TestQueue.fifo(service, "source");
    source.redrive(dead, 1);
    String id = source.send("g", "d", "m").messageId();
    source.next(0);
    assertThat(source.bodies()).isEmpty();
    Message moved = dead.next();
    assertThat(moved.messageId()).isEqualTo(id);
    assertThat(moved.attributesAsStrings())
        .containsEntry("MessageGroupId", "g")
        .containsEntry("MessageDeduplicationId", id)
        .containsEntry("ApproximateReceiveCount", "2")
        .containsEntry("DeadLetterQueueSourceArn", source.arn())
        .containsKey("SequenceNumber");
  }

  @Test
  void fifoMoveUnlocksTheGroupAtOnce() {
    TestQueue dead = TestQueue.fifo(service, "dead");
    TestQueue source = TestQueue.fifo(service, "source");
    source.redrive(dead, 1);
    source.send("g", "poison");
    source.next(0);
    source.send("g", "good");
    assertThat(source.bodies()).containsExactly("good");
    assertThat(dead.next().body()).isEqualTo("poison");
  }

  @Test
  void fifoDeadLettersKeepTheOrderOfTheirMoves() {
    TestQueue dead = TestQueue.fifo(service, "dead");
    TestQueue source = TestQueue.fifo(service, "source");
    source.redrive(dead, 1);
    for (int i = 0; i < 5; i++) {
      source.send("g", "m" + i);
    }
    assertThat(source.receive(0, TestQueue.PATIENT)).hasSize(5);
    assertThat(source.bodies()).isEmpty();
    await().atMost(Duration.ofSeconds(10)).until(dead::counts, new QueueCounts(5, 0, 0)::equals);
    assertThat(dead.bodies()).containsExactly("m0", "m1", "m2", "m3", "m4");
  }

  private TestQueue source(TestQueue dead, int maxReceiveCount) {
    TestQueue source = TestQueue.standard(service, "source");
    source.redrive(dead, maxReceiveCount);
    return source;
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }
}
