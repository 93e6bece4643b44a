package io.tern.topics.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.TopicName;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, addresses and attributes of topics. */
class TopicChecksTest {
  private static final String REGION = "eu-west-1";
  private static final TopicName STANDARD = new TopicName(REGION, "000000000000", "orders");
  private static final TopicName FIFO = new TopicName(REGION, "000000000000", "orders.fifo");

  @ParameterizedTest
  @CsvSource({
    "a, false, true",
    "A-z_0, false, true",
    "a.fifo, true, true",
    "a.fifo, false, false",
    "a, true, false",
    ".fifo, true, false",
    "a.b, false, false",
    "a.b.fifo, true, false",
    "a b, false, false",
    "'', false, false",
    "ä, false, false"
  })
  void names(String name, boolean fifo, boolean fine) {
    assertThat(TopicNames.check(name, fifo))
        .isEqualTo(fine ? Optional.empty() : Optional.of(Refusal.invalid("Topic Name")));
  }

  @Test
  void theSuffixCounts() {
    assertThat(TopicNames.check("a".repeat(256), false)).isEmpty();
    assertThat(TopicNames.check("a".repeat(257), false)).isPresent();
    assertThat(TopicNames.check("a".repeat(251) + ".fifo", true)).isEmpty();
    assertThat(TopicNames.check("a".repeat(252) + ".fifo", true)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | TopicArn Reason: An ARN must have at least 6 elements, not 1",
        "a:b:c | TopicArn Reason: An ARN must have at least 6 elements, not 3",
        "arn:aws:sns:us-east-1:1:a | TopicArn",
        "arn:aws:sqs:eu-west-1:1:a | TopicArn",
        "arn:aws:sns:eu-west-1:1:a:b | TopicArn"
      })
  void badAddressesOfTopics(String arn, String why) {
    assertThat(ArnChecks.topic("TopicArn", arn, REGION).refusal()).contains(Refusal.invalid(why));
  }

