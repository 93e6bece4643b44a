package io.tern.commandline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tern.chaos.ClusterSpec;
import io.tern.chaos.SdkClient;
import io.tern.chaos.SnsSdkClient;
import io.tern.chaos.TernCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** {@code tern topic} and {@code tern subscription}, and what the AWS SDK sees of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TopicCommandsTest {
  private final TernCluster node =
      TernCluster.start(ClusterSpec.ofNodes("command-topics", 1).relaxed());
  private final SqsClient sqs = SdkClient.of(node.endpoints().getFirst());
  private final SnsClient sns = SnsSdkClient.of(node.endpoints().getFirst());
  private final Tern tern = new Tern(node.grpcTargets().getFirst());

  @AfterAll
  void stop() {
    sqs.close();
    sns.close();
    node.close();
  }

  @Test
  void createListDescribeAndDelete() {
    tern.run("topic", "describe", "absent").failed(1, "topic \"absent\" does not exist");
    assertThat(
            tern.run("topic", "create", "make-me", "--display-name", "Tea", "--tag", "a=b")
                .done()
                .out())
        .startsWith("topic \"make-me\" is there: arn:aws:sns:");
    JsonNode fifo = tern.run("topic", "create", "make.fifo", "--output", "json").json();
    assertThat(fifo.get("arn").asText()).endsWith(":make.fifo");

    assertThat(tern.run("topic", "list", "--prefix", "make").done().words())
        .containsExactly(
            List.of("TOPIC", "SUBSCRIPTIONS", "PENDING"),
            List.of("make-me", "0", "0"),
            List.of("make.fifo", "0", "0"));
    JsonNode list = tern.run("topic", "list", "--prefix", "make", "--output", "json").json();
    assertThat(list.get("topics").get(1).get("arn")).isEqualTo(fifo.get("arn"));

    assertThat(tern.run("topic", "describe", "make-me").done().out())
        .containsPattern("DisplayName +Tea")
        .containsPattern("Tag a +b");
    JsonNode described = tern.run("topic", "describe", "make.fifo", "--output", "json").json();
    assertThat(described.get("fifo").asBoolean()).isTrue();

    assertThat(tern.run("topic", "delete", "make-me").done().out())
        .isEqualTo("topic \"make-me\" is deleted\n");
    assertThat(sns.listTopics().topics()).noneMatch(topic -> topic.topicArn().endsWith(":make-me"));
    tern.run("topic", "delete", "make-me").failed(1, "topic \"make-me\" does not exist");
  }

  @Test
  void whatIsPublishedReachesTheSubscribersWhoseFilterMatches() {
    String all = sqs.createQueue(r -> r.queueName("all")).queueUrl();
    String big = sqs.createQueue(r -> r.queueName("big")).queueUrl();
    String topic = sns.createTopic(r -> r.name("orders")).topicArn();
    assertThat(tern.run("subscription", "create", "orders", "--queue", "all", "--raw").done().out())
        .startsWith("subscribed arn:aws:sqs:");
    JsonNode filtered =
        tern.run(
                "subscription",
                "create",
                "orders",
                "--queue",
                "big",
                "--raw",
                "--filter",
                "{\"amount\": [{\"numeric\": [\">\", 100]}]}",
                "--output",
                "json")
            .json();
    assertThat(filtered.get("topic").asText()).isEqualTo("orders");

    assertThat(
            tern.run("topic", "publish", "orders", "a cup", "--attribute", "amount:Number=3")
                .done()
                .out())
        .endsWith("to \"orders\"\n");
    JsonNode published =
        tern.run(
                "topic",
                "publish",
                "orders",
                "a plantation",
                "--attribute",
                "amount:Number=90000",
                "--output",
                "json")
            .json();
    assertThat(published.get("messageId").asText()).isNotEmpty();
    assertThat(bodies(big, 1)).containsExactly("a plantation");
    assertThat(bodies(all, 2)).containsExactlyInAnyOrder("a cup", "a plantation");

    String arn = filtered.get("arn").asText();
    Map<String, String> seen =
        sns.getSubscriptionAttributes(r -> r.subscriptionArn(arn)).attributes();
    assertThat(seen).containsEntry("RawMessageDelivery", "true").containsKey("FilterPolicy");
    assertThat(seen).containsEntry("TopicArn", topic);
    subscriptionsAreShownAndDeleted(arn);
  }

  private void subscriptionsAreShownAndDeleted(String arn) {
    assertThat(tern.run("subscription", "list", "--topic", "orders").done().out())
        .startsWith("TOPIC ")
        .contains(arn);
    JsonNode list = tern.run("subscription", "list", "--output", "json").json();
    assertThat(list.get("subscriptions").size()).isEqualTo(2);
    assertThat(list.get("subscriptions").get(0).get("confirmed").asBoolean()).isTrue();
    assertThat(tern.run("subscription", "describe", arn).done().out())
        .containsPattern("RawMessageDelivery +true");
    assertThat(
            tern.run("subscription", "describe", arn, "--output", "json")
                .json()
                .get("protocol")
                .asText())
        .isEqualTo("sqs");
    tern.run("subscription", "delete", arn).done();
    assertThat(sns.listSubscriptions().subscriptions()).hasSize(1);
    tern.run("subscription", "delete", arn)
        .failed(1, "subscription \"" + arn + "\" does not exist");
    assertThat(tern.run("subscription", "create", "orders").exit()).isEqualTo(2);
    tern.run("subscription", "create", "orders", "--queue", "nowhere")
        .failed(1, "queue \"nowhere\" does not exist");
  }

  private List<String> bodies(String url, int count) {
    List<Message> messages = new ArrayList<>();
    await()
        .until(() -> {
          messages.addAll(
              sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(1))
                  .messages());
          return messages.size() >= count;
        });
    return messages.stream().map(Message::body).toList();
  }
}
