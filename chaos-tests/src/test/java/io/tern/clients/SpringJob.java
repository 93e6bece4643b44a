package io.tern.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.awspring.cloud.sqs.listener.SqsMessageListenerContainer;
import io.awspring.cloud.sqs.operations.SqsTemplate;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.messaging.Message;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * Spring Cloud AWS: a listener container receives and acknowledges what a template sends, from
 * before the leader's death until after it, without being restarted.
 */
final class SpringJob implements ClientJob {
  private static final List<String> GROUPS = List.of("red", "blue");
  private static final int COUNT = 10;

  /** The container waits for its last poll when it stops. */
  private static final Duration POLL = Duration.ofSeconds(3);

  private final JobQueue queue;
  private final boolean ordered;
  private final SqsAsyncClient async;
  private final SqsTemplate template;
  private final SqsMessageListenerContainer<String> container;
  private final List<String> received = new CopyOnWriteArrayList<>();

  private SpringJob(URI endpoint, JobQueue queue, boolean ordered) {
    this.queue = queue;
    this.ordered = ordered;
    async = SdkSettings.sqsAsync(endpoint);
    template = SqsTemplate.newTemplate(async);
    container =
        SqsMessageListenerContainer.<String>builder()
            .sqsAsyncClient(async)
            .queueNames(queue.name())
            .configure(options -> options.pollTimeout(POLL))
            .messageListener((Message<String> message) -> received.add(message.getPayload()))
            .build();
  }

  static SpringJob standard(URI endpoint) {
    JobQueue queue = JobQueue.standard(SdkSettings.sqs(endpoint), "spring");
    return new SpringJob(endpoint, queue, false);
  }

  static SpringJob fifo(URI endpoint) {
    JobQueue queue = JobQueue.fifo(SdkSettings.sqs(endpoint), "spring.fifo");
    return new SpringJob(endpoint, queue, true);
  }

  @Override
  public void firstHalf() {
    container.start();
    send("a");
    JobQueue.awaitAll(this::arrived, texts("a"));
  }

  @Override
  public void secondHalf() {
    send("b");
    Set<String> sent = new ConcurrentSkipListSet<>(texts("a"));
    sent.addAll(texts("b"));
    JobQueue.awaitAll(this::arrived, sent);
    queue.awaitEmpty();
    if (ordered) {
      GROUPS.forEach(this::assertInOrder);
    }
  }

  @Override
  public void close() {
    container.stop();
    async.close();
    queue.sqs().close();
  }

  private void send(String prefix) {
    for (int i = 0; i < COUNT; i++) {
      for (String group : GROUPS) {
        String text = text(group, prefix, i);
        template.send(to -> {
          to.queue(queue.name()).payload(text);
          if (ordered) {
            to.messageGroupId(group).messageDeduplicationId(text);
          }
        });
      }
    }
  }

  private Set<String> arrived() {
    return Set.copyOf(received);
  }

  /** First arrivals of a group are in the order of sending; so is each repetition after them. */
  private void assertInOrder(String group) {
    List<String> first =
        received.stream().filter(text -> text.startsWith(group)).distinct().toList();
    assertThat(first).as("order of " + group + " in " + received).isSorted();
  }

  private static Set<String> texts(String prefix) {
    Set<String> texts = new ConcurrentSkipListSet<>();
    for (String group : GROUPS) {
      for (int i = 0; i < COUNT; i++) {
        texts.add(text(group, prefix, i));
      }
    }
    return texts;
  }

  private static String text(String group, String prefix, int number) {
    return "%s-%s-%02d".formatted(group, prefix, number);
  }
}
