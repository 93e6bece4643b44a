package io.tern.conformance.sns;

import static io.tern.conformance.sns.SnsErrorCase.invalid;
import static io.tern.conformance.sns.SnsErrorCase.plain;
import static io.tern.conformance.sns.SnsErrorCase.refused;

import java.util.ArrayList;
import java.util.List;

/** Rows of {@link SnsErrorsTest}: endpoints and attributes of subscriptions. */
final class SubscriptionErrorCases {
  private static final String DEAD = "{\"deadLetterTargetArn\":\"%s\"}";

  private SubscriptionErrorCases() {}

  static List<SnsErrorCase> all() {
    List<SnsErrorCase> rows = new ArrayList<>(endpoints());
    rows.addAll(phoneNumbers());
    rows.addAll(fifoTopics());
    rows.addAll(again());
    rows.addAll(attributes());
    rows.addAll(deadLetters());
    rows.addAll(replays());
    rows.add(
        invalid("AttributeName")
            .when("an unknown name", "SetSubscriptionAttributes", set("{sub}", "Color", "red")));
    rows.add(
        invalid("AttributeName")
            .when("a derived one", "SetSubscriptionAttributes", set("{sub}", "Protocol", "sqs")));
    return rows;
  }

  private static List<SnsErrorCase> endpoints() {
    String unsupported = "Amazon SNS does not support this protocol string: ";
    return List.of(
        invalid(unsupported + "pigeon")
            .when("an unknown protocol", "Subscribe", subscribe("{topic}", "pigeon", "coop")),
        invalid(unsupported + "SQS")
            .when("capitals", "Subscribe", subscribe("{topic}", "SQS", "{otherQueue}")),
        invalid("SQS endpoint ARN")
            .when("a queue's URL", "Subscribe", subscribe("{topic}", "sqs", "http://h/1/q")),
        invalid("SQS endpoint ARN")
            .when("a topic", "Subscribe", subscribe("{topic}", "sqs", "{topic}")),
        invalid(
                "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to"
                    + " standard SNS topics")
            .when("a FIFO queue", "Subscribe", subscribe("{topic}", "sqs", "{fifoQueue}")),
        refused().when("another scheme", "Subscribe", subscribe("{topic}", "https", "http://h/")),
        refused().when("no URL", "Subscribe", subscribe("{topic}", "http", "host")),
        refused().when("no address", "Subscribe", subscribe("{topic}", "email", "nobody")),
        refused().when("no function", "Subscribe", subscribe("{topic}", "lambda", "{queue}")),
        refused().when("no device", "Subscribe", subscribe("{topic}", "application", "{app}")),
        refused()
            .when(
                "a stream without a role",
                "Subscribe",
                subscribe(
                    "{topic}",
                    "firehose",
                    "arn:aws:firehose:us-east-1:000000000000:deliverystream/s")),
        invalid("Endpoint Reason: Endpoint does not exist for endpoint arn{missingEndpoint}")
            .when(
                "a deleted device",
                "Subscribe",
                subscribe("{topic}", "application", "{missingEndpoint}")));
  }

  private static List<SnsErrorCase> phoneNumbers() {
    List<SnsErrorCase> rows = new ArrayList<>();
    for (String number :
        List.of("NAA+15551234567", "+15--551234567", "/+15551234567", "+1555123456.", "none")) {
      rows.add(
          plain("Invalid SMS endpoint: " + number)
              .when(number, "Subscribe", subscribe("{topic}", "sms", number)));
    }
    return rows;
  }

  private static List<SnsErrorCase> fifoTopics() {
    List<SnsErrorCase> rows = new ArrayList<>();
    for (String[] endpoint :
        List.of(
            new String[] {"http", "http://host/"},
            new String[] {"email", "a@example.org"},
            new String[] {"sms", "+15551234567"},
            new String[] {"lambda", "arn:aws:lambda:us-east-1:000000000000:function:f"})) {
      rows.add(
          invalid("Invalid parameter: Endpoint Reason: Please use FIFO SQS queue")
              .when(
                  endpoint[0] + " of a FIFO topic",
                  "Subscribe",
                  subscribe("{fifo}", endpoint[0], endpoint[1])));
    }
    return rows;
  }

  private static List<SnsErrorCase> again() {
    SnsErrorCase.Expected different =
        invalid("Attributes Reason: Subscription already exists with different attributes");
    return List.of(
        different.when(
            "raw now",
            "Subscribe",
            subscribe("{topic}", "sqs", "{queue}", "RawMessageDelivery", "true")),
        different.when(
            "another filter",
            "Subscribe",
            subscribe("{topic}", "sqs", "{queue}", "FilterPolicy", "{\"known\":[\"w\"]}")),
        different.when(
            "another scope",
            "Subscribe",
            subscribe("{topic}", "sqs", "{queue}", "FilterPolicyScope", "MessageBody")));
  }

