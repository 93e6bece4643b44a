package io.tern.clients;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue of one {@link ClientJob}, and what the jobs ask about queues. */
record JobQueue(SqsClient sqs, String name, String url) {
  /** Longer than any election, with room for a busy machine. */
  static final Duration WITHIN = Duration.ofSeconds(60);

  /** Short, so that what a lost answer hid is soon received again. */
  private static final String VISIBILITY_SECONDS = "10";

  private static final List<QueueAttributeName> COUNTS =
      List.of(
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);

  static JobQueue standard(SqsClient sqs, String name) {
    return create(sqs, name, Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, VISIBILITY_SECONDS));
  }

  static JobQueue fifo(SqsClient sqs, String name) {
    return create(
        sqs,
        name,
        Map.of(
            QueueAttributeName.VISIBILITY_TIMEOUT,
            VISIBILITY_SECONDS,
            QueueAttributeName.FIFO_QUEUE,
            "true"));
  }

  /** Texts that are in order and tell who sent them: a-0, a-1 and so on. */
  static List<String> texts(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
  }

  /** Waits until what arrived is exactly what was sent; a repetition is no fault. */
  static void awaitAll(Supplier<Set<String>> arrived, Set<String> sent) {
    await("all of " + sent + " arrive")
        .atMost(WITHIN)
        .pollInterval(Duration.ofMillis(50))
        .failFast("something came that nobody sent", () -> !sent.containsAll(arrived.get()))
        .until(() -> arrived.get().containsAll(sent));
  }

  /** Waits until everything is acknowledged: nothing visible, in flight or delayed. */
  void awaitEmpty() {
    await(name + " is empty")
        .atMost(WITHIN)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> counts().equals(List.of("0", "0", "0")));
  }

  /** Messages visible, in flight and delayed. */
  List<String> counts() {
    Map<QueueAttributeName, String> counts =
        sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(COUNTS)).attributes();
    return COUNTS.stream().map(name -> Objects.requireNonNull(counts.get(name))).toList();
  }

  private static JobQueue create(
      SqsClient sqs, String name, Map<QueueAttributeName, String> attributes) {
    String url = sqs.createQueue(r -> r.queueName(name).attributes(attributes)).queueUrl();
    return new JobQueue(sqs, name, url);
  }
}
