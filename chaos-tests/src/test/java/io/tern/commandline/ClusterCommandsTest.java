package io.tern.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tern.chaos.ClusterSpec;
import io.tern.chaos.SdkClient;
import io.tern.chaos.SnsSdkClient;
import io.tern.chaos.TernCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The commands that are of no queue and no topic, and what all commands have in common. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterCommandsTest {
  /** Discards what it gets; nobody listens there. */
  private static final String NOBODY = "127.0.0.1:9";

  private final TernCluster node =
      TernCluster.start(ClusterSpec.ofNodes("command-cluster", 1).relaxed());
  private final Tern tern = new Tern(node.grpcTargets().getFirst());

  @TempDir private Path folder = Path.of("");

  @AfterAll
  void stop() {
    node.close();
  }

  @Test
  void theClusterIsShown() {
    assertThat(tern.run("cluster", "status").done().out())
        .containsPattern("state +healthy")
        .containsPattern("nodes +1 of 1 reachable");
    JsonNode status = tern.run("cluster", "status", "--output", "json").json();
    assertThat(status.get("healthy").asBoolean()).isTrue();
    assertThat(status.get("partitions").asInt()).isEqualTo(3);

    assertThat(tern.run("cluster", "nodes").done().out()).contains("n1", "zone-a", "yes");
    JsonNode n1 = tern.run("cluster", "nodes", "--output", "json").json().get("nodes").get(0);
    assertThat(n1.get("apiAddress").asText()).isEqualTo(node.grpcTargets().getFirst());
    assertThat(n1.get("partitionsLed").asInt()).isEqualTo(3);

    assertThat(tern.run("cluster", "partitions").done().out()).contains("0 (catalogue)", "n1");
    JsonNode catalogue =
        tern.run("cluster", "partitions", "--output", "json").json().get("partitions").get(0);
    assertThat(catalogue.get("catalogue").asBoolean()).isTrue();
    assertThat(catalogue.get("leader").asText()).isEqualTo("n1");
    assertThat(catalogue.get("replicas").get(0).get("nodeId").asText()).isEqualTo("n1");
  }

  @Test
  void aFileOfElasticMqIsImportedOnce() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("elasticmq.conf"),
            """
            queues {
              work {
                defaultVisibilityTimeout = 10 seconds
                deadLettersQueue { name = "dead", maxReceiveCount = 3 }
              }
              dead { }
            }
            """);
    JsonNode dry = tern.run("import", file.toString(), "--dry-run", "--output", "json").json();
    assertThat(dry.get("dryRun").asBoolean()).isTrue();
    assertThat(dry.get("results").findValuesAsText("result"))
        .containsExactly("would create", "would create");
    try (SqsClient sqs = SdkClient.of(node.endpoints().getFirst())) {
      assertThat(sqs.listQueues(r -> r.queueNamePrefix("work")).queueUrls()).isEmpty();
      assertThat(tern.run("import", file.toString()).done().out())
          .containsPattern("queue +dead +created\nqueue +work +created\n");
      String url = sqs.getQueueUrl(r -> r.queueName("work")).queueUrl();
      assertThat(
              sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                  .attributes())
          .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "10")
          .hasEntrySatisfying(
              QueueAttributeName.REDRIVE_POLICY, policy -> assertThat(policy).contains(":dead"));
    }
    assertThat(tern.run("import", file.toString()).done().out())
        .containsPattern("queue +dead +exists\nqueue +work +exists\n");
  }

  @Test
  void aFileOfGoawsIsImportedWithItsTopics() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("goaws.yaml"),
            """
            Local:
              Queues:
                - Name: yaml-queue
              Topics:
                - Name: yaml-topic
                  Subscriptions:
                    - QueueName: yaml-subscribed
                      Raw: true
            """);
    for (String result : new String[] {"created", "exists"}) {
      JsonNode done = tern.run("import", file.toString(), "--output", "json").json();
      assertThat(done.get("format").asText()).isEqualTo("goaws");
      assertThat(done.get("results").findValuesAsText("result")).hasSize(4).containsOnly(result);
    }
    try (SnsClient sns = SnsSdkClient.of(node.endpoints().getFirst())) {
      assertThat(sns.listSubscriptions().subscriptions())
          .extracting(Subscription::endpoint)
          .singleElement()
          .asString()
          .endsWith(":yaml-subscribed");
    }
    Path other = Files.writeString(folder.resolve("other"), "some: thing");
    tern.run("import", other.toString())
        .failed(1, other + " is neither a configuration of ElasticMQ nor one of goaws");
  }

  @Test
  void helpVersionAndCompletionNeedNoNode() {
    assertThat(tern.run("--version").done().out()).isEqualTo("tern 0.1.0\n");
    assertThat(tern.run("--help").done().out())
        .contains("serve", "cluster", "queue", "topic", "subscription", "import", "Examples:");
    assertThat(tern.run("queue", "--help").done().out()).contains("create", "redrive");
    assertThat(tern.run("queue", "send", "--help").done().out())
        .contains("Example:", "Exit codes:", "TERN_ENDPOINT");
    assertThat(tern.run("serve", "--help").done().out()).contains("--grpc-port");
    assertThat(tern.run("completion").done().out())
        .contains("complete", "redrive", "--deduplication-id");
  }

  @Test
  void exitCodesTellWhatWentWrong() {
    tern.run("queue", "describe", "absent").failed(1, "queue \"absent\" does not exist");
    tern.run("queue", "list", "--endpoint", NOBODY).failed(3, "no node answers at " + NOBODY);
    Outcome usage = tern.run("queue", "send");
    assertThat(usage.exit()).isEqualTo(2);
    assertThat(usage.err().lines())
        .containsExactly(
            "tern: Missing required parameter: 'NAME'", "Try 'tern queue send --help'.");
    assertThat(tern.run("queue").exit()).isEqualTo(2);
    assertThat(tern.run("quue", "list").exit()).isEqualTo(2);
    assertThat(tern.run("queue", "list", "--endpoint", "http://a:1").err())
        .contains("is no endpoint");
  }

  @Test
  void theFirstEndpointThatAnswersIsAsked() {
    tern.run("queue", "list", "--endpoint", NOBODY, "--endpoint", node.grpcTargets().getFirst())
        .done();
  }
}
