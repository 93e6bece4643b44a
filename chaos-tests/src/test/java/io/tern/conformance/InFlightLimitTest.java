package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.chaos.ClusterSpec;
import io.tern.chaos.SdkClient;
import io.tern.chaos.TernCluster;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.OverLimitException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** 120,000 messages in flight: then short polls are refused, long polls are empty. On one node. */
@Tag("once")
class InFlightLimitTest {
  private static final int IN_FLIGHT_LIMIT = 120_000;
  private static final int THREADS = 16;
  private static final List<SendMessageBatchRequestEntry> TEN =
      IntStream.range(0, 10)
          .mapToObj(
              i -> SendMessageBatchRequestEntry.builder().id("e" + i).messageBody("m").build())
          .toList();

  @Test
  void overTheLimitShortPollsAreRefusedAndLongPollsAreEmpty() throws Exception {
    try (TernCluster cluster = TernCluster.start(ClusterSpec.ofNodes("in-flight", 1));
        SqsClient sqs = SdkClient.of(cluster.endpoints().getFirst())) {
      String url = sqs.createQueue(r -> r.queueName("full")).queueUrl();
      String handle = fill(cluster.endpoints().getFirst(), url);
      sqs.sendMessage(r -> r.queueUrl(url).messageBody("one too many"));

      assertThatThrownBy(() -> sqs.receiveMessage(r -> r.queueUrl(url)))
          .isInstanceOfSatisfying(
              OverLimitException.class, e -> assertThat(e.statusCode()).isEqualTo(403));
      HttpAnswer query =
          new SqsHttp(cluster.endpoints().getFirst()).form("ReceiveMessage", "QueueUrl", url);
      assertThat(query.status()).isEqualTo(403);
      assertThat(query.xmlText("Code")).isEqualTo("OverLimit");
      assertThat(sqs.receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(1)).messages()).isEmpty();

      sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(handle));
      assertThat(sqs.receiveMessage(r -> r.queueUrl(url)).messages())
          .singleElement()
          .matches(message -> message.body().equals("one too many"));
    }
  }

  /** Sends and receives as many messages as may be in flight; returns the handle of one. */
  private static String fill(URI endpoint, String url) throws Exception {
    AtomicInteger toSend = new AtomicInteger(IN_FLIGHT_LIMIT / TEN.size());
    AtomicInteger toReceive = new AtomicInteger(IN_FLIGHT_LIMIT);
    List<Future<String>> workers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int i = 0; i < THREADS; i++) {
        workers.add(threads.submit(() -> sendThenReceive(endpoint, url, toSend, toReceive)));
      }
      String handle = "";
      for (Future<String> worker : workers) {
        handle = worker.get().isEmpty() ? handle : worker.get();
      }
      return handle;
    }
  }

  private static String sendThenReceive(
      URI endpoint, String url, AtomicInteger toSend, AtomicInteger toReceive) {
    String handle = "";
    try (SqsClient sqs = SdkClient.of(endpoint)) {
      while (toSend.getAndDecrement() > 0) {
        sqs.sendMessageBatch(r -> r.queueUrl(url).entries(TEN));
      }
      while (toReceive.get() > 0) {
        List<Message> received =
            sqs.receiveMessage(
                    r -> r.queueUrl(url).maxNumberOfMessages(10).visibilityTimeout(43_200))
                .messages();
        toReceive.addAndGet(-received.size());
        handle = received.isEmpty() ? handle : received.getFirst().receiptHandle();
      }
    } catch (OverLimitException othersTookTheLast) {
      return handle;
    }
    return handle;
  }
}
