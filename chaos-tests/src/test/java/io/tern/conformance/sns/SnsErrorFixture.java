package io.tern.conformance.sns;

import io.tern.conformance.Deployment;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.sns.model.Tag;

/** The topics, subscriptions and endpoints that the rows of {@link SnsErrorsTest} speak about. */
final class SnsErrorFixture {
  private static final String NOBODY = "01234567-0123-4123-8123-0123456789ab";

  private final Map<String, String> values = new LinkedHashMap<>();

  SnsErrorFixture(Deployment service) {
    Sns sns = Sns.of(service);
    addTopics(sns);
    addSubscriptions(sns);
    addPush(sns);
    values.put("{80}", "x".repeat(80));
    values.put("{99}", "x".repeat(99));
    values.put("{128}", "x".repeat(128));
    values.put("{256}", "x".repeat(256));
    values.put("{1600}", "x".repeat(1_600));
    values.put("{2048}", "x".repeat(2_048));
    values.put("{30720}", "x".repeat(30_720));
    values.put("{150000}", "x".repeat(150_000));
    values.put("{262140}", "x".repeat(262_140));
    values.put("{262144}", "x".repeat(262_144));
  }

  private void addTopics(Sns sns) {
    String name = sns.newName("errors");
    String topic =
        sns.client()
            .createTopic(r ->
                r.name(name)
                    .attributes(Map.of("DisplayName", "Tern"))
                    .tags(Tag.builder().key("team").value("a").build()))
            .topicArn();
    sns.client()
        .addPermission(r ->
            r.topicArn(topic).label("there").awsAccountIds("111111111111").actionNames("Publish"));
    values.put("{name}", name);
    values.put("{topic}", topic);
    values.put("{missing}", topic + "-missing");
    values.put("{foreign}", topic.replace("us-east-1", "eu-west-1"));
    values.put("{fifo}", sns.newFifoTopic("errors", Map.of()));
    values.put(
        "{contentBased}", sns.newFifoTopic("errors", Map.of("ContentBasedDeduplication", "true")));
    values.put(
        "{archived}",
        sns.newFifoTopic("errors", Map.of("ArchivePolicy", "{\"MessageRetentionPeriod\":\"1\"}")));
    values.put(
        "{statement}",
        "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"SNS:Publish\",\"Resource\":\""
            + topic
            + "\"}");
  }

  private void addSubscriptions(Sns sns) {
    String topic = values.getOrDefault("{topic}", "");
    String queue = sns.newQueue("errors");
    String fifoQueue = sns.newFifoQueue("errors", Map.of());
    values.put("{queue}", Sns.queueArn(queue));
    values.put("{fifoQueue}", Sns.queueArn(fifoQueue));
    values.put("{sub}", sns.subscribe(topic, queue, Map.of("FilterPolicy", "{\"known\":[\"v\"]}")));
    values.put("{fifoSub}", sns.subscribe(values.getOrDefault("{fifo}", ""), fifoQueue, Map.of()));
    values.put("{missingSub}", topic + ":" + NOBODY);
    values.put("{otherQueue}", Sns.queueArn("/" + sns.newName("other")));
  }

  private void addPush(Sns sns) {
    String name = sns.newName("errors");
    String application =
        sns.client()
            .createPlatformApplication(r ->
                r.name(name).platform("GCM").attributes(Map.of("PlatformCredential", "secret")))
            .platformApplicationArn();
    String endpoint =
        sns.client()
            .createPlatformEndpoint(
                r -> r.platformApplicationArn(application).token("token").customUserData("d"))
            .endpointArn();
    String disabled =
        sns.client()
            .createPlatformEndpoint(r ->
                r.platformApplicationArn(application)
                    .token("disabled")
                    .attributes(Map.of("Enabled", "false")))
            .endpointArn();
    values.put("{app}", application);
    values.put("{missingApp}", application + "-missing");
    values.put("{endpoint}", endpoint);
    values.put("{disabled}", disabled);
    values.put("{missingEndpoint}", endpoint.substring(0, endpoint.lastIndexOf('/') + 1) + NOBODY);
  }

  String fill(String text) {
    String filled = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace(value.getKey(), value.getValue());
    }
    return filled;
  }
}
