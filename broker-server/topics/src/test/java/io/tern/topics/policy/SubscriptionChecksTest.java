package io.tern.topics.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.QueueName;
import io.tern.state.TopicName;
import io.tern.state.limits.ErrorCode;
import io.tern.topics.policy.SubscriptionAttributes.Subject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints and attributes of subscriptions. */
class SubscriptionChecksTest {
  private static final TopicName STANDARD = new TopicName("eu-west-1", "000000000000", "orders");
  private static final TopicName FIFO = new TopicName("eu-west-1", "000000000000", "orders.fifo");
  private static final String QUEUE = "arn:aws:sqs:eu-west-1:000000000000:q";
  private static final String FIFO_QUEUE = QUEUE + ".fifo";
  private static final Subject TO_QUEUE = new Subject(STANDARD, Protocol.SQS, QUEUE);
  private static final Subject TO_WEB = new Subject(STANDARD, Protocol.HTTP, "http://h/");
  private static final Subject TO_FIFO_QUEUE = new Subject(FIFO, Protocol.SQS, FIFO_QUEUE);

  @ParameterizedTest
  @CsvSource({
    "SQS, arn:aws:sqs:eu-west-1:000000000000:q",
    "LAMBDA, arn:aws:lambda:eu-west-1:000000000000:function:f",
    "LAMBDA, arn:aws:lambda:eu-west-1:000000000000:function:f:live",
    "FIREHOSE, arn:aws:firehose:eu-west-1:000000000000:deliverystream/s",
    "APPLICATION, arn:aws:sns:eu-west-1:000000000000:endpoint/GCM/app/1-2",
    "EMAIL, somebody@example.com",
    "EMAIL_JSON, some.body+tag@localhost",
    "HTTP, http://host:8080/path?x=y",
    "HTTP, http://under_score/",
    "HTTPS, https://user:secret@host/"
  })
  void endpoints(Protocol protocol, String endpoint) {
    assertThat(Endpoints.check(STANDARD, protocol, endpoint)).isEqualTo(Checked.good(endpoint));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SQS | | SQS endpoint ARN",
        "SQS | http://queue | SQS endpoint ARN",
        "SQS | arn:aws:sns:eu-west-1:000000000000:q | SQS endpoint ARN",
        "LAMBDA | arn:aws:sqs:eu-west-1:000000000000:q | Lambda endpoint ARN",
        "FIREHOSE | x | Firehose endpoint ARN",
        "APPLICATION | invalid arn | Application endpoint arn invalid:invalid arn",
        "EMAIL | this is not an email | Email address",
        "EMAIL | foo@bar.com;foo@example.com | Email address",
        "EMAIL_JSON | foo | Email address",
        "HTTP | https://host/ | Endpoint must match the specified protocol",
        "HTTPS | http://host/ | Endpoint must match the specified protocol",
        "HTTP | | Endpoint must match the specified protocol",
        "HTTP | http:// | Endpoint",
        "HTTP | http://user@/ | Endpoint",
        "HTTP | http://a b/ | Endpoint",
        "SQS | arn:aws:sqs:eu-west-1:000000000000:q.fifo | Invalid parameter: Endpoint Reason:"
            + " FIFO SQS Queues can not be subscribed to standard SNS topics"
      })
  void badEndpoints(Protocol protocol, @Nullable String endpoint, String why) {
    assertThat(Endpoints.check(STANDARD, protocol, endpoint).refusal())
        .contains(Refusal.invalid(why));
  }

  @ParameterizedTest
  @CsvSource({
    "+1-555-123-4567, +15551234567",
    "+4917012345678, +4917012345678",
    "1.555.123.4567, 15551234567",
    "+1/555/1234567, +15551234567"
  })
  void phoneNumbers(String given, String stored) {
    assertThat(Endpoints.check(STANDARD, Protocol.SMS, given)).isEqualTo(Checked.good(stored));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "+1--5551234567", "/15551234567", "abc", "+1555123a567", "+15551234567."})
  void badPhoneNumbers(String given) {
    assertThat(Endpoints.check(STANDARD, Protocol.SMS, given).refusal())
        .contains(new Refusal(ErrorCode.SNS_INVALID_PARAMETER, "Invalid SMS endpoint: " + given));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aFifoTopicTakesQueuesOnly(Protocol protocol) {
    assertThat(Endpoints.check(FIFO, protocol, FIFO_QUEUE).refusal())
        .isEqualTo(
            protocol == Protocol.SQS
                ? Optional.empty()
                : Optional.of(
                    Refusal.invalid(
                        "Invalid parameter: Endpoint Reason: Please use FIFO SQS queue")));
    assertThat(Endpoints.check(FIFO, Protocol.SQS, QUEUE)).isEqualTo(Checked.good(QUEUE));
  }

  @Test
  void protocols() {
    assertThat(Endpoints.protocol("email-json")).isEqualTo(Checked.good(Protocol.EMAIL_JSON));
    assertThat(Endpoints.protocol("carrier").refusal())
        .contains(Refusal.invalid("Amazon SNS does not support this protocol string: carrier"));
    assertThat(Endpoints.protocol("SQS").refusal()).isPresent();
  }

  @Test
  void passwordsAreNotShown() {
    assertThat(Endpoints.shown("https://user:p:w@host/a@b"))
        .isEqualTo("https://user:****@host/a@b");
    assertThat(Endpoints.shown("https://user@host/")).isEqualTo("https://user@host/");
    assertThat(Endpoints.shown(QUEUE)).isEqualTo(QUEUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "RawMessageDelivery | True | true",
        "FilterPolicyScope | MessageBody | MessageBody",
        "FilterPolicy | {\"a\":[1]} | {\"a\":[1]}",
        "RedrivePolicy | `` | ``",
        "DeliveryPolicy | `` | ``",
        "ReplayPolicy | `` | ``",
        "SubscriptionRoleArn | arn:aws:iam::1:role/r | arn:aws:iam::1:role/r",
        "RedrivePolicy | { \"deadLetterTargetArn\": \"arn:aws:sqs:eu-west-1:1:d\" }"
            + " | {\"deadLetterTargetArn\":\"arn:aws:sqs:eu-west-1:1:d\"}"
      })
  void attributes(String name, String value, String stored) {
    assertThat(SubscriptionAttributes.set(TO_QUEUE, name, value)).isEqualTo(Checked.good(stored));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "RawMessageDelivery | x | RawMessageDelivery: Invalid value [x]. Must be true or false.",
        "RawMessageDelivery | `` | RawMessageDelivery: Invalid value []. Must be true or false.",
        "FilterPolicyScope | x | FilterPolicyScope: Invalid value [x]. Please use either"
            + " MessageBody or MessageAttributes",
        "RedrivePolicy | x | RedrivePolicy: failed to parse JSON.",
        "RedrivePolicy | [] | RedrivePolicy: failed to parse JSON.",
        "RedrivePolicy | {} | RedrivePolicy: deadLetterTargetArn is an invalid arn",
        "RedrivePolicy | {\"deadLetterTargetArn\":1}"
            + " | RedrivePolicy: deadLetterTargetArn is an invalid arn",
        "RedrivePolicy | {\"deadLetterTargetArn\":\"x\"}"
            + " | RedrivePolicy: deadLetterTargetArn is an invalid arn",
        "RedrivePolicy | {\"deadLetterTargetArn\":\"arn:aws:sqs:eu-west-1:1:d.fifo\"}"
            + " | RedrivePolicy: must use a standard queue as DLQ for a standard Subscription.",
        "DeliveryPolicy | {} | Delivery protocol [sqs] does not support delivery policies.",
        "ReplayPolicy | {} | ReplayPolicy: can only be set for FIFO topics",
        "SubscriptionRoleArn | x"
            + " | SubscriptionRoleArn: Invalid value [x]. Must be the ARN of a role."
      })
  void badAttributes(String name, String value, String why) {
    assertThat(SubscriptionAttributes.set(TO_QUEUE, name, value).refusal())
        .contains(Refusal.invalid(why));
    assertThat(SubscriptionAttributes.create(TO_QUEUE, Map.of(name, value)).refusal())
        .contains(Refusal.invalid("Attributes Reason: " + why));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Unknown", "TopicArn", "Owner", "Token"})
  void unknownNames(String name) {
    assertThat(SubscriptionAttributes.set(TO_QUEUE, name, "x").refusal())
        .contains(Refusal.invalid("AttributeName"));
  }

  @Test
  void rawIsForSome() {
    Subject mail = new Subject(STANDARD, Protocol.EMAIL, "a@b");
    assertThat(SubscriptionAttributes.set(mail, "RawMessageDelivery", "true").refusal())
        .contains(
            Refusal.invalid("Delivery protocol [email] does not support raw message delivery."));
    assertThat(SubscriptionAttributes.set(mail, "RawMessageDelivery", "false"))
        .isEqualTo(Checked.good("false"));
    assertThat(SubscriptionAttributes.set(TO_WEB, "RawMessageDelivery", "true"))
        .isEqualTo(Checked.good("true"));
  }

  @Test
  void aFifoSubscriptionNeedsAFifoDeadLetterQueue() {
    assertThat(
            SubscriptionAttributes.set(
                    TO_FIFO_QUEUE, "RedrivePolicy", "{\"deadLetterTargetArn\":\"" + QUEUE + "\"}")
                .refusal())
        .contains(
            Refusal.invalid(
                "RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO"
                    + " Topic."));
    String policy = "{\"deadLetterTargetArn\":\"" + FIFO_QUEUE + "\"}";
    assertThat(SubscriptionAttributes.set(TO_FIFO_QUEUE, "RedrivePolicy", policy))
        .isEqualTo(Checked.good(policy));
    assertThat(SubscriptionAttributes.deadLetterQueue(policy))
        .contains(new QueueName("000000000000", "q.fifo"));
    assertThat(SubscriptionAttributes.deadLetterQueue(null)).isEmpty();
  }

  @Test
  void creating() {
    assertThat(
            SubscriptionAttributes.create(
                TO_QUEUE, Map.of("RawMessageDelivery", "TRUE", "RedrivePolicy", "")))
        .isEqualTo(
            Checked.good(new TreeMap<>(Map.of("RawMessageDelivery", "true", "RedrivePolicy", ""))));
    Subject stream = new Subject(STANDARD, Protocol.FIREHOSE, "x");
    assertThat(SubscriptionAttributes.create(stream, Map.of()).refusal()).isPresent();
    assertThat(SubscriptionAttributes.create(stream, Map.of("SubscriptionRoleArn", "")).refusal())
        .isPresent();
    assertThat(
            SubscriptionAttributes.create(
                    stream, Map.of("SubscriptionRoleArn", "arn:aws:iam::1:role/r"))
                .refusal())
        .isEmpty();
  }

  @Test
  void aSubscriptionMadeAgainIsTheSameIfAllGivenIsInForce() {
    SortedMap<String, String> stored =
        new TreeMap<>(Map.of("FilterPolicy", "{\"a\":[1],\"b\":[2]}"));
    assertThat(again(stored, Map.of())).isTrue();
    assertThat(again(stored, Map.of("FilterPolicy", "{\"b\":[2],\"a\":[1]}"))).isTrue();
    assertThat(again(stored, Map.of("FilterPolicyScope", "MessageAttributes"))).isTrue();
    assertThat(again(stored, Map.of("RawMessageDelivery", "false"))).isTrue();
    assertThat(again(stored, Map.of("RawMessageDelivery", "true"))).isFalse();
    assertThat(again(stored, Map.of("FilterPolicyScope", "MessageBody"))).isFalse();
    assertThat(again(stored, Map.of("RedrivePolicy", "{}"))).isFalse();
    assertThat(again(stored, Map.of("RedrivePolicy", ""))).isTrue();
    assertThat(again(stored, Map.of("FilterPolicy", ""))).as("another one").isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x | failed to parse JSON",
        "{\"PointType\":\"Timestamp\"} | StartingPoint must be a timestamp in ISO 8601",
        "{\"StartingPoint\":\"yesterday\"} | StartingPoint must be a timestamp in ISO 8601",
        "{\"PointType\":\"Number\",\"StartingPoint\":\"2025-01-01T00:00:00.000Z\"}"
            + " | PointType must be Timestamp",
        "{\"From\":1} | Unexpected JSON member: From",
        "{\"StartingPoint\":\"2025-01-01T00:00:00.000Z\",\"EndingPoint\":\"x\"}"
            + " | EndingPoint must be a timestamp in ISO 8601",
        "{\"StartingPoint\":\"2025-01-01T00:00:00Z\",\"EndingPoint\":\"2025-01-01T00:00:00Z\"}"
            + " | EndingPoint must be later than StartingPoint"
      })
  void badReplayPolicies(String policy, String why) {
    assertThat(SubscriptionAttributes.set(TO_FIFO_QUEUE, "ReplayPolicy", policy).refusal())
        .contains(Refusal.invalid("ReplayPolicy: " + why));
  }

  @Test
  void replayPolicies() {
    String policy =
        "{\"PointType\":\"Timestamp\",\"StartingPoint\":\"2025-01-01T00:00:00.000Z\","
            + "\"EndingPoint\":\"2025-01-02T01:00:00.000+01:00\"}";
    assertThat(SubscriptionAttributes.set(TO_FIFO_QUEUE, "ReplayPolicy", policy))
        .isEqualTo(Checked.good(policy));
    assertThat(SubscriptionAttributes.set(TO_FIFO_QUEUE, "ReplayPolicy", "{}"))
        .as("removed")
        .isEqualTo(Checked.good(""));
    long start = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();
    ReplayPolicies.Window window = ReplayPolicies.window(policy).orElseThrow();
    assertThat(window).isEqualTo(new ReplayPolicies.Window(start, start + 86_400_000));
    assertThat(ReplayPolicies.notBefore(AttributeCall.SET, window, start)).isEmpty();
    assertThat(ReplayPolicies.notBefore(AttributeCall.SET, window, start + 1)).isPresent();
    assertThat(ReplayPolicies.notBefore(AttributeCall.SET, window, -1)).isPresent();
    assertThat(ReplayPolicies.window("{\"StartingPoint\":\"2025-01-01T00:00:00.000Z\"}"))
        .contains(new ReplayPolicies.Window(start, -1));
    assertThat(ReplayPolicies.window(null)).isEmpty();
  }

  private static boolean again(SortedMap<String, String> stored, Map<String, String> given) {
    return SubscriptionAttributes.includes(stored, new TreeMap<>(given));
  }
}