  /** Each refused when subscribing and when set afterwards, with the two beginnings. */
  private static List<SnsErrorCase> attributes() {
    List<SnsErrorCase> rows = new ArrayList<>();
    both(
        rows,
        "RawMessageDelivery",
        "maybe",
        "RawMessageDelivery: Invalid value [maybe]. Must be true or false.");
    both(
        rows,
        "RawMessageDelivery",
        "",
        "RawMessageDelivery: Invalid value []. Must be true or false.");
    both(
        rows,
        "FilterPolicyScope",
        "Everything",
        "FilterPolicyScope: Invalid value [Everything]. Please use either MessageBody or"
            + " MessageAttributes");
    rows.add(
        refused()
            .when(
                "a delivery policy of a queue",
                "SetSubscriptionAttributes",
                set("{sub}", "DeliveryPolicy", "{\"guaranteed\":false}")));
    rows.add(
        refused()
            .when(
                "no role",
                "SetSubscriptionAttributes",
                set("{sub}", "SubscriptionRoleArn", "role")));
    rows.add(
        refused()
            .when(
                "raw mail",
                "Subscribe",
                subscribe("{topic}", "email", "b@example.org", "RawMessageDelivery", "true")));
    return rows;
  }

  private static List<SnsErrorCase> deadLetters() {
    List<SnsErrorCase> rows = new ArrayList<>();
    both(
        rows,
        "RedrivePolicy",
        DEAD.formatted("fake-arn"),
        "RedrivePolicy: deadLetterTargetArn is an invalid arn");
    String fifoDead =
        "RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.";
    rows.add(
        invalid("Attributes Reason: " + fifoDead)
            .when(
                "a standard dead-letter queue",
                "Subscribe",
                subscribe(
                    "{fifo}",
                    "sqs",
                    "{otherQueue}.fifo",
                    "RedrivePolicy",
                    DEAD.formatted("{queue}"))));
    rows.add(
        invalid(fifoDead)
            .when(
                "a standard dead-letter queue",
                "SetSubscriptionAttributes",
                set("{fifoSub}", "RedrivePolicy", DEAD.formatted("{queue}"))));
    for (String policy : List.of("nothing", "{}", "[1]")) {
      rows.add(
          refused()
              .when(
                  "RedrivePolicy " + policy,
                  "SetSubscriptionAttributes",
                  set("{sub}", "RedrivePolicy", policy)));
    }
    return rows;
  }

  private static List<SnsErrorCase> replays() {
    List<SnsErrorCase> rows = new ArrayList<>();
    String start = "{\"PointType\":\"Timestamp\",\"StartingPoint\":\"2026-01-01T00:00:00.000Z\"";
    for (String policy :
        List.of(
            "nothing",
            "{}",
            "{\"PointType\":\"Timestamp\",\"StartingPoint\":\"yesterday\"}",
            start + ",\"EndingPoint\":\"2025-01-01T00:00:00.000Z\"}",
            start + "}")) {
      rows.add(
          refused()
              .when(
                  "ReplayPolicy " + policy,
                  "SetSubscriptionAttributes",
                  set("{fifoSub}", "ReplayPolicy", policy)));
    }
    rows.add(
        refused()
            .when(
                "a replay of a standard topic",
                "SetSubscriptionAttributes",
                set("{sub}", "ReplayPolicy", start + "}")));
    return rows;
  }

  private static void both(List<SnsErrorCase> rows, String name, String value, String text) {
    rows.add(
        invalid("Attributes Reason: " + text)
            .when(
                name + " " + value,
                "Subscribe",
                subscribe("{topic}", "sqs", "{otherQueue}", name, value)));
    rows.add(
        invalid(text)
            .when(name + " " + value, "SetSubscriptionAttributes", set("{sub}", name, value)));
  }

  static String subscribe(String topic, String protocol, String endpoint, String... attributes) {
    StringBuilder form =
        new StringBuilder("TopicArn=" + topic + "&Protocol=" + protocol + "&Endpoint=" + endpoint);
    for (int i = 0; i < attributes.length; i += 2) {
      String entry = "&Attributes.entry." + (i / 2 + 1);
      form.append(entry).append(".key=").append(attributes[i]);
      form.append(entry).append(".value=").append(attributes[i + 1]);
    }
    return form.toString();
  }

  static String set(String subscription, String name, String value) {
    return "SubscriptionArn="
        + subscription
        + "&AttributeName="
        + name
        + "&AttributeValue="
        + value;
  }
}
