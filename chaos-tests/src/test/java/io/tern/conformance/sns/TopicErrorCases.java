package io.tern.conformance.sns;

import static io.tern.conformance.sns.SnsErrorCase.absent;
import static io.tern.conformance.sns.SnsErrorCase.error;
import static io.tern.conformance.sns.SnsErrorCase.invalid;
import static io.tern.conformance.sns.SnsErrorCase.refused;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of {@link SnsErrorsTest}: topics, their attributes, permissions and tags. */
final class TopicErrorCases {
  private static final String FIFO = "&Attributes.entry.1.key=FifoTopic&Attributes.entry.1.value=";

  private TopicErrorCases() {}

  static List<SnsErrorCase> all() {
    List<SnsErrorCase> rows = new ArrayList<>(create());
    rows.addAll(createdAgain());
    rows.addAll(attributes());
    rows.addAll(valuesOnCreate());
    rows.addAll(fifoAttributes());
    rows.addAll(policies());
    rows.addAll(unreadablePolicies());
    rows.addAll(permissions());
    rows.addAll(tags());
    rows.addAll(dataProtection());
    rows.add(invalid("NextToken").when("a made-up page", "ListTopics", "NextToken=nothing"));
    return rows;
  }

  private static List<SnsErrorCase> create() {
    SnsErrorCase.Expected badName = invalid("Topic Name");
    return List.of(
        absent("name").when("no name", "CreateTopic", ""),
        badName.when("an empty name", "CreateTopic", "Name="),
        badName.when("257 characters", "CreateTopic", "Name={256}x"),
        badName.when(
            "257 characters with the suffix", "CreateTopic", "Name={256}.fifo" + FIFO + "true"),
        badName.when("a dot", "CreateTopic", "Name=a.b"),
        badName.when("a blank", "CreateTopic", "Name=a b"),
        badName.when("a letter beyond ASCII", "CreateTopic", "Name=Möwe"),
        badName.when("the suffix of FIFO topics", "CreateTopic", "Name={name}.fifo"),
        badName.when("not FIFO but the suffix", "CreateTopic", "Name={name}.fifo" + FIFO + "false"),
        badName.when("FIFO without the suffix", "CreateTopic", "Name={name}-f" + FIFO + "true"),
        badName.when("the suffix alone", "CreateTopic", "Name=.fifo" + FIFO + "true"));
  }

  private static List<SnsErrorCase> createdAgain() {
    SnsErrorCase.Expected attributes =
        invalid("Attributes Reason: Topic already exists with different attributes");
    SnsErrorCase.Expected tags = invalid("Tags Reason: Topic already exists with different tags");
    return List.of(
        attributes.when(
            "another value",
            "CreateTopic",
            "Name={name}&Attributes.entry.1.key=DisplayName&Attributes.entry.1.value=Gull"),
        attributes.when(
            "no value where there is one",
            "CreateTopic",
            "Name={name}&Attributes.entry.1.key=DisplayName&Attributes.entry.1.value="),
        attributes.when(
            "an attribute never given",
            "CreateTopic",
            "Name={name}&Attributes.entry.1.key=SignatureVersion&Attributes.entry.1.value=2"),
        tags.when(
            "another value of a tag",
            "CreateTopic",
            "Name={name}&Tags.member.1.Key=team&Tags.member.1.Value=b"),
        tags.when(
            "another tag",
            "CreateTopic",
            "Name={name}&Tags.member.1.Key=more&Tags.member.1.Value=a"),
        invalid("Duplicated keys are not allowed.")
            .when(
                "the same tag twice",
                "CreateTopic",
                "Name={name}-x&Tags.member.1.Key=k&Tags.member.1.Value=a"
                    + "&Tags.member.2.Key=k&Tags.member.2.Value=b"));
  }

