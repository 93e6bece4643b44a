package io.tern.conformance.sns;

import static io.tern.conformance.sns.SnsErrorCase.absent;
import static io.tern.conformance.sns.SnsErrorCase.error;
import static io.tern.conformance.sns.SnsErrorCase.invalid;
import static io.tern.conformance.sns.SnsErrorCase.notFound;
import static io.tern.conformance.sns.SnsErrorCase.refused;

import java.util.ArrayList;
import java.util.List;

/** Rows of {@link SnsErrorsTest}: what is published, and its attributes. */
final class PublishErrorCases {
  private static final String TOPIC = "TopicArn={topic}&Message=";

  private PublishErrorCases() {}

  static List<SnsErrorCase> all() {
    List<SnsErrorCase> rows = new ArrayList<>(messages());
    rows.addAll(structures());
    rows.addAll(targets());
    rows.addAll(fifo());
    rows.addAll(attributeNames());
    rows.addAll(attributeValues());
    return rows;
  }

  private static List<SnsErrorCase> messages() {
    List<SnsErrorCase> rows =
        new ArrayList<>(
            List.of(
                absent("message").when("nothing said", "Publish", ""),
                absent("message").when("no message for nobody", "Publish", "TopicArn={missing}"),
                absent("messageAttributes.k.member.dataType")
                    .when(
                        "an attribute without a type for nobody",
                        "Publish",
                        "TopicArn={missing}&Message=m" + attribute("k", "StringValue=v")),
                notFound("Topic")
                    .when(
                        "a bad attribute for nobody",
                        "Publish",
                        "TopicArn={missing}&Message=m" + attribute("a^", "DataType=String")),
                invalid("Empty message").when("an empty message", "Publish", TOPIC),
                invalid("Message too long").when("a byte too long", "Publish", TOPIC + "{262144}x"),
                invalid("Message too long")
                    .when(
                        "too long with an attribute",
                        "Publish",
                        TOPIC + "{262140}" + attribute("k", "DataType=String", "StringValue=v"))));
    for (String subject : List.of("", "{99}x", "a\nb", "a\u0007b")) {
      rows.add(
          invalid("Subject")
              .when("subject " + rows.size(), "Publish", TOPIC + "m&Subject=" + subject));
    }
    return rows;
  }

  private static List<SnsErrorCase> structures() {
    String json = "&MessageStructure=json";
    SnsErrorCase.Expected unreadable =
        invalid("Message Structure - JSON message body failed to parse");
    SnsErrorCase.Expected withoutDefault =
        invalid("Message Structure - No default entry in JSON message body");
    return List.of(
        unreadable.when("no JSON", "Publish", TOPIC + "nothing" + json),
        unreadable.when("half of it", "Publish", TOPIC + "{\"default\":" + json),
        withoutDefault.when("empty", "Publish", TOPIC + "{}" + json),
        withoutDefault.when("another protocol", "Publish", TOPIC + "{\"sqs\":\"m\"}" + json),
        withoutDefault.when(
            "another platform",
            "Publish",
            "TargetArn={endpoint}&Message={\"ADM\":\"{}\",\"sqs\":\"m\"}" + json),
        withoutDefault.when("no text", "Publish", TOPIC + "{\"default\":{\"a\":\"b\"}}" + json),
        refused().when("another structure", "Publish", TOPIC + "m&MessageStructure=xml"));
  }

  private static List<SnsErrorCase> targets() {
    return List.of(
        invalid("TopicArn or TargetArn Reason: no value for required parameter")
            .when("nowhere", "Publish", "Message=m"),
        refused().when("two places", "Publish", TOPIC + "m&PhoneNumber=+15551234567"),
        invalid("TargetArn Reason: No endpoint found for the target arn specified")
            .when("no such device", "Publish", "TargetArn={missingEndpoint}&Message=m"),
        invalid("TargetArn Reason: No endpoint found for the target arn specified")
            .when("no such topic as target", "Publish", "TargetArn={missing}&Message=m"),
        invalid("PhoneNumber Reason: NAA+15551234567 is not valid to publish to")
            .when("letters", "Publish", "PhoneNumber=NAA+15551234567&Message=m"),
        invalid("PhoneNumber Reason: 15551234567 is not valid to publish to")
            .when("no plus", "Publish", "PhoneNumber=15551234567&Message=m"),
        invalid("PhoneNumber Reason: +1234567890123456 is not valid to publish to")
            .when("16 digits", "Publish", "PhoneNumber=+1234567890123456&Message=m"),
        invalid("Message too long")
            .when("1,601 characters", "Publish", "PhoneNumber=+15551234567&Message={1600}x"),
        invalid("Message too long")
            .when(
                "1,601 characters for the telephone",
                "Publish",
                "PhoneNumber=+15551234567&MessageStructure=json"
                    + "&Message={\"default\":\"d\",\"sms\":\"{1600}x\"}"),
        error("EndpointDisabled", 400, "Endpoint is disabled")
            .when(
                "a disabled device before the message",
                "Publish",
                "TargetArn={disabled}&Message=nothing&MessageStructure=json"));
  }

