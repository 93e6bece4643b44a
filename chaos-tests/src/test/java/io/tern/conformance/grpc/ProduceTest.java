package io.tern.conformance.grpc;

import static io.tern.conformance.grpc.GrpcFailures.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.tern.conformance.Deployment;
import io.tern.conformance.OnEachDeployment;
import io.tern.proto.messaging.ProduceRequest;
import io.tern.proto.messaging.ProduceResult;
import io.tern.proto.sqs.SendMessageBatchRequestEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Messages sent over a stream: many batches under way, one answer for each. */
@OnEachDeployment
class ProduceTest {
  private final Deployment service;

  ProduceTest(Deployment service) {
    this.service = service;
  }

  @Test
  void pipelinedBatchesAreAllAnsweredAndStored() throws Exception {
    String url = service.newQueue("produce");
    ProduceClient producer = new ProduceClient(service.grpc(), url);
    for (int batch = 1; batch <= 200; batch++) {
      String prefix = batch + "-";
      producer.send(
          batch, IntStream.range(0, 5).mapToObj(i -> ProduceClient.message(prefix + i)).toList());
    }
    producer.halfClose();
    producer.awaitEnd();

    Set<String> ids = new HashSet<>();
    for (int batch = 1; batch <= 200; batch++) {
      assertThat(producer.results(batch))
          .hasSize(5)
          .allSatisfy(result -> assertThat(result.hasError()).isFalse());
      producer.results(batch).forEach(result -> ids.add(result.getMessageId()));
    }
    assertThat(ids).hasSize(1_000);
    assertThat(service.sqs().receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(10)).messages())
        .singleElement()
        .satisfies(message -> assertThat(ids).contains(message.messageId()));
  }

  @Test
  void aBadMessageInTheMiddleHurtsNoOther() {
    String url = service.newQueue("produce-bad");
    ProduceClient producer = new ProduceClient(service.grpc(), url);
    producer.send(
        7,
        List.of(
            ProduceClient.message("first"),
            ProduceClient.message("not allowed: \u0001"),
            ProduceClient.message("third"),
            ProduceClient.message("")));

    List<ProduceResult> results = producer.results(7);
    assertThat(results)
        .extracting(ProduceResult::hasError)
        .containsExactly(false, true, false, true);
    assertThat(results.get(1).getError().getCode()).isEqualTo("InvalidMessageContents");
    assertThat(results.get(1).getError().getSenderFault()).isTrue();
    assertThat(results.get(3).getError().getCode()).isEqualTo("MissingParameter");
    assertThat(bodies(url, 2)).containsExactlyInAnyOrder("first", "third");

    producer.send(8, List.of(ProduceClient.message("and on")));
    assertThat(producer.results(8))
        .singleElement()
        .satisfies(result -> assertThat(result.hasError()).isFalse());
    producer.halfClose();
  }

  @Test
  void aBatchOfThousandMessagesAndOfFourMebibytesFits() {
    String url = service.newQueue("produce-large");
    ProduceClient producer = new ProduceClient(service.grpc(), url);
    producer.send(
        1, IntStream.range(0, 1_000).mapToObj(i -> ProduceClient.message("m" + i)).toList());
    String mebibyte = "x".repeat(1_048_576);
    producer.send(2, IntStream.range(0, 4).mapToObj(i -> ProduceClient.message(mebibyte)).toList());

    assertThat(producer.results(1)).hasSize(1_000).noneMatch(ProduceResult::hasError);
    assertThat(producer.results(2)).hasSize(4).noneMatch(ProduceResult::hasError);
    producer.halfClose();
  }

  @Test
  void aLargerOneEndsTheStream() {
    String url = service.newQueue("produce-too-large");
    ProduceClient producer = new ProduceClient(service.grpc(), url);
    producer.send(1, List.of(ProduceClient.message("good")));
    producer.send(
        2, IntStream.range(0, 1_001).mapToObj(i -> ProduceClient.message("m" + i)).toList());

    refused(
        Status.Code.INVALID_ARGUMENT,
        "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
        producer::awaitEnd);
    assertThat(producer.results(1)).hasSize(1);
  }

  @Test
  void theFirstRequestNamesAQueueThatIsThere() {
    String url = service.newQueue("produce-open");
    refused(
        Status.Code.NOT_FOUND,
        "AWS.SimpleQueueService.NonExistentQueue",
        new ProduceClient(service.grpc(), url + "-missing")::awaitEnd);
    refused(
        Status.Code.INVALID_ARGUMENT,
        "MissingParameter",
        new ProduceClient(service.grpc(), "")::awaitEnd);
    ProduceClient twice = new ProduceClient(service.grpc(), url);
    twice.request(ProduceRequest.newBuilder().setQueueUrl(url).build());
    refused(Status.Code.INVALID_ARGUMENT, "InvalidParameterValue", twice::awaitEnd);
  }

  @Test
  void messagesOfAGroupKeepTheOrderOfTheStream() throws Exception {
    String name = service.newName("produce") + ".fifo";
    String url =
        service
            .sqs()
            .createQueue(
                r -> r.queueName(name).attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true")))
            .queueUrl();
    ProduceClient producer = new ProduceClient(service.grpc(), url);
    List<String> sent = new ArrayList<>();
    for (int batch = 1; batch <= 20; batch++) {
      List<SendMessageBatchRequestEntry> messages = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        String body = batch + "-" + i;
        sent.add(body);
        messages.add(ProduceClient.message("group", body, body));
      }
      producer.send(batch, messages);
    }
    producer.halfClose();
    producer.awaitEnd();

    assertThat(producer.results(20).getLast().getSequenceNumber()).isNotEmpty();
    assertThat(bodies(url, sent.size())).isEqualTo(sent);
  }

  @Test
  void deletingTheQueueEndsTheStream() {
    String url = service.newQueue("produce-deleted");
    ProduceClient producer = new ProduceClient(service.grpc(), url);
    producer.send(1, List.of(ProduceClient.message("before")));
    assertThat(producer.results(1)).hasSize(1);
    service.sqs().deleteQueue(r -> r.queueUrl(url));
    producer.send(2, List.of(ProduceClient.message("after")));
    refused(Status.Code.NOT_FOUND, "AWS.SimpleQueueService.NonExistentQueue", producer::awaitEnd);
  }

  /** Receives and deletes so many, in the order in which they come. */
  private List<String> bodies(String url, int count) {
    List<String> bodies = new ArrayList<>();
    while (bodies.size() < count) {
      List<Message> found =
          service
              .sqs()
              .receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(10))
              .messages();
      assertThat(found).as("after " + bodies).isNotEmpty();
      for (Message message : found) {
        bodies.add(message.body());
        service.sqs().deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle()));
      }
    }
    return bodies;
  }
}
