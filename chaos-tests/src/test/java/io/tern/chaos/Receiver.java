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
  private static final Duration DRAINED_WITHIN = Duration.ofMinutes(4);
  private static final long STOP_WITHIN_MILLIS = 20_000;

  private enum Phase {
    RECEIVING,
    DRAINING,
    STOPPED
  }

  private final List<URI> endpoints;
  private final Ledger ledger;
  private final List<Thread> threads;
  private volatile Phase phase = Phase.RECEIVING;

  private Receiver(List<String> queues, List<URI> endpoints, Ledger ledger) {
    this.endpoints = endpoints;
    this.ledger = ledger;
    this.threads =
        queues.stream()
            .map(queue -> Thread.ofPlatform().name("receiver-" + queue).unstarted(() -> run(queue)))
            .toList();
  }

  /** Starts one thread per queue. */
  static Receiver start(List<String> queues, List<URI> endpoints, Ledger ledger) {
    Receiver receiver = new Receiver(queues, endpoints, ledger);
    receiver.threads.forEach(Thread::start);
    return receiver;
  }

  /** Goes on until the queues are empty: nothing visible, nothing hidden. */
  void drain() {
    phase = Phase.DRAINING;
    await("queues are empty")
        .atMost(DRAINED_WITHIN)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> threads.stream().noneMatch(Thread::isAlive));
  }

  @Override
  public void close() {
    phase = Phase.STOPPED;
    for (Thread thread : threads) {
      try {
        thread.join(STOP_WITHIN_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private void run(String queue) {
    List<SqsClient> clients =
        endpoints.stream().map(endpoint -> SdkClient.of(endpoint, Duration.ofSeconds(10))).toList();
    int at = 0;
    boolean drained = false;
    while (phase != Phase.STOPPED && !drained) {
      try {
        boolean gotNone = receiveSome(clients.get(at), queue) == 0;
        drained = gotNone && phase == Phase.DRAINING && left(clients.get(at), queue) == 0;
      } catch (SdkException nodeIsDown) {
        at = (at + 1) % clients.size();
      }
    }
    clients.forEach(SqsClient::close);
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
