package io.tern.chaos;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Receives and deletes under faults, then drains what is left. Everything received goes into the
 * ledger before it is deleted.
 */
final class Receiver implements AutoCloseable {
  private static final Duration DRAINED_WITHIN = Duration.ofMinutes(2);
  private static final long STOP_WITHIN_MILLIS = 20_000;

  private final List<String> queues;
  private final List<SqsClient> clients;
  private final Ledger ledger;
  private final Thread thread;
  private volatile boolean stopped;

  private Receiver(List<String> queues, List<URI> endpoints, Ledger ledger) {
    this.queues = queues;
    this.clients =
        endpoints.stream().map(endpoint -> SdkClient.of(endpoint, Duration.ofSeconds(10))).toList();
    this.ledger = ledger;
    this.thread = Thread.ofPlatform().name("receiver").unstarted(this::receiveUntilStopped);
  }

  static Receiver start(List<String> queues, List<URI> endpoints, Ledger ledger) {
    Receiver receiver = new Receiver(queues, endpoints, ledger);
    receiver.thread.start();
    return receiver;
  }

  /** Ends the receiving in the background and empties the queues: nothing visible or hidden. */
  void drain() {
    stop();
    await("queues are empty")
        .atMost(DRAINED_WITHIN)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(this::drainedOneMore);
  }

  @Override
  public void close() {
    stop();
    clients.forEach(SqsClient::close);
  }

  private void stop() {
    stopped = true;
    try {
      thread.join(STOP_WITHIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void receiveUntilStopped() {
    int at = 0;
    for (int turn = 0; !stopped; turn++) {
      try {
        receiveSome(clients.get(at), queues.get(turn % queues.size()));
      } catch (SdkException nodeIsDown) {
        at = (at + 1) % clients.size();
      }
    }
  }

  private boolean drainedOneMore() {
    boolean empty = true;
    for (String queue : queues) {
      try {
        boolean gotNone = receiveSome(clients.getFirst(), queue) == 0;
        empty &= gotNone && left(clients.getFirst(), queue) == 0;
      } catch (SdkException notYetServing) {
        empty = false;
      }
    }
    return empty;
  }

  private int receiveSome(SqsClient client, String queue) {
    List<Message> messages =
        client
            .receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(1))
            .messages();
    messages.forEach(ledger::received);
    if (!messages.isEmpty()) {
      client.deleteMessageBatch(
          r -> r.queueUrl(queue).entries(messages.stream().map(Receiver::deletion).toList()));
    }
    return messages.size();
  }

  private static DeleteMessageBatchRequestEntry deletion(Message message) {
    return DeleteMessageBatchRequestEntry.builder()
        .id(message.messageId())
        .receiptHandle(message.receiptHandle())
        .build();
  }

  private static int left(SqsClient client, String queue) {
    Map<QueueAttributeName, String> counts =
        client
            .getQueueAttributes(r ->
                r.queueUrl(queue)
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
            .attributes();
    return counts.values().stream().mapToInt(Integer::parseInt).sum();
  }
}
