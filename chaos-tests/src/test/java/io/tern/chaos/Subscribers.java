package io.tern.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The queues behind a topic in a fault test. Read when the faults are over, so that what a queue
 * held twice is seen twice.
 */
final class Subscribers {
  /** Most of them wait: every queue is asked until it is empty several times. */
  private static final int READERS = 40;

  private static final int EMPTY_RECEIVES = 3;

  private final List<String> queueUrls;
  private final Map<String, List<String>> received = new ConcurrentHashMap<>();

  Subscribers(List<String> queueUrls) {
    this.queueUrls = List.copyOf(queueUrls);
  }

  /** Takes every message out of every queue. */
  void drain(URI endpoint) {
    try (SqsClient sqs = SdkClient.of(endpoint);
        ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
      List<Future<?>> ends = new ArrayList<>();
      for (String queue : queueUrls) {
        ends.add(readers.submit(() -> received.put(queue, drain(sqs, queue))));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    } catch (ExecutionException failure) {
      throw new AssertionError("a queue could not be read", failure.getCause());
    }
  }

  /** Each queue has each of these exactly once, and beside them only what may be there, once. */
  void assertExactlyOnce(Set<String> acknowledged, Set<String> tried) {
    for (String queue : queueUrls) {
      List<String> bodies = bodies(queue);
      Set<String> once = new HashSet<>(bodies);
      Set<String> lost = new HashSet<>(acknowledged);
      lost.removeAll(once);
      assertThat(lost).as("acknowledged and lost in " + queue).isEmpty();
      assertThat(tried).as("tried, for " + queue).containsAll(once);
      if (once.size() < bodies.size()) {
        assertThat(repeated(bodies)).as("more than once in " + queue).isEmpty();
      }
    }
  }

  /** The bodies of each queue are in the order of their numbers within each group. */
  void assertOrder() {
    for (String queue : queueUrls) {
      Map<String, Integer> last = new HashMap<>();
      for (String body : bodies(queue)) {
        String group = body.substring(0, body.indexOf('-'));
        int number = Integer.parseInt(body.substring(body.indexOf('-') + 1));
        assertThat(number)
            .as("order of group %s in %s", group, queue)
            .isGreaterThan(last.getOrDefault(group, -1));
        last.put(group, number);
      }
    }
  }

  int messages() {
    return received.values().stream().mapToInt(List::size).sum();
  }

  private List<String> bodies(String queue) {
    return received.getOrDefault(queue, List.of());
  }

  private static Set<String> repeated(List<String> bodies) {
    Set<String> repeated = new HashSet<>();
    for (String body : bodies) {
      if (Collections.frequency(bodies, body) > 1) {
        repeated.add(body);
      }
    }
    return repeated;
  }

  /** Some empty receives in a row: deliveries may still be on their way when the first comes. */
  private static List<String> drain(SqsClient sqs, String queue) {
    List<String> bodies = new ArrayList<>();
    int empty = 0;
    while (empty < EMPTY_RECEIVES) {
      List<Message> messages =
          sqs.receiveMessage(r ->
                  r.queueUrl(queue)
                      .maxNumberOfMessages(10)
                      .visibilityTimeout(600)
                      .waitTimeSeconds(1))
              .messages();
      if (messages.isEmpty()) {
        empty++;
        continue;
      }
      empty = 0;
      messages.forEach(message -> bodies.add(message.body()));
      sqs.deleteMessageBatch(
          r -> r.queueUrl(queue).entries(messages.stream().map(Subscribers::deletion).toList()));
    }
    return bodies;
  }

  private static DeleteMessageBatchRequestEntry deletion(Message message) {
    return DeleteMessageBatchRequestEntry.builder()
        .id(message.messageId())
        .receiptHandle(message.receiptHandle())
        .build();
  }
}
