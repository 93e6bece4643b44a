package io.tern.conformance;

import static io.tern.conformance.ErrorCase.error;
import static io.tern.conformance.ErrorKind.INVALID_MESSAGE_CONTENTS;
import static io.tern.conformance.ErrorKind.INVALID_PARAMETER_VALUE;
import static io.tern.conformance.ErrorKind.MISSING_PARAMETER;
import static io.tern.conformance.ErrorKind.RECEIPT_HANDLE_IS_INVALID;

import io.tern.conformance.ErrorCase.Expected;
import java.util.ArrayList;
import java.util.List;

/** Rows of {@link ErrorsTest}: what operations on single messages can answer. */
final class MessageErrorCases {
  private static final Expected INVALID = error(INVALID_PARAMETER_VALUE);

  private MessageErrorCases() {}

  static List<ErrorCase> all() {
    List<ErrorCase> rows = new ArrayList<>();
    rows.addAll(missing());
    rows.addAll(bodies());
    rows.addAll(numbers());
    rows.addAll(ids());
    rows.addAll(attributes());
    rows.addAll(handles());
    return rows;
  }

  private static List<ErrorCase> missing() {
    return List.of(
        missing("MessageBody").when("no body", "SendMessage", "QueueUrl={queue}"),
        missing("MessageBody").when("empty body", "SendMessage", "QueueUrl={queue}&MessageBody="),
        missing("QueueUrl").when("no queue", "SendMessage", "MessageBody=m"),
        missing("QueueUrl").when("no queue", "ReceiveMessage", ""),
        missing("ReceiptHandle").when("no handle", "DeleteMessage", "QueueUrl={queue}"),
        missing("ReceiptHandle")
            .when("no handle", "ChangeMessageVisibility", "QueueUrl={queue}&VisibilityTimeout=1"),
        missing("VisibilityTimeout")
            .when(
                "no timeout",
                "ChangeMessageVisibility",
                "QueueUrl={queue}&ReceiptHandle={handle}"));
  }

  private static List<ErrorCase> bodies() {
    return List.of(
        error(INVALID_MESSAGE_CONTENTS)
            .when(
                "control character",
                "SendMessage",
                "{\"QueueUrl\": \"{queue}\", \"MessageBody\": \"a\\u0001\"}",
                "QueueUrl={queue}&MessageBody=a\u0001"),
        error(INVALID_MESSAGE_CONTENTS)
            .when("U+FFFE", "SendMessage", "QueueUrl={queue}&MessageBody=a\ufffe"),
        error(INVALID_MESSAGE_CONTENTS)
            .when("U+FFFF", "SendMessage", "QueueUrl={queue}&MessageBody=a\uffff"),
        error(
                INVALID_PARAMETER_VALUE,
                "One or more parameters are invalid. Reason: Message must be shorter than 1048576"
                    + " bytes.")
            .when("one byte too long", "SendMessage", "QueueUrl={queue}&MessageBody={1Mi}x"),
        error(
                INVALID_PARAMETER_VALUE,
                "One or more parameters are invalid. Reason: Message must be shorter than 1024"
                    + " bytes.")
            .when(
                "too long for this queue", "SendMessage", "QueueUrl={small}&MessageBody={1024}x"));
  }

