package io.tern.commandline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tern.chaos.ClusterSpec;
import io.tern.chaos.SdkClient;
import io.tern.chaos.TernCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** {@code tern queue}: what it prints, how it ends, and what the AWS SDK sees of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueueCommandsTest {
  private final TernCluster node =
      TernCluster.start(ClusterSpec.ofNodes("command-queues", 1).relaxed());
  private final SqsClient sqs = SdkClient.of(node.endpoints().getFirst());
  private final Tern tern = new Tern(node.grpcTargets().getFirst());

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  void anOtherQueue() {
    sqs.createQueue(r -> r.queueName("other"));
  }

  @AfterAll
  void stop() {
    sqs.close();
    node.close();
  }

  @Test
  void createMakesAQueueWithItsSettings() {
    sqs.createQueue(r -> r.queueName("create-dead"));
    Outcome created =
        tern.run(
            "queue",
            "create",
            "create-me",
            "--visibility-timeout",
            "2m",
            "--retention",
            "4d",
            "--delay",
            "5s",
            "--dead-letter-queue",
            "create-dead",
            "--max-receives",
            "7",
            "--tag",
            "team=tea");
    assertThat(created.done().out()).startsWith("queue \"create-me\" is there: http");

    Map<QueueAttributeName, String> attributes = attributes("create-me");
    assertThat(attributes)
        .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "120")
        .containsEntry(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "345600")
        .containsEntry(QueueAttributeName.DELAY_SECONDS, "5");
    assertThat(attributes.get(QueueAttributeName.REDRIVE_POLICY))
        .contains(":create-dead\"")
        .contains("7");
    String url = url("create-me");
    assertThat(sqs.listQueueTags(r -> r.queueUrl(url)).tags()).containsEntry("team", "tea");

    JsonNode fifo = tern.run("queue", "create", "create.fifo", "--output", "json").json();
    assertThat(fifo.get("name").asText()).isEqualTo("create.fifo");
    assertThat(fifo.get("url").asText()).isEqualTo(url("create.fifo"));
    assertThat(tern.run("queue", "create", "plain", "--fifo").exit()).isEqualTo(2);
    assertThat(tern.run("queue", "create", "create-me", "--delay", "9s").exit()).isEqualTo(1);
  }

  @Test
  void listShowsCountsOfTheQueuesAskedFor() {
    String url = sqs.createQueue(r -> r.queueName("list-a")).queueUrl();
    sqs.createQueue(r -> r.queueName("list-b"));
    sqs.sendMessage(r -> r.queueUrl(url).messageBody("one"));
    sqs.sendMessage(r -> r.queueUrl(url).messageBody("two"));
    sqs.receiveMessage(r -> r.queueUrl(url));

    assertThat(tern.run("queue", "list", "--prefix", "list-").done().words())
        .containsExactly(
            List.of("QUEUE", "READY", "IN", "FLIGHT", "DELAYED"),
            List.of("list-a", "1", "1", "0"),
            List.of("list-b", "0", "0", "0"));
    JsonNode json = tern.run("queue", "list", "--prefix", "list-", "--output", "json").json();
    assertThat(json.get("queues").get(0).get("name").asText()).isEqualTo("list-a");
    assertThat(json.get("queues").get(0).get("messages").get("inFlight").asInt()).isEqualTo(1);
    assertThat(json.get("more").asBoolean()).isFalse();
    assertThat(tern.run("queue", "list", "--prefix", "list-", "--limit", "1").done().out())
        .contains("there are more");
  }

  @Test
  void describeShowsSettingsCountsAndTags() {
    sqs.createQueue(r -> r.queueName("describe-me").tags(Map.of("a", "b")));
    assertThat(tern.run("queue", "describe", "describe-me").done().out())
        .containsPattern("VisibilityTimeout +30s")
        .containsPattern("MessageRetentionPeriod +4d")
        .containsPattern("Tag a +b");
    JsonNode json = tern.run("queue", "describe", "describe-me", "--output", "json").json();
    assertThat(json.get("fifo").asBoolean()).isFalse();
    assertThat(json.get("attributes").get("VisibilityTimeout").asText()).isEqualTo("30");
    assertThat(json.get("messages").get("visible").asInt()).isZero();
    assertThat(json.get("tags").get("a").asText()).isEqualTo("b");
  }

  @Test
  void sendTakesAnArgumentAFileOrLines() throws IOException {
    String url = sqs.createQueue(r -> r.queueName("send.fifo").attributes(fifo())).queueUrl();
    assertThat(
            tern.run(
                    "queue",
                    "send",
                    "send.fifo",
                    "tea, \u00E9",
                    "--group",
                    "g",
                    "--deduplication-id",
                    "d",
                    "--attribute",
                    "kind=green",
                    "--attribute",
                    "cups:Number=2")
                .done()
                .out())
        .startsWith("sent message ");
    Path file = Files.writeString(folder.resolve("body"), "from a\nfile");
    tern.run("queue", "send", "send.fifo", "--file", file.toString(), "--group", "g").done();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 25; i++) {
      lines.append("line ").append(i).append('\n');
    }
    JsonNode sent =
        tern.runWith(
                lines.toString(), "queue", "send", "send.fifo", "--group", "g", "--output", "json")
            .json();
    assertThat(sent.get("sent").asInt()).isEqualTo(25);
    assertThat(sent.get("messages").size()).isEqualTo(25);

    Message first =
        sqs.receiveMessage(r ->
                r.queueUrl(url)
                    .messageAttributeNames("All")
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
            .messages()
            .getFirst();
    assertThat(first.body()).isEqualTo("tea, \u00E9");
    assertThat(first.messageAttributes())
        .hasEntrySatisfying("kind", value -> assertThat(value.stringValue()).isEqualTo("green"))
        .hasEntrySatisfying("cups", value -> assertThat(value.dataType()).isEqualTo("Number"));
    sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(first.receiptHandle()));
    assertThat(sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(3)).messages())
        .extracting(Message::body)
        .containsExactly("from a\nfile", "line 0", "line 1");
  }

  @Test
  void sendTakesCopiesAndRefusesWhatMakesNoSense() {
    sqs.createQueue(r -> r.queueName("grouped.fifo").attributes(fifo()));
    assertThat(tern.run("queue", "send", "other", "copy", "--count", "12").done().out())
        .startsWith("sent 12 messages");
    assertThat(tern.run("queue", "send", "other", "a", "--file", "b").exit()).isEqualTo(2);
    assertThat(tern.run("queue", "send", "grouped.fifo", "without a group").exit()).isEqualTo(1);
  }

  @Test
  void receivePrintsHidesAndDeletes() {
    String url = sqs.createQueue(r -> r.queueName("receive-me")).queueUrl();
    sqs.sendMessage(r -> r.queueUrl(url).messageBody("first\u009B2J"));
    assertThat(tern.run("queue", "receive", "receive-me", "--visibility", "0").done().out())
        .contains("receive 1")
        .contains("first\uFFFD2J");
    JsonNode json =
        tern.run("queue", "receive", "receive-me", "--delete", "--output", "json").json();
    assertThat(json.get("received").asInt()).isEqualTo(1);
    assertThat(json.get("messages").get(0).get("body").asText()).isEqualTo("first\u009B2J");
    assertThat(json.get("messages").get(0).get("receiptHandle").asText()).isNotEmpty();
    assertThat(attributes("receive-me"))
        .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0")
        .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "0");
    assertThat(tern.run("queue", "receive", "receive-me", "--wait", "1s").done().out())
        .isEqualTo("no messages\n");

    tern.runWith("1\n2\n3\n", "queue", "send", "receive-me").done();
    assertThat(
            tern.run("queue", "receive", "receive-me", "--follow", "--max", "3", "--delete")
                .done()
                .out())
        .contains("\n1\n", "\n2\n", "\n3\n");
    assertThat(tern.run("queue", "receive", "receive-me", "--follow").exit()).isEqualTo(2);
  }

  @Test
  void purgeAndDeleteLeaveNothing() {
    String url = sqs.createQueue(r -> r.queueName("purge-me")).queueUrl();
    sqs.sendMessage(r -> r.queueUrl(url).messageBody("gone"));
    assertThat(tern.run("queue", "purge", "purge-me").done().out())
        .isEqualTo("queue \"purge-me\" is empty\n");
    assertThat(sqs.receiveMessage(r -> r.queueUrl(url)).messages()).isEmpty();
    assertThat(
            tern.run("queue", "delete", "purge-me", "--output", "json")
                .json()
                .get("deleted")
                .asBoolean())
        .isTrue();
    tern.run("queue", "delete", "purge-me").failed(1, "queue \"purge-me\" does not exist");
  }

  @Test
  void redriveBringsDeadLettersBack() {
    String dead = sqs.createQueue(r -> r.queueName("redrive-dead")).queueUrl();
    tern.run(
            "queue",
            "create",
            "redrive-work",
            "--dead-letter-queue",
            "redrive-dead",
            "--max-receives",
            "1",
            "--visibility-timeout",
            "0")
        .done();
    String work = url("redrive-work");
    sqs.sendMessage(r -> r.queueUrl(work).messageBody("again"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          sqs.receiveMessage(r -> r.queueUrl(work));
          return count(dead) == 1;
        });
    assertThat(tern.run("queue", "redrive", "redrive-dead").done().out())
        .isEqualTo("moved 1 messages out of \"redrive-dead\"\n");
    assertThat(count(work)).isEqualTo(1);
    JsonNode begun =
        tern.run(
                "queue",
                "redrive",
                "redrive-dead",
                "--to",
                "other",
                "--no-wait",
                "--output",
                "json")
            .json();
    assertThat(begun.get("status").asText()).isEqualTo("RUNNING");
    assertThat(tern.run("queue", "redrive", "other").exit()).isEqualTo(1);
  }

  private int count(String url) {
    return Integer.parseInt(
        sqs.getQueueAttributes(r ->
                r.queueUrl(url).attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
            .attributes()
            .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
  }

  private String url(String name) {
    return sqs.getQueueUrl(r -> r.queueName(name)).queueUrl();
  }

  private Map<QueueAttributeName, String> attributes(String name) {
    String url = url(name);
    return sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.ALL))
        .attributes();
  }

  private static Map<QueueAttributeName, String> fifo() {
    return Map.of(
        QueueAttributeName.FIFO_QUEUE,
        "true",
        QueueAttributeName.CONTENT_BASED_DEDUPLICATION,
        "true");
  }
}
