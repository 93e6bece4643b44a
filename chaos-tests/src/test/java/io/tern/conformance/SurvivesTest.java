package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tern.chaos.ClusterSpec;
import io.tern.chaos.NodeProcess;
import io.tern.chaos.TernCluster;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * What a FIFO queue remembers survives kill -9: each of three nodes is killed in turn, so its
 * leader is among them.
 */
@Tag("once")
class SurvivesTest {
  private static final Duration ELECTED = Duration.ofSeconds(30);

  @Test
  void deduplicationLocksAttemptsAndSequenceSurviveTheLeader() {
    try (TernCluster cluster = TernCluster.start(ClusterSpec.ofNodes("survives", 3).relaxed())) {
      Deployment all = new Deployment("three nodes", cluster.endpoints());
      TestQueue queue = TestQueue.fifo(all, "survives");
      String id = queue.send("g", "d", "first").messageId();
      String number = queue.send("g", "e", "second").sequenceNumber();
      Message head = receiveOne(queue);

      for (NodeProcess victim : cluster.nodes()) {
        victim.kill();
        Deployment others = survivors(cluster, victim);
        TestQueue left = new TestQueue(others, queue.url());
        String again =
            await()
                .atMost(ELECTED)
                .ignoreExceptionsInstanceOf(SdkException.class)
                .until(() -> left.send("g", "d", "ignored").messageId(), sent -> true);
        assertThat(again).as("message id of the duplicate").isEqualTo(id);
        assertThat(left.bodies()).as("messages behind the lock").isEmpty();
        assertThat(receiveOne(left).receiptHandle()).isEqualTo(head.receiptHandle());
        assertThat(left.send("other" + victim.address().nodeId(), "m").sequenceNumber())
            .isGreaterThan(number);
        left.receive(TestQueue.LONG, TestQueue.PATIENT).forEach(left::delete);
        others.close();
        victim.start();
        victim.awaitReady();
      }
      queue.delete(head);
      assertThat(queue.bodies()).containsExactly("second");
      all.close();
    }
  }

  private static Message receiveOne(TestQueue queue) {
    return queue
        .receive(r ->
            r.maxNumberOfMessages(1)
                .receiveRequestAttemptId("attempt")
                .visibilityTimeout(TestQueue.LONG))
        .getFirst();
  }

  private static Deployment survivors(TernCluster cluster, NodeProcess victim) {
    List<URI> endpoints = new ArrayList<>(cluster.endpoints());
    endpoints.remove(victim.address().endpoint());
    return new Deployment("survivors", endpoints);
  }
}
