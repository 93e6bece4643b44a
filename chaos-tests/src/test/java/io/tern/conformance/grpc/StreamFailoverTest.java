package io.tern.conformance.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.tern.chaos.ClusterSpec;
import io.tern.chaos.NodeProcess;
import io.tern.chaos.TernCluster;
import io.tern.proto.messaging.LocateRequest;
import io.tern.proto.messaging.LocateResult;
import io.tern.proto.messaging.MessagingGrpc;
import io.tern.proto.messaging.ProduceResult;
import io.tern.proto.sqs.CreateQueueRequest;
import io.tern.proto.sqs.SendMessageBatchRequestEntry;
import io.tern.proto.sqs.SqsGrpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A leader dies while both streams run over another node: they go on, and nothing is lost. */
class StreamFailoverTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int BATCHES = 60;
  private static final int IN_BATCH = 20;

  @Test
  void bothStreamsOutliveALeader() throws Exception {
    try (TernCluster cluster = TernCluster.start(ClusterSpec.ofNodes("stream-failover", 3))) {
      ManagedChannel first = channel(cluster.grpcTargets().getFirst());
      String url =
          SqsGrpc.newBlockingStub(first)
              .createQueue(CreateQueueRequest.newBuilder().setQueueName("streams").build())
              .getQueueUrl();
      NodeProcess leader = leader(cluster, first, url);
      ManagedChannel other =
          channel(
              cluster.nodes().stream()
                  .filter(node -> node != leader)
                  .findFirst()
                  .orElseThrow()
                  .address()
                  .grpc());
      try {
        sendThroughADeath(other, url, leader);
      } finally {
        first.shutdownNow();
        other.shutdownNow();
      }
    }
  }

  private static void sendThroughADeath(ManagedChannel channel, String url, NodeProcess leader)
      throws Exception {
    ConsumeClient consumer =
        ConsumeClient.open(channel, ConsumeClient.queue(url).setVisibilityTimeout(10).build());
    consumer.handle(delivery -> consumer.acknowledge(delivery.getDelivery())).credit(10_000);
    ProduceClient producer = new ProduceClient(channel, url);
    Set<String> bodies = new HashSet<>();
    for (int batch = 1; batch <= BATCHES; batch++) {
      List<SendMessageBatchRequestEntry> messages = messages(batch);
      messages.forEach(message -> bodies.add(message.getMessageBody()));
      producer.send(batch, messages);
      if (batch == BATCHES / 3) {
        assertThat(producer.results(1)).noneMatch(ProduceResult::hasError);
        await().atMost(PATIENCE).until(() -> !consumer.deliveries().isEmpty());
        leader.kill();
      }
    }
    // As a client would: what may not have been taken is sent again.
    long again = BATCHES;
    for (int batch = 1; batch <= BATCHES; batch++) {
      List<ProduceResult> results = producer.results(batch);
      List<SendMessageBatchRequestEntry> failed = new ArrayList<>();
      for (int i = 0; i < results.size(); i++) {
        if (results.get(i).hasError()) {
          assertThat(results.get(i).getError().getCode()).isEqualTo("ServiceUnavailable");
          failed.add(messages(batch).get(i));
        }
      }
      if (!failed.isEmpty()) {
        producer.send(++again, failed);
        assertThat(producer.results(again)).noneMatch(ProduceResult::hasError);
      }
    }
    assertThat(producer.hasEnded()).isFalse();
    await().atMost(PATIENCE).until(() -> new HashSet<>(consumer.bodies()).equals(bodies));
    assertThat(consumer.hasEnded()).isFalse();
    await()
        .atMost(PATIENCE)
        .until(() ->
            consumer.done().size() + consumer.failed().size() == consumer.deliveries().size());
    producer.halfClose();
    producer.awaitEnd();
    consumer.halfClose();
    consumer.awaitEnd();
  }

  private static List<SendMessageBatchRequestEntry> messages(int batch) {
    return IntStream.range(0, IN_BATCH)
        .mapToObj(i -> ProduceClient.message(batch + "-" + i))
        .toList();
  }

  private static NodeProcess leader(TernCluster cluster, ManagedChannel channel, String url) {
    MessagingGrpc.MessagingBlockingStub stub = MessagingGrpc.newBlockingStub(channel);
    LocateRequest request = LocateRequest.newBuilder().setQueueUrl(url).build();
    await().atMost(PATIENCE).until(() -> !stub.locate(request).getNodeId().isEmpty());
    LocateResult found = stub.locate(request);
    return cluster.nodes().stream()
        .filter(node -> node.address().nodeId().equals(found.getNodeId()))
        .findFirst()
        .orElseThrow();
  }

  private static ManagedChannel channel(String target) {
    return Grpc.newChannelBuilder(target, InsecureChannelCredentials.create()).build();
  }
}