  private static List<SnsErrorCase> attributes() {
    return List.of(
        invalid("AttributeName").when("an unknown name", "SetTopicAttributes", set("Color", "red")),
        invalid("AttributeName").when("no name", "SetTopicAttributes", set("", "red")),
        absent("attributeName")
            .when("no name and no ARN", "SetTopicAttributes", "TopicArn=topic&AttributeValue=x"),
        invalid("AttributeName")
            .when("a derived one", "SetTopicAttributes", set("TopicArn", "{topic}")),
        invalid("AttributeName")
            .when("FIFO afterwards", "SetTopicAttributes", set("FifoTopic", "true")),
        refused().when("101 characters", "SetTopicAttributes", set("DisplayName", "{99}xx")),
        refused().when("signature 3", "SetTopicAttributes", set("SignatureVersion", "3")),
        refused().when("another tracing", "SetTopicAttributes", set("TracingConfig", "Maybe")),
        refused()
            .when(
                "a rate of 101", "SetTopicAttributes", set("HTTPSuccessFeedbackSampleRate", "101")),
        refused().when("no JSON", "SetTopicAttributes", set("DeliveryPolicy", "nothing")),
        refused()
            .when(
                "101 retries",
                "SetTopicAttributes",
                set("DeliveryPolicy", retries("\"numRetries\":101"))),
        refused()
            .when(
                "more than an hour",
                "SetTopicAttributes",
                set("DeliveryPolicy", retries("\"maxDelayTarget\":3601"))),
        refused()
            .when(
                "more than an hour in all",
                "SetTopicAttributes",
                set(
                    "DeliveryPolicy",
                    retries("\"minDelayTarget\":3600,\"maxDelayTarget\":3600,\"numRetries\":2"))));
  }

  private static List<SnsErrorCase> valuesOnCreate() {
    List<SnsErrorCase> rows = new ArrayList<>();
    for (String attribute : List.of("Color=red", "TopicArn={topic}", "SignatureVersion=3")) {
      String[] parts = attribute.split("=", 2);
      rows.add(
          refused()
              .when(
                  attribute,
                  "CreateTopic",
                  "Name={name}-y&Attributes.entry.1.key="
                      + parts[0]
                      + "&Attributes.entry.1.value="
                      + parts[1]));
    }
    return rows;
  }

  private static List<SnsErrorCase> fifoAttributes() {
    String period = "{\"MessageRetentionPeriod\":\"%s\"}";
    return List.of(
        refused()
            .when("of a standard topic", "SetTopicAttributes", set("FifoThroughputScope", "Topic")),
        refused()
            .when(
                "archive of a standard topic",
                "SetTopicAttributes",
                set("ArchivePolicy", period.formatted("1"))),
        refused()
            .when(
                "deduplication of a standard topic",
                "SetTopicAttributes",
                set("ContentBasedDeduplication", "true")),
        refused()
            .when("0 days", "SetTopicAttributes", setFifo("ArchivePolicy", period.formatted("0"))),
        refused()
            .when(
                "366 days",
                "SetTopicAttributes",
                setFifo("ArchivePolicy", period.formatted("366"))),
        refused()
            .when("no days", "SetTopicAttributes", setFifo("ArchivePolicy", period.formatted("x"))),
        refused().when("no JSON", "SetTopicAttributes", setFifo("ArchivePolicy", "7")),
        refused()
            .when("another scope", "SetTopicAttributes", setFifo("FifoThroughputScope", "Queue")),
        refused()
            .when("neither", "SetTopicAttributes", setFifo("ContentBasedDeduplication", "maybe")),
        invalid("TracingConfig: can not be set for FIFO topics")
            .when("tracing", "SetTopicAttributes", setFifo("TracingConfig", "Active")),
        invalid("Attributes Reason: TracingConfig: can not be set for FIFO topics")
            .when(
                "tracing of a FIFO topic",
                "CreateTopic",
                "Name={name}-t.fifo"
                    + FIFO
                    + "true&Attributes.entry.2.key=TracingConfig"
                    + "&Attributes.entry.2.value=PassThrough"),
        error("InvalidState", 400, "").when("archived", "DeleteTopic", "TopicArn={archived}"));
  }

