package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tern.chaos.ClusterSpec;
import io.tern.chaos.ServerMemory;
import io.tern.chaos.TernCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sqs.model.ListQueuesResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * Many groups, many polls, many queues on one node, each bounded in time and memory. Alone: {@code
 * -Dtest=ScaleTest}.
 */
@Tag("scale")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScaleTest {
  private static final int THREADS = 16;
  private static final int GROUPS = 200_000;
  private static final int POLLS = 1_000;
  private static final int QUEUES = 10_000;
  private static final long HEAP_BYTES = 400L * 1_048_576;

  private final TernCluster cluster = TernCluster.start(ClusterSpec.ofNodes("scale", 1).relaxed());
  private final Deployment service = new Deployment("one node", cluster.endpoints());

  @AfterAll
  void stop() {
    service.close();
    cluster.close();
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void aFifoQueueOf200000Groups() throws Exception {
    TestQueue queue = TestQueue.fifo(service, "groups");
    AtomicInteger next = new AtomicInteger();
    onEachThread(() -> {
      for (int first = next.getAndAdd(10); first < GROUPS; first = next.getAndAdd(10)) {
        List<SendMessageBatchRequestEntry> ten = batch(first);
        service.sqs().sendMessageBatch(r -> r.queueUrl(queue.url()).entries(ten));
      }
    });
    assertThat(queue.counts()).isEqualTo(new QueueCounts(GROUPS, 0, 0));
    queue.send("g0", "g0");

    Set<String> seen = ConcurrentHashMap.newKeySet();
    AtomicInteger received = new AtomicInteger();
    onEachThread(() -> {
      while (received.get() < GROUPS / 20) {
        for (Message message : queue.receive(TestQueue.LONG, 0)) {
          received.incrementAndGet();
          assertThat(seen.add(message.messageId())).isTrue();
          assertThat(message.attributesAsStrings()).containsEntry("MessageGroupId", message.body());
        }
      }
    });
    assertThat(queue.counts())
        .isEqualTo(new QueueCounts(GROUPS + 1 - received.get(), received.get(), 0));
    assertThat(ServerMemory.of(cluster.node(0)).liveHeapBytes()).isLessThan(HEAP_BYTES);
    service.sqs().deleteQueue(r -> r.queueUrl(queue.url()));
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void aThousandPollsEachWokenByOneMessage() throws Exception {
    TestQueue queue = TestQueue.standard(service, "polls");
    List<Future<List<Message>>> polls = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < POLLS; i++) {
        polls.add(
            threads.submit(() ->
                queue.receive(r ->
                    r.maxNumberOfMessages(1)
                        .visibilityTimeout(TestQueue.LONG)
                        .waitTimeSeconds(20))));
      }
      await().atMost(Duration.ofSeconds(15)).until(this::parkedPolls, parked -> parked == POLLS);
      for (int i = 0; i < POLLS; i++) {
        queue.send("m" + i);
      }
      Set<String> bodies = ConcurrentHashMap.newKeySet();
      for (Future<List<Message>> poll : polls) {
        poll.get().forEach(message -> bodies.add(message.body()));
      }
      assertThat(bodies).hasSize(POLLS);
    }
    assertThat(queue.counts()).isEqualTo(new QueueCounts(0, POLLS, 0));
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void tenThousandQueues() throws Exception {
    AtomicInteger next = new AtomicInteger();
    onEachThread(() -> {
      for (int i = next.getAndIncrement(); i < QUEUES; i = next.getAndIncrement()) {
        String name = "many-" + i;
        service.sqs().createQueue(r -> r.queueName(name));
      }
    });
    List<String> urls = new ArrayList<>();
    String token = "";
    do {
      String from = token;
      ListQueuesResponse page =
          service
              .sqs()
              .listQueues(r -> {
                r.queueNamePrefix("many-").maxResults(1_000);
                if (!from.isEmpty()) {
                  r.nextToken(from);
                }
              });
      urls.addAll(page.queueUrls());
      token = page.nextToken() == null ? "" : page.nextToken();
    } while (!token.isEmpty());
    assertThat(urls).hasSize(QUEUES).doesNotHaveDuplicates();
    for (int i = 0; i < QUEUES; i += 500) {
      TestQueue queue = new TestQueue(service, urls.get(i));
      queue.send("m");
      assertThat(queue.counts()).isEqualTo(new QueueCounts(1, 0, 0));
      assertThat(queue.attributes()).containsEntry("VisibilityTimeout", "30");
    }
    assertThat(ServerMemory.of(cluster.node(0)).liveHeapBytes()).isLessThan(HEAP_BYTES);
  }

  private long parkedPolls() {
    return cluster
        .node(0)
        .metrics()
        .lines()
        .filter(line -> line.startsWith("tern_parked_polls"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static List<SendMessageBatchRequestEntry> batch(int first) {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    for (int i = first; i < first + 10; i++) {
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id("e" + i)
              .messageBody("g" + i)
              .messageGroupId("g" + i)
              .messageDeduplicationId("d" + i)
              .build());
    }
    return entries;
  }

  private static void onEachThread(Runnable work) throws Exception {
    List<Future<?>> workers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int i = 0; i < THREADS; i++) {
        workers.add(threads.submit(work));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    }
  }
}
