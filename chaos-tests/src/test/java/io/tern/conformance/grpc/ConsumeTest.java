package io.tern.conformance.grpc;

import static io.tern.conformance.grpc.GrpcFailures.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.tern.conformance.Deployment;
import io.tern.conformance.OnEachDeployment;
import io.tern.proto.messaging.Delivery;
import io.tern.proto.messaging.OpenConsume;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Messages received over a stream: credit, settlements, visibility, and the ends of a stream. */
@OnEachDeployment
class ConsumeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LONG = 600;

  private final Deployment service;

  ConsumeTest(Deployment service) {
    this.service = service;
  }

  @Test
  void noMoreIsDeliveredThanThereIsCreditFor() throws Exception {
    String url = service.newQueue("credit");
    send(url, 60);
    ConsumeClient consumer = open(hidden(url, LONG)).credit(7);
    await().atMost(PATIENCE).until(() -> consumer.deliveries().size() >= 7);
    // What comes with the settlement would come after what exceeded the credit.
    consumer.acknowledge(1);
    await().atMost(PATIENCE).until(() -> consumer.done().contains(1L));
    assertThat(consumer.deliveries())
        .extracting(Delivery::getDelivery)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);

    consumer.credit(5).credit(20);
    await().atMost(PATIENCE).until(() -> consumer.deliveries().size() >= 32);
    consumer.acknowledge(2);
    await().atMost(PATIENCE).until(() -> consumer.done().contains(2L));
    assertThat(consumer.deliveries()).hasSize(32);
    assertThat(consumer.bodies()).doesNotHaveDuplicates();
    consumer.halfClose();
    consumer.awaitEnd();
  }

  @Test
  void acknowledgedMessagesAreGoneAndRejectedOnesComeAgain() throws Exception {
    String url = service.newQueue("settle");
    send(url, 2);
    ConsumeClient consumer = open(hidden(url, LONG)).credit(3);
    await().atMost(PATIENCE).until(() -> consumer.deliveries().size() == 2);
    consumer.acknowledge(1, 99).reject(2, 0);
    await().atMost(PATIENCE).until(() -> consumer.deliveries().size() == 3);

    Delivery again = consumer.deliveries().getLast();
    assertThat(again.getMessage().getBody()).isEqualTo(consumer.bodies().get(1));
    assertThat(again.getMessage().getAttributesMap()).containsEntry("ApproximateReceiveCount", "2");
    consumer.acknowledge(3);
    await().atMost(PATIENCE).until(() -> consumer.done().size() == 3);
    assertThat(consumer.done()).containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(consumer.failed())
        .singleElement()
        .satisfies(failure -> {
          assertThat(failure.getDelivery()).isEqualTo(99);
          assertThat(failure.getError().getCode()).isEqualTo("ReceiptHandleIsInvalid");
        });
    consumer.halfClose();
    consumer.awaitEnd();
    assertThat(receive(url, 0)).isEmpty();
  }

  @Test
  void aDeliveryStaysHiddenForAsLongAsWasAskedFor() throws Exception {
    String url = service.newQueue("extend");
    send(url, 1);
    ConsumeClient consumer = open(hidden(url, 2).setExtendSeconds(60)).credit(1);
    await().atMost(PATIENCE).until(() -> consumer.deliveries().size() == 1);

    // Three times the visibility timeout.
    assertThat(receive(url, 6)).isEmpty();
    consumer.acknowledge(1);
    await().atMost(PATIENCE).until(() -> consumer.done().contains(1L));
    consumer.halfClose();
    consumer.awaitEnd();
    assertThat(receive(url, 0)).isEmpty();
  }

  @Test
  void halfClosingGivesBackWhatIsNotSettled() throws Exception {
    String url = service.newQueue("half-close");
    send(url, 3);
    ConsumeClient consumer = open(hidden(url, LONG)).credit(10);
    await().atMost(PATIENCE).until(() -> consumer.deliveries().size() == 3);
    consumer.acknowledge(1);
    consumer.halfClose();
    consumer.awaitEnd();

    assertThat(consumer.done()).containsExactly(1L);
    List<String> left = new ArrayList<>();
    await().atMost(PATIENCE).until(() -> left.addAll(receive(url, 1)) && left.size() == 2);
    assertThat(left).containsExactlyInAnyOrderElementsOf(consumer.bodies().subList(1, 3));
  }

  @Test
  void aBrokenStreamLeavesItsMessagesHiddenUntilTheirTimeIsOver() {
    String url = service.newQueue("broken");
    send(url, 1);
    ConsumeClient consumer = open(hidden(url, 5).setExtendSeconds(LONG)).credit(1);
    await().atMost(PATIENCE).until(() -> consumer.deliveries().size() == 1);
    consumer.cancel();
    assertThat(receive(url, 0)).isEmpty();
    await().atMost(PATIENCE).until(() -> receive(url, 5).equals(consumer.bodies()));
  }

  @Test
  void theReceiptHandleIsGoodOverHttp() throws Exception {
    String url = service.newQueue("handle");
    send(url, 1);
    ConsumeClient consumer = open(hidden(url, LONG)).credit(1);
    await().atMost(PATIENCE).until(() -> consumer.deliveries().size() == 1);
    String handle = consumer.deliveries().getFirst().getMessage().getReceiptHandle();
    service.sqs().deleteMessage(r -> r.queueUrl(url).receiptHandle(handle));
    consumer.halfClose();
    consumer.awaitEnd();
    assertThat(receive(url, 1)).isEmpty();
  }

  @Test
  void groupsKeepTheirOrder() throws Exception {
    String name = service.newName("consume") + ".fifo";
    String url =
        service
            .sqs()
            .createQueue(
                r -> r.queueName(name).attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true")))
            .queueUrl();
    for (int i = 0; i < 30; i++) {
      String group = "g" + i % 3;
      String body = group + ":" + i / 3;
      service
          .sqs()
          .sendMessage(r ->
              r.queueUrl(url).messageBody(body).messageGroupId(group).messageDeduplicationId(body));
    }
    ConsumeClient consumer = open(hidden(url, LONG));
    consumer.handle(delivery -> consumer.acknowledge(delivery.getDelivery())).credit(100);
    await().atMost(PATIENCE).until(() -> consumer.done().size() == 30);
    for (int group = 0; group < 3; group++) {
      String prefix = "g" + group + ":";
      assertThat(consumer.bodies().stream().filter(body -> body.startsWith(prefix)))
          .containsExactlyElementsOf(IntStream.range(0, 10).mapToObj(i -> prefix + i).toList());
    }
    consumer.halfClose();
    consumer.awaitEnd();
  }

  @Test
  void deletingTheQueueEndsTheStream() {
    String url = service.newQueue("deleted");
    send(url, 1);
    ConsumeClient consumer = open(hidden(url, LONG)).credit(10);
    await().atMost(PATIENCE).until(() -> consumer.deliveries().size() == 1);
    service.sqs().deleteQueue(r -> r.queueUrl(url));
    refused(Status.Code.NOT_FOUND, "AWS.SimpleQueueService.NonExistentQueue", consumer::awaitEnd);
  }

  @Test
  void theFirstRequestOpensAQueueThatIsThere() {
    String url = service.newQueue("open");
    refused(
        Status.Code.NOT_FOUND,
        "AWS.SimpleQueueService.NonExistentQueue",
        open(hidden(url + "-missing", 1))::awaitEnd);
    refused(
        Status.Code.INVALID_ARGUMENT, "InvalidParameterValue", open(hidden(url, 50_000))::awaitEnd);
    ConsumeClient twice = open(hidden(url, 1));
    twice.request(
        io.tern.proto.messaging.ConsumeRequest.newBuilder().setOpen(ConsumeClient.queue(url)));
    refused(Status.Code.INVALID_ARGUMENT, "InvalidParameterValue", twice::awaitEnd);
  }

  private ConsumeClient open(OpenConsume.Builder open) {
    return ConsumeClient.open(service.grpc(), open.build());
  }

  private static OpenConsume.Builder hidden(String url, int seconds) {
    return ConsumeClient.queue(url)
        .setVisibilityTimeout(seconds)
        .addMessageSystemAttributeNames("All");
  }

  private void send(String url, int count) {
    for (int i = 0; i < count; i++) {
      String body = "message " + i;
      service.sqs().sendMessage(r -> r.queueUrl(url).messageBody(body));
    }
  }

  private List<String> receive(String url, int waitSeconds) {
    return service
        .sqs()
        .receiveMessage(r ->
            r.queueUrl(url)
                .maxNumberOfMessages(10)
                .waitTimeSeconds(waitSeconds)
                .visibilityTimeout(LONG))
        .messages()
        .stream()
        .map(Message::body)
        .toList();
  }
}