  private static List<ErrorCase> numbers() {
    return List.of(
        number("MaxNumberOfMessages", "0", "Must be between 1 and 10, if provided.")
            .when("none asked for", "ReceiveMessage", "QueueUrl={queue}&MaxNumberOfMessages=0"),
        number("MaxNumberOfMessages", "11", "Must be between 1 and 10, if provided.")
            .when("eleven asked for", "ReceiveMessage", "QueueUrl={queue}&MaxNumberOfMessages=11"),
        number("WaitTimeSeconds", "-1", "Must be >= 0 and <= 20, if provided.")
            .when("negative wait", "ReceiveMessage", "QueueUrl={queue}&WaitTimeSeconds=-1"),
        number("WaitTimeSeconds", "21", "Must be >= 0 and <= 20, if provided.")
            .when("long wait", "ReceiveMessage", "QueueUrl={queue}&WaitTimeSeconds=21"),
        number("VisibilityTimeout", "-1", "Must be between 0 and 43200, if provided.")
            .when("negative timeout", "ReceiveMessage", "QueueUrl={queue}&VisibilityTimeout=-1"),
        number("VisibilityTimeout", "43201", "Must be between 0 and 43200, if provided.")
            .when("long timeout", "ReceiveMessage", "QueueUrl={queue}&VisibilityTimeout=43201"),
        number("VisibilityTimeout", "43201", "Must be between 0 and 43200, if provided.")
            .when(
                "long timeout",
                "ChangeMessageVisibility",
                "QueueUrl={queue}&ReceiptHandle={handle}&VisibilityTimeout=43201"),
        number("DelaySeconds", "-1", "DelaySeconds must be >= 0 and <= 900.")
            .when(
                "negative delay", "SendMessage", "QueueUrl={queue}&MessageBody=m&DelaySeconds=-1"),
        number("DelaySeconds", "901", "DelaySeconds must be >= 0 and <= 900.")
            .when("long delay", "SendMessage", "QueueUrl={queue}&MessageBody=m&DelaySeconds=901"));
  }

  private static List<ErrorCase> ids() {
    return List.of(
        error(
                INVALID_PARAMETER_VALUE,
                "Value a b for parameter MessageGroupId is invalid. Reason: MessageGroupId can"
                    + " only include alphanumeric and punctuation characters. 1 to 128 in length.")
            .when(
                "space in the group",
                "SendMessage",
                "QueueUrl={queue}&MessageBody=m&MessageGroupId=a b"),
        error(
                INVALID_PARAMETER_VALUE,
                "Value d for parameter MessageDeduplicationId is invalid. Reason: The request"
                    + " include parameter that is not valid for this queue type.")
            .when(
                "deduplication on a standard queue",
                "SendMessage",
                "QueueUrl={queue}&MessageBody=m&MessageDeduplicationId=d"));
  }

  private static List<ErrorCase> attributes() {
    return List.of(
        error(
                INVALID_PARAMETER_VALUE,
                "Message (user) attribute 'k' must contain a non-empty value of type 'String'.")
            .when(
                "empty value",
                "SendMessage",
                attributeJson("k", "String", ""),
                attributeForm("k", "String", "")),
        withAttribute("name of AWS", "AWS.k", "String", "v"),
        withAttribute("name of Amazon in any case", "aMazon.k", "String", "v"),
        withAttribute("name begins with a dot", ".k", "String", "v"),
        withAttribute("name ends with a dot", "k.", "String", "v"),
        withAttribute("name with a slash", "k/l", "String", "v"),
        withAttribute("name too long", "{80}{80}{80}{80}", "String", "v"),
        withAttribute("unknown type", "k", "Text", "v"),
        withAttribute("type in lower case", "k", "string", "v"),
        withAttribute("not a number", "k", "Number", "one"),
        withAttribute("39 digits", "k", "Number", "123456789012345678901234567890123456789"),
        INVALID.when(
            "illegal character in a value",
            "SendMessage",
            attributeJson("k", "String", "\\u0001"),
            attributeForm("k", "String", "\u0001")),
        INVALID.when(
            "no type",
            "SendMessage",
            """
            {"QueueUrl": "{queue}", "MessageBody": "m", "MessageAttributes":
              {"k": {"StringValue": "v"}}}\
            """,
            "QueueUrl={queue}&MessageBody=m&MessageAttribute.1.Name=k"
                + "&MessageAttribute.1.Value.StringValue=v"),
        INVALID.when("eleven attributes", "SendMessage", elevenJson(), elevenForm()),
        INVALID.when(
            "unknown system attribute",
            "SendMessage",
            """
            {"QueueUrl": "{queue}", "MessageBody": "m", "MessageSystemAttributes":
              {"SenderId": {"DataType": "String", "StringValue": "me"}}}\
            """,
            "QueueUrl={queue}&MessageBody=m&MessageSystemAttribute.1.Name=SenderId"
                + "&MessageSystemAttribute.1.Value.DataType=String"
                + "&MessageSystemAttribute.1.Value.StringValue=me"));
  }

