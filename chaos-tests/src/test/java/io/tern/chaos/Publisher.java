package io.tern.chaos;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/**
 * Publishes numbered messages until it is closed, to the next node when one fails. To a FIFO topic
 * it repeats a publish until it is acknowledged, under the same deduplication id; to a standard
 * topic it never repeats one.
 */
final class Publisher implements AutoCloseable {
  private static final int GROUPS = 5;
  private static final long PAUSE_MILLIS = 40;
  private static final long STOP_WITHIN_MILLIS = 60_000;

  private final String topicArn;
  private final List<URI> endpoints;
  private final boolean fifo;
  private final Set<String> tried = ConcurrentHashMap.newKeySet();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile boolean stopped;

  private Publisher(String topicArn, List<URI> endpoints) {
    this.topicArn = topicArn;
    this.endpoints = endpoints;
    this.fifo = topicArn.endsWith(".fifo");
    this.thread = Thread.ofPlatform().name("publisher").unstarted(this::run);
  }

  static Publisher start(String topicArn, List<URI> endpoints) {
    Publisher publisher = new Publisher(topicArn, endpoints);
    publisher.thread.start();
    return publisher;
  }

  Set<String> tried() {
    return tried;
  }

  Set<String> acknowledged() {
    return acknowledged;
  }

  @Override
  public void close() {
    stop();
  }

  /** Ends after the publish in progress. */
  void stop() {
    stopped = true;
    try {
      thread.join(STOP_WITHIN_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private void run() {
    List<SnsClient> clients = endpoints.stream().map(SnsSdkClient::of).toList();
    int at = 0;
    for (int number = 0; !stopped; number++) {
      String key = "g" + number % GROUPS + "-" + number;
      tried.add(key);
      PublishRequest request = request(key, number);
      boolean done = false;
      while (!done) {
        try {
          clients.get(at).publish(request);
          acknowledged.add(key);
          done = true;
        } catch (SdkException unknownWhetherPublished) {
          at = (at + 1) % clients.size();
          done = !fifo;
        }
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
    }
    clients.forEach(SnsClient::close);
  }

  private PublishRequest request(String key, int number) {
    PublishRequest.Builder request =
        PublishRequest.builder()
            .topicArn(topicArn)
            .message(key)
            .messageAttributes(
                Map.of(
                    "parity",
                    MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(number % 2 == 0 ? "even" : "odd")
                        .build()));
    if (fifo) {
      request.messageGroupId("g" + number % GROUPS).messageDeduplicationId(key);
    }
    return request.build();
  }
}
