package io.tern.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.awspring.cloud.sns.core.SnsNotification;
import io.awspring.cloud.sns.core.SnsTemplate;
import io.awspring.cloud.sqs.listener.SqsMessageListenerContainer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.messaging.Message;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * Spring Cloud AWS with topics: a template publishes to a FIFO topic that it finds by creating it
 * again, a filter on a number lets half through, and a listener container gets that half once, in
 * order and with the header's Java type, from before the leader's death until after it.
 */
final class SpringTopicJob implements ClientJob {
  private static final String TOPIC = "spring-topic.fifo";
  private static final String GROUP = "tea";
  private static final int COUNT = 10;
  private static final Duration POLL = Duration.ofSeconds(3);

  private final SnsClient sns;
  private final JobQueue queue;
  private final SqsAsyncClient async;
  private final SnsTemplate template;
  private final SqsMessageListenerContainer<String> container;
  private final List<String> sent = new ArrayList<>();
  private final List<String> received = new CopyOnWriteArrayList<>();

  SpringTopicJob(URI endpoint) {
    sns = SdkSettings.sns(endpoint);
    queue = JobQueue.fifo(SdkSettings.sqs(endpoint), TOPIC);
    async = SdkSettings.sqsAsync(endpoint);
    template = new SnsTemplate(sns);
    container =
        SqsMessageListenerContainer.<String>builder()
            .sqsAsyncClient(async)
            .queueNames(queue.name())
            .configure(options -> options.pollTimeout(POLL))
            .messageListener(this::receive)
            .build();
  }

  @Override
  public void firstHalf() {
    String topic =
        sns.createTopic(r -> r.name(TOPIC).attributes(Map.of("FifoTopic", "true"))).topicArn();
    assertThat(template.topicExists(topic)).isTrue();
    assertThat(template.topicExists(topic + "-missing")).isFalse();
    sns.subscribe(r ->
        r.topicArn(topic)
            .protocol("sqs")
            .endpoint(topic.replace(":sns:", ":sqs:"))
            .attributes(
                Map.of(
                    "RawMessageDelivery",
                    "true",
                    "FilterPolicy",
                    "{\"number\":[{\"numeric\":[\">=\",0]}]}")));
    container.start();
    publish("a");
    JobQueue.awaitAll(this::arrived, Set.copyOf(sent));
  }

  @Override
  public void secondHalf() {
    publish("b");
    JobQueue.awaitAll(this::arrived, Set.copyOf(sent));
    queue.awaitEmpty();
    assertThat(received.stream().distinct()).as("first arrivals").isEqualTo(sent);
  }

  @Override
  public void close() {
    container.stop();
    async.close();
    queue.sqs().close();
    sns.close();
  }

  private void publish(String prefix) {
    for (int i = 0; i < COUNT; i++) {
      String text = prefix + "-" + i;
      // Before it can arrive.
      sent.add(text);
      publish(text, i);
      publish(text + "-filtered-out", -1 - i);
    }
  }

  private void publish(String text, long number) {
    template.sendNotification(
        TOPIC,
        SnsNotification.builder(text)
            .header("number", number)
            .groupId(GROUP)
            .deduplicationId(text)
            .build());
  }

  private void receive(Message<String> message) {
    // As Spring wrote it: the type of the attribute names the Java type.
    Object number = message.getHeaders().get("number");
    received.add(number instanceof Long ? message.getPayload() : "not a long: " + number);
  }

  private Set<String> arrived() {
    return Set.copyOf(received);
  }
}