  private static List<ErrorCase> handles() {
    return List.of(
        handle("garbage")
            .when("garbage", "DeleteMessage", "QueueUrl={queue}&ReceiptHandle=garbage"),
        handle("garbage")
            .when(
                "garbage",
                "ChangeMessageVisibility",
                "QueueUrl={queue}&ReceiptHandle=garbage&VisibilityTimeout=1"),
        handle("{foreignHandle}")
            .when(
                "of another queue",
                "DeleteMessage",
                "QueueUrl={queue}&ReceiptHandle={foreignHandle}"),
        handle("{foreignHandle}")
            .when(
                "of another queue",
                "ChangeMessageVisibility",
                "QueueUrl={queue}&ReceiptHandle={foreignHandle}&VisibilityTimeout=1"),
        error(
                INVALID_PARAMETER_VALUE,
                "Value {deletedHandle} for parameter ReceiptHandle is invalid. Reason: Message"
                    + " does not exist or is not available for visibility timeout change.")
            .when(
                "of a deleted message",
                "ChangeMessageVisibility",
                "QueueUrl={queue}&ReceiptHandle={deletedHandle}&VisibilityTimeout=1"));
  }

  private static Expected missing(String parameter) {
    return error(MISSING_PARAMETER, "The request must contain the parameter " + parameter + ".");
  }

  private static Expected number(String parameter, String value, String reason) {
    return error(
        INVALID_PARAMETER_VALUE,
        "Value " + value + " for parameter " + parameter + " is invalid. Reason: " + reason);
  }

  private static Expected handle(String handle) {
    return error(
        RECEIPT_HANDLE_IS_INVALID,
        "The input receipt handle \"" + handle + "\" is not a valid receipt handle.");
  }

  private static ErrorCase withAttribute(String name, String attribute, String type, String value) {
    return INVALID.when(
        name,
        "SendMessage",
        attributeJson(attribute, type, value),
        attributeForm(attribute, type, value));
  }

  private static String attributeJson(String name, String type, String value) {
    return "{\"QueueUrl\": \"{queue}\", \"MessageBody\": \"m\", \"MessageAttributes\": {\""
        + name
        + "\": {\"DataType\": \""
        + type
        + "\", \"StringValue\": \""
        + value
        + "\"}}}";
  }

  private static String attributeForm(String name, String type, String value) {
    return "QueueUrl={queue}&MessageBody=m&MessageAttribute.1.Name="
        + name
        + "&MessageAttribute.1.Value.DataType="
        + type
        + "&MessageAttribute.1.Value.StringValue="
        + value;
  }

  private static String elevenJson() {
    List<String> members = new ArrayList<>();
    for (int i = 1; i <= 11; i++) {
      members.add("\"k" + i + "\": {\"DataType\": \"String\", \"StringValue\": \"v\"}");
    }
    return "{\"QueueUrl\": \"{queue}\", \"MessageBody\": \"m\", \"MessageAttributes\": {"
        + String.join(", ", members)
        + "}}";
  }

  private static String elevenForm() {
    StringBuilder form = new StringBuilder("QueueUrl={queue}&MessageBody=m");
    for (int i = 1; i <= 11; i++) {
      String prefix = "&MessageAttribute." + i;
      form.append(prefix).append(".Name=k").append(i);
      form.append(prefix).append(".Value.DataType=String");
      form.append(prefix).append(".Value.StringValue=v");
    }
    return form.toString();
  }
}