  @Test
  void addresses() {
    assertThat(ArnChecks.topic("TopicArn", "arn:aws:sns:eu-west-1:000000000000:orders", REGION))
        .isEqualTo(Checked.good(STANDARD));
    assertThat(ArnChecks.topic("TopicArn", null, REGION).refusal())
        .contains(Refusal.invalid("TopicArn Reason: no value for required parameter"));
    assertThat(ArnChecks.subscription("SubscriptionArn", null).refusal())
        .contains(Refusal.invalid("SubscriptionArn Reason: no value for required parameter"));
    assertThat(ArnChecks.subscription("SubscriptionArn", "x").refusal())
        .contains(
            Refusal.invalid("SubscriptionArn Reason: An ARN must have at least 6 elements, not 1"));
    String topic = "arn:aws:sns:eu-west-1:000000000000:orders";
    assertThat(ArnChecks.subscription("SubscriptionArn", topic).refusal())
        .contains(Refusal.invalid("SubscriptionId"));
    assertThat(
            ArnChecks.subscription(
                    "SubscriptionArn", topic + ":11111111-2222-4333-8444-555555555555")
                .refusal())
        .isEmpty();
    assertThat(ArnChecks.endpoint("EndpointArn", "arn:aws:sns:eu-west-1:1:endpoint/GCM/a/b"))
        .isEmpty();
    assertThat(ArnChecks.endpoint("EndpointArn", "arn:aws:sns:eu-west-1:1:endpoint/GCM/a"))
        .contains(
            Refusal.invalid(
                "EndpointArn Reason: Wrong number of slashes in relative portion of the ARN."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DisplayName | Orders | Orders",
        "DisplayName | '' | ''",
        "SignatureVersion | 2 | 2",
        "SignatureVersion | '' | ''",
        "TracingConfig | Active | Active",
        "KmsMasterKeyId | alias/aws/sns | alias/aws/sns",
        "HTTPSuccessFeedbackRoleArn | arn:aws:iam::1:role/x | arn:aws:iam::1:role/x",
        "ApplicationFailureFeedbackRoleArn | '' | ''",
        "LambdaSuccessFeedbackSampleRate | 100 | 100",
        "ContentBasedDeduplication | False | ''",
        "DeliveryPolicy | '' | ''",
        "Policy | '' | ''"
      })
  void attributesOfAStandardTopic(String name, String value, String stored) {
    assertThat(TopicAttributes.set(STANDARD, name, value)).isEqualTo(Checked.good(stored));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ContentBasedDeduplication | TRUE | true",
        "ContentBasedDeduplication | '' | false",
        "FifoThroughputScope | MessageGroup | MessageGroup",
        "ArchivePolicy | { \"MessageRetentionPeriod\": 30 } | {\"MessageRetentionPeriod\":\"30\"}",
        "ArchivePolicy | {} | ''"
      })
  void attributesOfAFifoTopic(String name, String value, String stored) {
    assertThat(TopicAttributes.set(FIFO, name, value)).isEqualTo(Checked.good(stored));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Unknown | x | AttributeName",
        "FifoTopic | true | AttributeName",
        "Owner | x | AttributeName",
        "SignatureVersion | 3 | SignatureVersion: Invalid value [3]. Must be 1 or 2.",
        "TracingConfig | x | TracingConfig: Invalid value [x]. Must be PassThrough or Active.",
        "SQSSuccessFeedbackSampleRate | 500"
            + " | SQSSuccessFeedbackSampleRate: 500 value provided is not an integer between 0-100",
        "ContentBasedDeduplication | true"
            + " | ContentBasedDeduplication: can only be set for FIFO topics",
        "ContentBasedDeduplication | x"
            + " | ContentBasedDeduplication: Invalid value [x]. Must be true or false.",
        "FifoThroughputScope | Topic | FifoThroughputScope: can only be set for FIFO topics",
        "ArchivePolicy | {} | ArchivePolicy: can only be set for FIFO topics",
        "Policy | x | Policy Error: null",
        "DeliveryPolicy | x | DeliveryPolicy: failed to parse JSON"
      })
  void badAttributes(String name, String value, String why) {
    assertThat(TopicAttributes.set(STANDARD, name, value).refusal()).contains(Refusal.invalid(why));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "{\"MessageRetentionPeriod\":\"0\"}",
        "{\"MessageRetentionPeriod\":\"366\"}",
        "{\"MessageRetentionPeriod\":\"1.5\"}",
        "{\"MessageRetentionPeriod\":\"1\",\"x\":1}",
        "{\"x\":\"1\"}"
      })
  void badArchivePolicies(String policy) {
    assertThat(TopicAttributes.set(FIFO, "ArchivePolicy", policy).refusal()).isPresent();
  }

  @Test
  void howLongIsArchived() {
    assertThat(ArchivePolicies.millis("{\"MessageRetentionPeriod\":\"365\"}"))
        .isEqualTo(365L * 86_400_000);
    assertThat(ArchivePolicies.millis(null)).isZero();
    assertThat(ArchivePolicies.millis("")).isZero();
  }

  @Test
  void aDisplayNameIsShort() {
    assertThat(TopicAttributes.set(STANDARD, "DisplayName", "ä".repeat(100)).refusal()).isEmpty();
    assertThat(TopicAttributes.set(STANDARD, "DisplayName", "ä".repeat(101)).refusal()).isPresent();
    assertThat(TopicAttributes.set(STANDARD, "DisplayName", "a\nb").refusal()).isPresent();
  }

  @Test
  void creating() {
    assertThat(created(STANDARD, Map.of("FifoTopic", "false", "DisplayName", "")))
        .isEqualTo(Map.of("DisplayName", ""));
    assertThat(refusal(FIFO, Map.of("FifoTopic", "true", "TracingConfig", "Active")))
        .contains(
            Refusal.invalid("Attributes Reason: TracingConfig: can not be set for FIFO topics"));
    assertThat(TopicAttributes.set(FIFO, "TracingConfig", "PassThrough").refusal())
        .contains(Refusal.invalid("TracingConfig: can not be set for FIFO topics"));
    assertThat(created(FIFO, Map.of("FifoTopic", "True", "ContentBasedDeduplication", "True")))
        .isEqualTo(Map.of("FifoTopic", "true", "ContentBasedDeduplication", "true"));
    assertThat(refusal(FIFO, Map.of())).contains(Refusal.invalid("Topic Name"));
    assertThat(refusal(STANDARD, Map.of("FifoTopic", "true")))
        .contains(Refusal.invalid("Topic Name"));
    assertThat(refusal(STANDARD, Map.of("FifoTopic", "x")))
        .contains(
            Refusal.invalid(
                "Attributes Reason: FifoTopic: Invalid value [x]. Must be true or false."));
    assertThat(refusal(STANDARD, Map.of("Nothing", "x")))
        .contains(Refusal.invalid("Attributes Reason: Unknown attribute: Nothing"));
    assertThat(refusal(STANDARD, Map.of("SQSSuccessFeedbackSampleRate", "500")))
        .contains(
            Refusal.invalid(
                "Attributes Reason: SQSSuccessFeedbackSampleRate: 500 value provided is not an"
                    + " integer between 0-100"));
  }

  @Test
  void aTopicCreatedAgainIsTheSameIfAllWasGivenBefore() {
    SortedMap<String, String> stored =
        new TreeMap<>(Map.of("DisplayName", "x", "DeliveryPolicy", "{\"a\":1,\"b\":2}"));

    assertThat(again(stored, Map.of())).isTrue();
    assertThat(again(stored, Map.of("DisplayName", "x"))).isTrue();
    assertThat(again(stored, Map.of("DeliveryPolicy", "{\"b\":2,\"a\":1}"))).isTrue();
    assertThat(again(stored, Map.of("DisplayName", "y"))).isFalse();
    assertThat(again(stored, Map.of("SignatureVersion", "1"))).isFalse();
    assertThat(again(stored, Map.of("SignatureVersion", "", "Policy", ""))).isTrue();
    assertThat(again(stored, Map.of("DisplayName", ""))).as("another one").isFalse();
    assertThat(again(stored, Map.of("Policy", TopicPolicy.defaultOf(STANDARD)))).isTrue();
  }

  private static boolean again(SortedMap<String, String> stored, Map<String, String> given) {
    return TopicAttributes.includes(STANDARD, stored, new TreeMap<>(given));
  }

  private static SortedMap<String, String> created(TopicName topic, Map<String, String> given) {
    return TopicAttributes.create(topic, given).orThrow(PolicyTests::unexpected);
  }

  private static Optional<Refusal> refusal(TopicName topic, Map<String, String> given) {
    return TopicAttributes.create(topic, given).refusal();
  }
}
