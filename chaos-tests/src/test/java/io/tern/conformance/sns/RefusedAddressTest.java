package io.tern.conformance.sns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.chaos.ClusterSpec;
import io.tern.chaos.NodeProcess;
import io.tern.chaos.SdkClient;
import io.tern.chaos.SnsSdkClient;
import io.tern.chaos.TernCluster;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * A node that may not connect to loopback: web servers there get nothing, not even ones that were
 * confirmed while it was allowed.
 */
class RefusedAddressTest {
  @Test
  void nothingIsSentToARefusedAddress(@TempDir Path folder) throws IOException {
    // picocli reads more arguments from a file, which may change between starts.
    Path flags = folder.resolve("flags");
    Files.writeString(flags, "--delivery-allow=127.0.0.1\n");
    try (WebReceiver web = WebReceiver.start();
        TernCluster cluster =
            TernCluster.start(ClusterSpec.ofNodes("refused", 1).withFlags("@" + flags))) {
      URI endpoint = cluster.endpoints().getFirst();
      try (SnsClient sns = SnsSdkClient.of(endpoint);
          SqsClient sqs = SdkClient.of(endpoint)) {
        String topic = sns.createTopic(r -> r.name("refused")).topicArn();
        String dead = sqs.createQueue(r -> r.queueName("dead")).queueUrl();
        subscribe(sns, topic, web.url("/hook"), dead);
        String token = web.next("/hook").text("Token");
        sns.confirmSubscription(r -> r.topicArn(topic).token(token));

        Files.writeString(flags, "");
        NodeProcess node = cluster.node(0);
        node.stop();
        node.start();
        node.awaitReady();
        sns.publish(r -> r.topicArn(topic).message("m"));
        assertThat(next(sqs, dead).body()).contains("\"Message\" : \"m\"");
        subscribe(sns, topic, web.url("/new"), dead);
        sns.publish(r -> r.topicArn(topic).message("n"));
        assertThat(next(sqs, dead).body()).contains("\"Message\" : \"n\"");
        assertThat(web.waiting("/hook")).isZero();
        assertThat(web.waiting("/new")).isZero();
      }
    }
  }

  private static void subscribe(SnsClient sns, String topic, String url, String deadQueue) {
    sns.subscribe(r ->
        r.topicArn(topic)
            .protocol("http")
            .endpoint(url)
            .attributes(
                Map.of(
                    "RedrivePolicy",
                    "{\"deadLetterTargetArn\":\"" + Sns.queueArn(deadQueue) + "\"}")));
  }

  private static Message next(SqsClient sqs, String queue) {
    List<Message> found = sqs.receiveMessage(r -> r.queueUrl(queue).waitTimeSeconds(20)).messages();
    assertThat(found).hasSize(1);
    Message message = found.getFirst();
    sqs.deleteMessage(r -> r.queueUrl(queue).receiptHandle(message.receiptHandle()));
    return message;
  }
}
