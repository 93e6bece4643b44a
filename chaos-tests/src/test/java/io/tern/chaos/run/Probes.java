package io.tern.chaos.run;

import io.tern.chaos.SdkClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * For each of some queues, spread over the partitions, a sender at each node. A queue is served
 * while any node takes its messages: who waits for a dead node waits in vain, and says nothing
 * about the queue. For {@link RecoveryMain}.
 */
final class Probes implements AutoCloseable {
  /** On average two for each partition of a new cluster. */
  private static final int QUEUES = 12;

  private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long STOP_WITHIN_MILLIS = 20_000;

  /** For each queue: when acknowledgements came, and when these messages had been sent. */
  private final List<ConcurrentSkipListMap<Long, Long>> acknowledged = new ArrayList<>();

  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  private Probes() {}

  static Probes start(Map<String, URI> endpoints) {
    Probes probes = new Probes();
    URI any = endpoints.values().iterator().next();
    try (SqsClient sqs = SdkClient.of(any)) {
      for (int i = 0; i < QUEUES; i++) {
        String queue = "probe-" + i;
        sqs.createQueue(r -> r.queueName(queue));
        ConcurrentSkipListMap<Long, Long> mine = new ConcurrentSkipListMap<>();
        probes.acknowledged.add(mine);
        endpoints.forEach((node, endpoint) ->
            probes.threads.add(
                Thread.ofPlatform()
                    .name(queue + " at " + node)
                    .start(() -> probes.send(queue, endpoint, mine))));
      }
    }
    return probes;
  }

  /** Whether of every queue a message was acknowledged that was sent after that moment. */
  boolean allAcknowledgedSince(long nanos) {
    return acknowledged.stream()
        .allMatch(mine -> mine.tailMap(nanos).values().stream().anyMatch(sent -> sent >= nanos));
  }

  /**
   * The longest time that a queue was without an acknowledgement, of all queues.
   *
   * @param before a moment when there was no fault yet
   * @param after a moment when there was; {@link #allAcknowledgedSince} it is true
   */
  long longestGapNanos(long before, long after) {
    long longest = 0;
    for (ConcurrentSkipListMap<Long, Long> mine : acknowledged) {
      long last = mine.floorKey(before);
      for (Map.Entry<Long, Long> next : mine.tailMap(before, false).entrySet()) {
        longest = Math.max(longest, next.getKey() - last);
        last = next.getKey();
        if (next.getValue() >= after) {
          break;
        }
      }
    }
    return longest;
  }

  private void send(String queue, URI endpoint, ConcurrentSkipListMap<Long, Long> mine) {
    try (SqsClient sqs = SdkClient.of(endpoint, READ_TIMEOUT)) {
      while (!stopped) {
        long sent = System.nanoTime();
        try {
          sqs.sendMessage(r -> r.queueUrl(queue).messageBody("probe"));
          mine.put(System.nanoTime(), sent);
        } catch (SdkException notNow) {
          // The next one will tell.
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  @Override
  public void close() {
    stopped = true;
    for (Thread thread : threads) {
      try {
        thread.join(STOP_WITHIN_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
