package io.tern.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.sqs.AmazonSQSRequester;
import com.amazonaws.services.sqs.AmazonSQSRequesterClientBuilder;
import com.amazonaws.services.sqs.AmazonSQSResponder;
import com.amazonaws.services.sqs.AmazonSQSResponderClientBuilder;
import com.amazonaws.services.sqs.MessageContent;
import com.amazonaws.services.sqs.util.Constants;
import com.amazonaws.services.sqs.util.SQSMessageConsumer;
import com.amazonaws.services.sqs.util.SQSMessageConsumerBuilder;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * The Temporary Queue Client: requests whose answers come through virtual queues, all in one host
 * queue that the client creates, tags and keeps alive. One request is asked before the leader's
 * death and answered after it.
 */
final class TemporaryQueuesJob implements ClientJob {
  private static final int ANSWER_WITHIN_SECONDS = 60;
  private static final int REQUESTS = 5;

  /** The consumer waits for its last poll when it ends. */
  private static final int POLL_SECONDS = 3;

  private static final String LATER = "later";

  private final JobQueue queue;
  private final AmazonSQSRequester requester;
  private final AmazonSQSResponder responder;
  private final SQSMessageConsumer server;
  private final List<String> answerQueues = new CopyOnWriteArrayList<>();
  private final CountDownLatch laterArrived = new CountDownLatch(1);
  private final CountDownLatch leaderDied = new CountDownLatch(1);
  private CompletableFuture<Message> later = new CompletableFuture<>();

  TemporaryQueuesJob(URI endpoint) {
    queue = JobQueue.standard(SdkSettings.sqs(endpoint), "temporary-requests");
    requester =
        AmazonSQSRequesterClientBuilder.standard().withAmazonSQS(SdkSettings.sqs(endpoint)).build();
    responder =
        AmazonSQSResponderClientBuilder.standard().withAmazonSQS(SdkSettings.sqs(endpoint)).build();
    server =
        SQSMessageConsumerBuilder.standard()
            .withAmazonSQS(responder.getAmazonSQS())
            .withQueueUrl(queue.url())
            .withPollingThreadCount(2)
            .withMaxWaitTimeSeconds(POLL_SECONDS)
            .withConsumer(this::answer)
            .build();
  }

  @Override
  public void firstHalf() throws Exception {
    server.start();
    askAll("a");
    later =
        requester.sendMessageAndGetResponseAsync(
            request(LATER), ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
    assertThat(laterArrived.await(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Override
  public void secondHalf() throws Exception {
    leaderDied.countDown();
    assertThat(later.get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS).body())
        .isEqualTo("answer to " + LATER);
    askAll("b");
    assertThat(answerQueues)
        .as("virtual queues in one host queue")
        .allMatch(url -> url.contains("#"))
        .extracting(url -> url.substring(0, url.indexOf('#')))
        .containsOnly(answerQueues.getFirst().substring(0, answerQueues.getFirst().indexOf('#')));
    queue.awaitEmpty();
  }

  @Override
  public void close() {
    leaderDied.countDown();
    server.terminate();
    responder.shutdown();
    requester.shutdown();
    queue.sqs().close();
  }

  private void askAll(String prefix) throws Exception {
    for (String text : JobQueue.texts(prefix, REQUESTS)) {
      Message answer =
          requester.sendMessageAndGetResponse(
              request(text), ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
      assertThat(answer.body()).isEqualTo("answer to " + text);
    }
  }

  private SendMessageRequest request(String text) {
    return SendMessageRequest.builder().queueUrl(queue.url()).messageBody(text).build();
  }

  private void answer(Message message) {
    MessageContent request = MessageContent.fromMessage(message);
    answerQueues.add(
        Objects.requireNonNull(
                request.getMessageAttributes().get(Constants.RESPONSE_QUEUE_URL_ATTRIBUTE_NAME))
            .stringValue());
    if (request.getMessageBody().equals(LATER)) {
      laterArrived.countDown();
      awaitLeaderDied();
    }
    responder.sendResponseMessage(
        request, new MessageContent("answer to " + request.getMessageBody()));
  }

  private void awaitLeaderDied() {
    try {
      leaderDied.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
