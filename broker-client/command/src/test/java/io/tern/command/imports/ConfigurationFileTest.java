package io.tern.command.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of ElasticMQ and goaws are told apart and read; others are refused. */
class ConfigurationFileTest {
  private static final String ELASTICMQ =
      """
      include classpath("application.conf")
      node-address { host = "*", port = ${?PORT} }
      queues {
        work {
          defaultVisibilityTimeout = 10 seconds
          delay = 5s
          receiveMessageWait = 0 seconds
          deadLettersQueue { name = "dead", maxReceiveCount = 3 }
          copyTo = "audit"
          tags { team = tea, cost = 7 }
        }
        dead { }
        bookings { fifo = true, contentBasedDeduplication = true }
      }
      """;

  private static final String GOAWS =
      """
      Local:
        Host: localhost
        QueueAttributeDefaults:
          VisibilityTimeout: 10
          MaximumMessageSize: 128
        Queues:
          - Name: q1
          - Name: q2
            VisibilityTimeout: 150
            RedrivePolicy: '{"maxReceiveCount": 100, "deadLetterTargetArn":"arn:aws:sqs:a:b:q1"}'
        Topics:
          - Name: t1
            Subscriptions:
              - QueueName: q3
                Raw: true
                FilterPolicy: '{"foo":["bar"]}'
              - Protocol: https
                EndPoint: https://shop.example/hook
          - Name: t2
      Empty:
        Host: localhost
        Queues: []
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void elasticMqsQueuesAreRead() {
    Plan plan = plan(ELASTICMQ, "Local");
    assertThat(plan.format()).isEqualTo("elasticmq");
    assertThat(plan.queues())
        .containsExactly(
            new Plan.Queue(
                "bookings.fifo",
                Map.of("FifoQueue", "true", "ContentBasedDeduplication", "true"),
                Optional.empty(),
                Map.of()),
            new Plan.Queue("dead", Map.of(), Optional.empty(), Map.of()),
            new Plan.Queue(
                "work",
                Map.of(
                    "VisibilityTimeout", "10",
                    "DelaySeconds", "5",
                    "ReceiveMessageWaitTimeSeconds", "0"),
                Optional.of(new Plan.DeadLetters("dead", 3)),
                Map.of("team", "tea", "cost", "7")));
    assertThat(plan.notes()).singleElement().asString().contains("copyTo", "\"work\"");
  }

  @Test
  void filesBesideTheFileAreIncluded() throws IOException {
    Files.writeString(folder.resolve("more.conf"), "queues { extra {} }");
    Plan plan = plan("include \"more.conf\"\nqueues { own {} }", "Local");
    assertThat(plan.queues()).extracting(Plan.Queue::name).containsExactly("extra", "own");
  }

  @Test
  void goawsQueuesTopicsAndSubscriptionsAreRead() {
    Plan plan = plan(GOAWS, "Local");
    assertThat(plan.format()).isEqualTo("goaws");
    assertThat(plan.queues()).extracting(Plan.Queue::name).containsExactly("q1", "q2", "q3");
    assertThat(plan.queues().get(1).attributes())
        .containsEntry("VisibilityTimeout", "150")
        .containsEntry("MaximumMessageSize", "1024");
    assertThat(plan.queues().get(1).deadLetters()).contains(new Plan.DeadLetters("q1", 100));
    assertThat(plan.topics()).extracting(Plan.Topic::name).containsExactly("t1", "t2");
    assertThat(plan.subscriptions())
        .containsExactly(
            new Plan.Subscription(
                "t1",
                "q3",
                "sqs",
                "",
                Map.of("RawMessageDelivery", "true", "FilterPolicy", "{\"foo\":[\"bar\"]}")),
            new Plan.Subscription("t1", "", "https", "https://shop.example/hook", Map.of()));
    assertThat(plan.notes()).hasSize(3).allMatch(note -> note.contains("1024"));
  }

  @Test
  void anotherEnvironmentIsChosenByName() {
    assertThat(plan(GOAWS, "Empty").queues()).isEmpty();
    assertThatThrownBy(() -> plan(GOAWS, "Nowhere"))
        .hasMessageContaining("Nowhere")
        .hasMessageContaining("Empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "just text", "a: 1", "{\"a\": {\"b\": []}}", "a { b = ", "\t- x: [}"})
  void otherFilesAreOfNobody(String text) {
    assertThat(ConfigurationFile.plan(text, folder, "Local")).isEmpty();
  }

  @Test
  void deadLetterQueuesComeFirst() {
    Plan plan = plan(ELASTICMQ, "Local");
    List<String> names = plan.queuesInOrder().stream().map(Plan.Queue::name).toList();
    assertThat(names.indexOf("dead")).isLessThan(names.indexOf("work"));
    assertThat(plan.queuesOutside()).isEmpty();
  }

  @Test
  void queuesThatTheFileNeedsAndDoesNotDefineAreFound() {
    Plan plan =
        plan("queues { a { deadLettersQueue { name = gone, maxReceiveCount = 2 } } }", "Local");
    assertThat(plan.queuesOutside()).containsExactly("gone");
  }

  @Test
  void aCircleOfDeadLetterQueuesIsRefused() {
    Plan plan =
        plan(
            """
            queues {
              a { deadLettersQueue { name = b, maxReceiveCount = 2 } }
              b { deadLettersQueue { name = a, maxReceiveCount = 2 } }
            }
            """,
            "Local");
    assertThatThrownBy(plan::queuesInOrder).hasMessageContaining("a, b");
  }

  private Plan plan(String text, String environment) {
    return ConfigurationFile.plan(text, folder, environment).orElseThrow();
  }
}
