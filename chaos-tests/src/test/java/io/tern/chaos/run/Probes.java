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

/** One sender for each of some queues, spread over the partitions. For {@link RecoveryMain}. */
final class Probes implements AutoCloseable {
  /** Two for each partition of a new cluster. */
  private static final int QUEUES = 12;

  private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long STOP_WITHIN_MILLIS = 20_000;

  /** For each queue: when acknowledged sends were invoked, and when they ended. */
  private final List<ConcurrentSkipListMap<Long, Long>> acknowledged = new ArrayList<>();

  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  private Probes() {}

  static Probes start(Map<String, URI> endpoints) {
    Probes probes = new Probes();
    List<URI> addresses = List.copyOf(endpoints.values());
    try (SqsClient sqs = SdkClient.of(addresses.getFirst())) {
      for (int i = 0; i < QUEUES; i++) {
        String queue = "probe-" + i;
        sqs.createQueue(r -> r.queueName(queue));
        ConcurrentSkipListMap<Long, Long> mine = new ConcurrentSkipListMap<>();
        int first = i;
        probes.acknowledged.add(mine);
        probes.threads.add(
            Thread.ofPlatform()
                .name(queue)
                .start(() -> probes.send(queue, addresses, first, mine)));
      }
    }
    return probes;
  }

  /** Whether every queue has acknowledged a message that was sent after that moment. */
  boolean allAcknowledgedSince(long nanos) {
    return acknowledged.stream().allMatch(mine -> mine.ceilingEntry(nanos) != null);
  }

  /** When the last queue did. */
  long lastFirstSince(long nanos) {
    return acknowledged.stream()
        .mapToLong(mine -> mine.ceilingEntry(nanos).getValue())
        .max()
        .orElseThrow();
  }

  private void send(
      String queue, List<URI> addresses, int first, ConcurrentSkipListMap<Long, Long> mine) {
    List<SqsClient> clients =
        addresses.stream().map(address -> SdkClient.of(address, READ_TIMEOUT)).toList();
    int at = first;
    while (!stopped) {
      long invoked = System.nanoTime();
      try {
        clients.get(at % clients.size()).sendMessage(r -> r.queueUrl(queue).messageBody("probe"));
        mine.put(invoked, System.nanoTime());
      } catch (SdkException tryTheNext) {
        at++;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    clients.forEach(SqsClient::close);
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