  private static List<SnsErrorCase> fifo() {
    String fifo = "TopicArn={fifo}&Message=m";
    return List.of(
        invalid("The MessageGroupId parameter is required for FIFO topics")
            .when("no group", "Publish", fifo + "&MessageDeduplicationId=d"),
        invalid(
                "The topic should either have ContentBasedDeduplication enabled or"
                    + " MessageDeduplicationId provided explicitly")
            .when("no deduplication", "Publish", fifo + "&MessageGroupId=g"),
        invalid(
                "MessageDeduplicationId Reason: The request includes MessageDeduplicationId"
                    + " parameter that is not valid for this topic type")
            .when("deduplication", "Publish", TOPIC + "m&MessageDeduplicationId=d"),
        refused()
            .when(
                "a group of 129 characters",
                "Publish",
                "TopicArn={contentBased}&Message=m&MessageGroupId={128}x"),
        refused()
            .when(
                "a group with a blank",
                "Publish",
                "TopicArn={contentBased}&Message=m&MessageGroupId=a b"),
        refused()
            .when(
                "an id of 129 characters",
                "Publish",
                fifo + "&MessageGroupId=g&MessageDeduplicationId={128}x"));
  }

  private static List<SnsErrorCase> attributeNames() {
    return List.of(
        name("{256}x", "Length of message attribute name must be less than 256 bytes."),
        name(
            "a^b",
            "Invalid non-alphanumeric character '#x5E' was found in the message attribute name."
                + " Can only include alphanumeric characters, hyphens, underscores, or dots."),
        name(
            "a b",
            "Invalid non-alphanumeric character '#x20' was found in the message attribute name."
                + " Can only include alphanumeric characters, hyphens, underscores, or dots."),
        name(".a", "Invalid message attribute name starting with character '.' was found."),
        name("a.", "Invalid message attribute name ending with character '.' was found."),
        name("a..b", "Message attribute name can not have successive '.' character."),
        name("AWS.mine", ""),
        name("Amazon.mine", ""));
  }

  private static List<SnsErrorCase> attributeValues() {
    String empty =
        "The message attribute 'k' must contain non-empty message attribute value for message"
            + " attribute type '%s'.";
    String type =
        "The message attribute 'k' has an invalid message attribute type, the set of supported type"
            + " prefixes is Binary, Number, and String.";
    List<SnsErrorCase> rows =
        new ArrayList<>(
            List.of(
                value(empty.formatted("String"), "DataType=String"),
                value(empty.formatted("String"), "DataType=String", "StringValue="),
                value(empty.formatted("Number"), "DataType=Number", "StringValue="),
                value(empty.formatted("Binary"), "DataType=Binary", "BinaryValue="),
                value(
                    "The message attribute 'k' with type 'Binary' must use field 'Binary'.",
                    "DataType=Binary",
                    "StringValue=v"),
                value(
                    "The message attribute 'k' with type 'String' must use field 'String'.",
                    "DataType=String",
                    "BinaryValue=dg=="),
                value(
                    "Could not cast message attribute 'k' value to number.",
                    "DataType=Number",
                    "StringValue=seven"),
                absent("messageAttributes.k.member.dataType")
                    .when("no type", "Publish", TOPIC + "m" + attribute("k", "StringValue=v"))));
    for (String wrong : List.of("String.", "Stringprefixed", "InvalidType", "string")) {
      rows.add(value(type, "DataType=" + wrong, "StringValue=v"));
    }
    return rows;
  }

  private static SnsErrorCase name(String name, String text) {
    return error("ParameterValueInvalid", 400, text)
        .when(
            "attribute " + name,
            "Publish",
            TOPIC + "m" + attribute(name, "DataType=String", "StringValue=v"));
  }

  private static SnsErrorCase value(String text, String... members) {
    return error("ParameterValueInvalid", 400, text)
        .when(
            "attribute of " + String.join(", ", members),
            "Publish",
            TOPIC + "m" + attribute("k", members));
  }

  private static String attribute(String name, String... members) {
    String entry = "&MessageAttributes.entry.1.";
    StringBuilder form = new StringBuilder(entry).append("Name=").append(name);
    for (String member : members) {
      form.append(entry).append("Value.").append(member);
    }
    return form.toString();
  }
}