  private static List<SnsErrorCase> policies() {
    String statements =
        IntStream.range(0, 101).mapToObj(i -> "{statement}").collect(Collectors.joining(","));
    String principals =
        IntStream.range(0, 201)
            .mapToObj(i -> "\"" + (100_000_000_000L + i) + "\"")
            .collect(Collectors.joining(","));
    return List.of(
        refused().when("no statement", "SetTopicAttributes", set("Policy", "{}")),
        refused()
            .when(
                "an action of nobody",
                "SetTopicAttributes",
                set(
                    "Policy",
                    "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
                        + "\"Action\":\"SQS:SendMessage\",\"Resource\":\"{topic}\"}]}")),
        refused()
            .when(
                "101 statements",
                "SetTopicAttributes",
                set("Policy", "{\"Statement\":[" + statements + "]}")),
        refused()
            .when(
                "201 principals",
                "SetTopicAttributes",
                set(
                    "Policy",
                    "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":["
                        + principals
                        + "]},\"Action\":\"SNS:Publish\",\"Resource\":\"{topic}\"}]}")),
        refused()
            .when(
                "more than 30,720 bytes",
                "SetTopicAttributes",
                set("Policy", "{\"Id\":\"{30720}\",\"Statement\":[{statement}]}")));
  }

  private static List<SnsErrorCase> unreadablePolicies() {
    SnsErrorCase.Expected unreadable = invalid("Policy Error: null");
    String start = "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"SNS:Publish\",";
    String anybody = start + "\"Principal\":\"*\"";
    return List.of(
        unreadable.when(
            "nobody", "SetTopicAttributes", set("Policy", start + "\"Resource\":\"{topic}\"}]}")),
        unreadable.when("nothing", "SetTopicAttributes", set("Policy", anybody + "}]}")),
        unreadable.when(
            "another topic",
            "SetTopicAttributes",
            set("Policy", anybody + ",\"Resource\":\"{missing}\"}]}")),
        unreadable.when(
            "two resources",
            "SetTopicAttributes",
            set("Policy", anybody + ",\"Resource\":[\"{topic}\",\"{topic}\"]}]}")),
        unreadable.when("no JSON", "SetTopicAttributes", set("Policy", "nothing")));
  }

  private static List<SnsErrorCase> permissions() {
    String account = "&AWSAccountId.member.1=111111111111";
    String more = account + "&ActionName.member.1=";
    String publish = "TopicArn={topic}&Label=new&ActionName.member.1=Publish";
    return List.of(
        absent("aWSAccountId").when("no accounts said", "AddPermission", publish),
        absent("actionName")
            .when("no actions said", "AddPermission", "TopicArn={topic}&Label=new" + account),
        invalid("Policy Error: null")
            .when("no accounts", "AddPermission", publish + "&AWSAccountId="),
        invalid("Label")
            .when("an empty label", "AddPermission", "TopicArn={topic}&Label=" + more + "Publish"),
        invalid("Policy statement action out of service scope!")
            .when(
                "an action that only policies name",
                "AddPermission",
                "TopicArn={topic}&Label=new" + more + "TagResource"),
        invalid("Statement already exists")
            .when(
                "the same label",
                "AddPermission",
                "TopicArn={topic}&Label=there" + more + "Publish"),
        invalid("Policy statement action out of service scope!")
            .when("no action", "AddPermission", "TopicArn={topic}&Label=new" + more + "Fly"));
  }

  private static List<SnsErrorCase> tags() {
    String twice =
        "Tags.member.1.Key=k&Tags.member.1.Value=a&Tags.member.2.Key=k&Tags.member.2.Value=b";
    String many =
        IntStream.rangeClosed(1, 51)
            .mapToObj(i -> "Tags.member." + i + ".Key=k" + i + "&Tags.member." + i + ".Value=v")
            .collect(Collectors.joining("&"));
    return List.of(
        absent("tags").when("no tags said", "TagResource", "ResourceArn={topic}"),
        absent("tagKeys").when("no keys said", "UntagResource", "ResourceArn={topic}"),
        invalid("Duplicated keys are not allowed.")
            .when("the same key twice", "TagResource", "ResourceArn={topic}&" + twice),
        error("TagLimitExceeded", 400, "")
            .when("51 tags", "TagResource", "ResourceArn={topic}&" + many),
        error("TagLimitExceeded", 400, "").when("51 tags", "CreateTopic", "Name={name}-z&" + many),
        refused()
            .when(
                "a key of 129 characters",
                "TagResource",
                "ResourceArn={topic}&Tags.member.1.Key={128}x&Tags.member.1.Value=v"),
        refused()
            .when(
                "a value of 257 characters",
                "TagResource",
                "ResourceArn={topic}&Tags.member.1.Key=k&Tags.member.1.Value={256}x"));
  }

  private static List<SnsErrorCase> dataProtection() {
    return List.of(
        refused()
            .when(
                "no JSON",
                "PutDataProtectionPolicy",
                "ResourceArn={topic}&DataProtectionPolicy=nothing"),
        refused()
            .when(
                "30,721 characters",
                "PutDataProtectionPolicy",
                "ResourceArn={topic}&DataProtectionPolicy={30720}x"));
  }

  private static String retries(String members) {
    return "{\"http\":{\"defaultHealthyRetryPolicy\":{" + members + "}}}";
  }

  private static String set(String name, String value) {
    return "TopicArn={topic}&AttributeName=" + name + "&AttributeValue=" + value;
  }

  private static String setFifo(String name, String value) {
    return "TopicArn={fifo}&AttributeName=" + name + "&AttributeValue=" + value;
  }
}
