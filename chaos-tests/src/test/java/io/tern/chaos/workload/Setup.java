package io.tern.chaos.workload;

import io.tern.chaos.history.QueueFact;
import io.tern.chaos.history.Recorder;
import io.tern.chaos.history.SubscriptionFact;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Makes queues, topics and subscriptions and counts messages, outside the history but for its
 * facts. Every request may be repeated, and is, while a node cannot answer.
 */
final class Setup {
  private static final int TRIES = 50;
  private static final long PAUSE_MILLIS = 200;

  private final String workload;
  private final Recorder recorder;
  private final List<NodeClients> nodes;

  Setup(String workload, Recorder recorder, List<NodeClients> nodes) {
    this.workload = workload;
    this.recorder = recorder;
    this.nodes = List.copyOf(nodes);
  }

  LoadQueue createQueue(QueueFact fact) {
    String url =
        done(node ->
            node.sqs()
                .createQueue(r -> r.queueName(fact.name()).attributes(attributes(fact)))
                .queueUrl());
    LoadQueue queue = new LoadQueue(fact, url, arn(url));
    recorder.queue(fact);
    return queue;
  }

  LoadTopic createTopic(String name, boolean fifo) {
    Map<String, String> attributes = fifo ? Map.of("FifoTopic", "true") : Map.of();
    String arn =
        done(node -> node.sns().createTopic(r -> r.name(name).attributes(attributes)).topicArn());
    return new LoadTopic(name, arn, fifo);
  }

  void subscribe(LoadTopic topic, LoadQueue queue, Subscribing how) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("RawMessageDelivery", Boolean.toString(how.raw()));
    String filterPolicy = how.filterPolicy();
    if (filterPolicy != null) {
      attributes.put("FilterPolicy", filterPolicy);
    }
    done(node ->
        node.sns()
            .subscribe(r ->
                r.topicArn(topic.arn())
                    .protocol("sqs")
                    .endpoint(queue.arn())
                    .attributes(attributes)));
    recorder.subscription(
        new SubscriptionFact(workload, topic.name(), queue.name(), filterPolicy, how.raw()));
  }

  /** Messages of a queue, visible, in flight and delayed; nothing when no node can tell. */
  OptionalLong count(LoadQueue queue) {
    try {
      return OptionalLong.of(done(nodes.size(), counting(queue)));
    } catch (SdkException nobodyAnswers) {
      return OptionalLong.empty();
    }
  }

  private static Function<NodeClients, Long> counting(LoadQueue queue) {
    return node ->
        node
            .sqs()
            .getQueueAttributes(r ->
                r.queueUrl(queue.url())
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
            .attributes()
            .values()
            .stream()
            .mapToLong(Long::parseLong)
            .sum();
  }

  private Map<QueueAttributeName, String> attributes(QueueFact fact) {
    Map<QueueAttributeName, String> attributes = new EnumMap<>(QueueAttributeName.class);
    attributes.put(
        QueueAttributeName.VISIBILITY_TIMEOUT, Integer.toString(fact.visibilitySeconds()));
    attributes.put(QueueAttributeName.DELAY_SECONDS, Integer.toString(fact.delaySeconds()));
    if (fact.fifo()) {
      attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
      attributes.put(
          QueueAttributeName.CONTENT_BASED_DEDUPLICATION,
          Boolean.toString(fact.contentDeduplication()));
    }
    if (fact.groupDeduplication()) {
      attributes.put(QueueAttributeName.DEDUPLICATION_SCOPE, "messageGroup");
      attributes.put(QueueAttributeName.FIFO_THROUGHPUT_LIMIT, "perMessageGroupId");
    }
    String deadLetters = fact.deadLetterQueue();
    if (deadLetters != null) {
      String url = done(node -> node.sqs().getQueueUrl(r -> r.queueName(deadLetters)).queueUrl());
      attributes.put(
          QueueAttributeName.REDRIVE_POLICY,
          "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}"
              .formatted(arn(url), fact.maxReceiveCount()));
    }
    return attributes;
  }

  private String arn(String url) {
    return done(node ->
        node.sqs()
            .getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .getOrDefault(QueueAttributeName.QUEUE_ARN, ""));
  }

  /** Tries one node after the other. What a node refuses is refused by all. */
  private <T> T done(Function<NodeClients, T> request) {
    return done(TRIES, request);
  }

  private <T> T done(int tries, Function<NodeClients, T> request) {
    for (int attempt = 1; ; attempt++) {
      try {
        return request.apply(nodes.get(attempt % nodes.size()));
      } catch (SdkException error) {
        if (!Failure.of(error).nodeIsToBlame() || attempt == tries) {
          throw error;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
      }
    }
  }
}
