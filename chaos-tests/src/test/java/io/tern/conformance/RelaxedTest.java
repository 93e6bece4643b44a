package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.chaos.ClusterSpec;
import io.tern.chaos.SdkClient;
import io.tern.chaos.TernCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The switch for test suites: no 60-second waits. And the manners of a process: it stops cleanly.
 */
@Tag("once")
class RelaxedTest {
  @Test
  void namesAreReusedAndQueuesPurgedAtOnceAndTheServerStopsWhenAsked() {
    try (TernCluster cluster =
            TernCluster.start(ClusterSpec.ofNodes("conformance-relaxed", 1).relaxed());
        SqsClient sqs = SdkClient.of(cluster.node(0).address().endpoint())) {
      String first = sqs.createQueue(r -> r.queueName("reused")).queueUrl();
      sqs.purgeQueue(r -> r.queueUrl(first));
      sqs.purgeQueue(r -> r.queueUrl(first));
      sqs.sendMessage(r -> r.queueUrl(first).messageBody("of the first life"));
      sqs.deleteQueue(r -> r.queueUrl(first));

      String second = sqs.createQueue(r -> r.queueName("reused")).queueUrl();
      assertThat(sqs.receiveMessage(r -> r.queueUrl(second)).messages()).isEmpty();
      sqs.sendMessage(r -> r.queueUrl(second).messageBody("kept"));

      assertThat(cluster.node(0).stop()).isIn(0, 143);
      cluster.node(0).start();
      cluster.node(0).awaitReady();
      assertThat(sqs.receiveMessage(r -> r.queueUrl(second).waitTimeSeconds(5)).messages())
          .singleElement()
          .matches(message -> message.body().equals("kept"));
    }
  }
}
