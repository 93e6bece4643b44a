package io.tern.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * One topic with 100 queues over all partitions, and one FIFO topic with FIFO queues, while the
 * nodes are killed in turn: every acknowledged publish is in every matching queue exactly once, in
 * order where there is one. The number of kills is -Dtern.chaos.fanOutKills.
 */
class FanOutTest {
  private static final int KILLS = Integer.getInteger("tern.chaos.fanOutKills", 3);
  private static final int QUEUES = 100;
  private static final int FIFO_QUEUES = 12;
  private static final int PUBLISHES_BETWEEN = 20;
  private static final Duration GOES_ON_WITHIN = Duration.ofSeconds(60);

  private final List<String> all = new ArrayList<>();
  private final List<String> even = new ArrayList<>();
  private final List<String> ordered = new ArrayList<>();

  @Test
  void everyMatchingQueueGetsEachPublishOnce() {
    try (TernCluster cluster = TernCluster.start(ClusterSpec.ofNodes("fan-out", 3).relaxed());
        SnsClient sns = SnsSdkClient.of(cluster.endpoints().getFirst());
        SqsClient sqs = SdkClient.of(cluster.endpoints().getFirst())) {
      String topic = sns.createTopic(r -> r.name("fan-out")).topicArn();
      String fifoTopic =
          sns.createTopic(r -> r.name("fan-out.fifo").attributes(Map.of("FifoTopic", "true")))
              .topicArn();
      subscribe(sns, sqs, topic, fifoTopic);
      try (Publisher publisher = Publisher.start(topic, cluster.endpoints());
          Publisher fifoPublisher = Publisher.start(fifoTopic, cluster.endpoints())) {
        awaitPublishes(publisher, fifoPublisher);
        for (int i = 0; i < KILLS; i++) {
          NodeProcess node = cluster.node(i % cluster.nodes().size());
          node.kill();
          awaitPublishes(publisher, fifoPublisher);
          node.start();
          node.awaitReady();
        }
        awaitPublishes(publisher, fifoPublisher);
        publisher.stop();
        fifoPublisher.stop();
        judge(cluster, publisher, fifoPublisher);
      }
    }
  }

  private void subscribe(SnsClient sns, SqsClient sqs, String topic, String fifoTopic) {
    for (int i = 0; i < QUEUES; i++) {
      Map<String, String> attributes =
          i % 2 == 0
              ? Map.of("RawMessageDelivery", "true")
              : Map.of("RawMessageDelivery", "true", "FilterPolicy", "{\"parity\":[\"even\"]}");
      String name = "fan-out-" + i;
      String url = sqs.createQueue(r -> r.queueName(name)).queueUrl();
      subscribe(sns, topic, name, attributes);
      (i % 2 == 0 ? all : even).add(url);
    }
    for (int i = 0; i < FIFO_QUEUES; i++) {
      String name = "fan-out-" + i + ".fifo";
      ordered.add(
          sqs.createQueue(
                  r -> r.queueName(name).attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true")))
              .queueUrl());
      subscribe(sns, fifoTopic, name, Map.of("RawMessageDelivery", "true"));
    }
  }

  private static void subscribe(
      SnsClient sns, String topic, String queue, Map<String, String> attributes) {
    sns.subscribe(r ->
        r.topicArn(topic)
            .protocol("sqs")
            .endpoint("arn:aws:sqs:us-east-1:000000000000:" + queue)
            .attributes(attributes));
  }

  private static void awaitPublishes(Publisher... publishers) {
    for (Publisher publisher : publishers) {
      int wanted = publisher.acknowledged().size() + PUBLISHES_BETWEEN;
      await("publishes go on")
          .atMost(GOES_ON_WITHIN)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> publisher.acknowledged().size() >= wanted);
    }
  }

  private void judge(TernCluster cluster, Publisher publisher, Publisher fifoPublisher) {
    Subscribers ofAll = new Subscribers(all);
    Subscribers ofEven = new Subscribers(even);
    Subscribers inOrder = new Subscribers(ordered);
    for (Subscribers subscribers : List.of(ofAll, ofEven, inOrder)) {
      subscribers.drain(cluster.endpoints().getFirst());
    }
    System.out.printf(
        "fan-out: %d kills, %d publishes acknowledged, %d deliveries; FIFO: %d, %d%n",
        KILLS,
        publisher.acknowledged().size(),
        ofAll.messages() + ofEven.messages(),
        fifoPublisher.acknowledged().size(),
        inOrder.messages());
    ofAll.assertExactlyOnce(publisher.acknowledged(), publisher.tried());
    ofEven.assertExactlyOnce(even(publisher.acknowledged()), even(publisher.tried()));
    inOrder.assertExactlyOnce(fifoPublisher.acknowledged(), fifoPublisher.tried());
    inOrder.assertOrder();
    assertThat(inOrder.messages()).isEqualTo(FIFO_QUEUES * fifoPublisher.tried().size());
  }

  private static Set<String> even(Set<String> keys) {
    return keys.stream()
        .filter(key -> Integer.parseInt(key.substring(key.indexOf('-') + 1)) % 2 == 0)
        .collect(Collectors.toSet());
  }
}
