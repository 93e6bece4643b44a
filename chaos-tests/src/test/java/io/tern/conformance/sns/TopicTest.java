package io.tern.conformance.sns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.conformance.Deployment;
import io.tern.conformance.OnEachDeployment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;
import software.amazon.awssdk.services.sns.model.Tag;
import software.amazon.awssdk.services.sns.model.Topic;

/** Topics: created, told, changed, listed, deleted. */
@OnEachDeployment
class TopicTest {
  private static final String OTHER_ATTRIBUTES =
      "Invalid parameter: Attributes Reason: Topic already exists with different attributes";
  private static final String OTHER_TAGS =
      "Invalid parameter: Tags Reason: Topic already exists with different tags";

  private final Sns sns;

  TopicTest(Deployment service) {
    this.sns = Sns.of(service);
  }

  @Test
  void newTopicHasTheDefaults() {
    String name = sns.newName("topic");
    String topic = sns.client().createTopic(r -> r.name(name)).topicArn();
    assertThat(topic).isEqualTo(Sns.topicArn(name));
    Map<String, String> attributes = sns.topicAttributes(topic);
    assertThat(attributes)
        .containsEntry("TopicArn", topic)
        .containsEntry("Owner", Sns.ACCOUNT)
        .containsEntry("DisplayName", "")
        .containsEntry("SubscriptionsConfirmed", "0")
        .containsEntry("SubscriptionsPending", "0")
        .containsEntry("SubscriptionsDeleted", "0")
        .containsEntry("Policy", defaultPolicy(topic))
        .containsEntry(
            "EffectiveDeliveryPolicy",
            "{\"http\":{\"defaultHealthyRetryPolicy\":{\"minDelayTarget\":20,"
                + "\"maxDelayTarget\":20,\"numRetries\":3,\"numMaxDelayRetries\":0,"
                + "\"numNoDelayRetries\":0,\"numMinDelayRetries\":0,"
                + "\"backoffFunction\":\"linear\"},\"disableSubscriptionOverrides\":false,"
                + "\"defaultRequestPolicy\":"
                + "{\"headerContentType\":\"text/plain; charset=UTF-8\"}}}");
    assertThat(attributes.keySet())
        .containsExactlyInAnyOrder(
            "TopicArn",
            "Owner",
            "DisplayName",
            "SubscriptionsConfirmed",
            "SubscriptionsPending",
            "SubscriptionsDeleted",
            "Policy",
            "EffectiveDeliveryPolicy");
  }

  @Test
  void creatingAgainGivesTheSameTopic() {
    String name = sns.newName("again");
    CreateTopicRequest request =
        CreateTopicRequest.builder()
            .name(name)
            .attributes(Map.of("DisplayName", "Tern", "SignatureVersion", "2"))
            .tags(Tag.builder().key("team").value("a").build())
            .build();
    String topic = sns.client().createTopic(request).topicArn();
    assertThat(sns.client().createTopic(request).topicArn()).isEqualTo(topic);
    assertThat(sns.client().createTopic(r -> r.name(name)).topicArn()).isEqualTo(topic);
    assertThat(
            sns.client()
                .createTopic(r -> r.name(name).attributes(Map.of("DisplayName", "Tern")))
                .topicArn())
        .isEqualTo(topic);
    assertThat(
            sns.client()
                .createTopic(r -> r.name(name).attributes(Map.of("FifoTopic", "false")))
                .topicArn())
        .isEqualTo(topic);
    Sns.assertInvalid(
        () -> sns.client().createTopic(r -> r.name(name).attributes(Map.of("DisplayName", "x"))),
        OTHER_ATTRIBUTES);
    Sns.assertInvalid(
        () ->
            sns.client()
                .createTopic(r -> r.name(name).attributes(Map.of("TracingConfig", "Active"))),
        OTHER_ATTRIBUTES);
    Sns.assertInvalid(
        () ->
            sns.client()
                .createTopic(r -> r.name(name).tags(Tag.builder().key("team").value("b").build())),
        OTHER_TAGS);
    Sns.assertInvalid(
        () ->
            sns.client()
                .createTopic(r -> r.name(name).tags(Tag.builder().key("k").value("").build())),
        OTHER_TAGS);
  }

  @Test
  void racingCallersMakeOneTopic() {
    String name = sns.newName("race");
    List<CompletableFuture<String>> calls =
        IntStream.range(0, 8)
            .mapToObj(_ ->
                CompletableFuture.supplyAsync(
                    () -> sns.client().createTopic(r -> r.name(name)).topicArn()))
            .toList();
    assertThat(calls.stream().map(CompletableFuture::join)).containsOnly(Sns.topicArn(name));
  }

  @Test
  void attributesAreSetAndRemoved() {
    String topic = sns.newTopic("attributes");
    set(topic, "DisplayName", "Terns");
    set(topic, "SignatureVersion", "2");
    set(topic, "TracingConfig", "Active");
    set(topic, "KmsMasterKeyId", "alias/aws/sns");
    assertThat(sns.topicAttributes(topic))
        .containsEntry("DisplayName", "Terns")
        .containsEntry("SignatureVersion", "2")
        .containsEntry("TracingConfig", "Active")
        .containsEntry("KmsMasterKeyId", "alias/aws/sns");
    set(topic, "DisplayName", "");
    set(topic, "KmsMasterKeyId", "");
    assertThat(sns.topicAttributes(topic))
        .containsEntry("DisplayName", "")
        .doesNotContainKey("KmsMasterKeyId");
  }

  @Test
  void whereDeliveriesAreLoggedIsKept() {
    Map<String, String> feedback = new HashMap<>();
    for (String protocol : List.of("HTTP", "SQS", "Lambda", "Firehose", "Application")) {
      feedback.put(protocol + "SuccessFeedbackRoleArn", "arn:aws:iam::000000000000:role/s");
      feedback.put(protocol + "FailureFeedbackRoleArn", "arn:aws:iam::000000000000:role/f");
      feedback.put(protocol + "SuccessFeedbackSampleRate", "50");
    }
    String topic = sns.newTopic("feedback", feedback);
    assertThat(sns.topicAttributes(topic)).containsAllEntriesOf(feedback);
    set(topic, "SQSSuccessFeedbackRoleArn", "");
    assertThat(sns.topicAttributes(topic)).doesNotContainKey("SQSSuccessFeedbackRoleArn");
  }

  @Test
  void deliveryPolicyIsToldAsGivenAndFilledUp() {
    String topic = sns.newTopic("policy");
    set(
        topic,
        "DeliveryPolicy",
        "{\"http\": {\"defaultHealthyRetryPolicy\": {\"minDelayTarget\": 1, \"maxDelayTarget\": 2,"
            + " \"numRetries\": 5}}}");
    Map<String, String> attributes = sns.topicAttributes(topic);
    assertThat(attributes.get("DeliveryPolicy"))
        .contains("\"minDelayTarget\":1")
        .contains("\"disableSubscriptionOverrides\":false");
    assertThat(attributes.get("EffectiveDeliveryPolicy"))
        .contains("\"numRetries\":5")
        .contains("\"backoffFunction\":\"linear\"")
        .contains("\"headerContentType\":\"text/plain; charset=UTF-8\"");
    set(topic, "DeliveryPolicy", "");
    assertThat(sns.topicAttributes(topic)).doesNotContainKey("DeliveryPolicy");
  }

  @Test
  void deletedTopicIsGoneAndDeletingAgainSucceeds() {
    String name = sns.newName("gone");
    String topic =
        sns.client()
            .createTopic(r -> r.name(name).tags(Tag.builder().key("k").value("v").build()))
            .topicArn();
    sns.client().deleteTopic(r -> r.topicArn(topic));
    sns.client().deleteTopic(r -> r.topicArn(topic));
    Sns.assertRefused(() -> sns.topicAttributes(topic), "NotFound", 404, "Topic does not exist");
    Sns.assertRefused(() -> sns.publish(topic, "m"), "NotFound", 404, "Topic does not exist");
    Sns.assertRefused(
        () -> sns.client().listSubscriptionsByTopic(r -> r.topicArn(topic)),
        "NotFound",
        404,
        "Topic does not exist");
    assertThat(
            sns.client()
                .createTopic(r -> r.name(name).tags(Tag.builder().key("k").value("w").build()))
                .topicArn())
        .isEqualTo(topic);
    assertThat(sns.client().listTagsForResource(r -> r.resourceArn(topic)).tags())
        .containsExactly(Tag.builder().key("k").value("w").build());
  }

  @Test
  void topicsAreListedInPagesOfAHundred() {
    List<String> made = Sns.many(101, _ -> sns.newTopic("page"));
    Set<String> listed = new HashSet<>();
    int pages = 0;
    for (var page : sns.client().listTopicsPaginator()) {
      assertThat(page.topics()).hasSizeLessThanOrEqualTo(100);
      page.topics().stream().map(Topic::topicArn).forEach(listed::add);
      pages++;
    }
    assertThat(pages).isGreaterThan(1);
    assertThat(listed).containsAll(made);
    var _ = Sns.many(101, i -> sns.client().deleteTopic(r -> r.topicArn(made.get(i))));
  }

  @Test
  void permissionsAreStatementsOfThePolicy() {
    String topic = sns.newTopic("permission");
    sns.client()
        .addPermission(r ->
            r.topicArn(topic).label("one").awsAccountIds("111111111111").actionNames("Publish"));
    sns.client()
        .addPermission(r ->
            r.topicArn(topic)
                .label("two")
                .awsAccountIds("111111111111", "222222222222")
                .actionNames("Publish", "Subscribe"));
    String policy = sns.topicAttributes(topic).getOrDefault("Policy", "");
    assertThat(policy)
        .contains(
            "{\"Sid\":\"one\",\"Effect\":\"Allow\",\"Principal\":"
                + "{\"AWS\":\"arn:aws:iam::111111111111:root\"},\"Action\":\"SNS:Publish\","
                + "\"Resource\":\""
                + topic
                + "\"}")
        .contains(
            "{\"Sid\":\"two\",\"Effect\":\"Allow\",\"Principal\":"
                + "{\"AWS\":[\"arn:aws:iam::111111111111:root\","
                + "\"arn:aws:iam::222222222222:root\"]},"
                + "\"Action\":[\"SNS:Publish\",\"SNS:Subscribe\"],\"Resource\":\""
                + topic
                + "\"}");
    Sns.assertInvalid(
        () ->
            sns.client()
                .addPermission(r ->
                    r.topicArn(topic)
                        .label("one")
                        .awsAccountIds("111111111111")
                        .actionNames("Publish")),
        "Invalid parameter: Statement already exists");
    Sns.assertInvalid(
        () ->
            sns.client()
                .addPermission(r ->
                    r.topicArn(topic)
                        .label("three")
                        .awsAccountIds("111111111111")
                        .actionNames("Fly")),
        "Invalid parameter: Policy statement action out of service scope!");
    sns.client().removePermission(r -> r.topicArn(topic).label("one"));
    sns.client().removePermission(r -> r.topicArn(topic).label("two"));
    sns.client().removePermission(r -> r.topicArn(topic).label("never"));
    assertThat(sns.topicAttributes(topic)).containsEntry("Policy", defaultPolicy(topic));
  }

  @Test
  void tagsAreAddedOverwrittenAndRemoved() {
    String topic = sns.newTopic("tags");
    assertThat(sns.client().listTagsForResource(r -> r.resourceArn(topic)).tags()).isEmpty();
    tag(topic, "a", "1");
    tag(topic, "b", "2");
    tag(topic, "a", "3");
    sns.client().untagResource(r -> r.resourceArn(topic).tagKeys("b", "never"));
    Map<String, String> tags = new HashMap<>();
    sns.client()
        .listTagsForResource(r -> r.resourceArn(topic))
        .tags()
        .forEach(tag -> tags.put(tag.key(), tag.value()));
    assertThat(tags).isEqualTo(Map.of("a", "3"));
    Sns.assertInvalid(
        () ->
            sns.client()
                .tagResource(r ->
                    r.resourceArn(topic)
                        .tags(
                            Tag.builder().key("k").value("1").build(),
                            Tag.builder().key("k").value("2").build())),
        "Invalid parameter: Duplicated keys are not allowed.");
    Sns.assertRefused(
        () -> tag(Sns.topicArn("never-" + sns.newName("x")), "a", "1"),
        "ResourceNotFound",
        404,
        "Resource does not exist");
  }

  @Test
  void dataProtectionPolicyIsKeptApart() {
    String topic = sns.newTopic("protection");
    String policy =
        "{\"Name\":\"p\",\"Version\":\"2021-06-01\",\"Statement\":[{\"Sid\":\"s\","
            + "\"DataDirection\":\"Inbound\",\"Principal\":[\"*\"],\"DataIdentifier\":"
            + "[\"arn:aws:dataprotection::aws:data-identifier/EmailAddress\"],"
            + "\"Operation\":{\"Deny\":{}}}]}";
    sns.client().putDataProtectionPolicy(r -> r.resourceArn(topic).dataProtectionPolicy(policy));
    assertThat(
            sns.client().getDataProtectionPolicy(r -> r.resourceArn(topic)).dataProtectionPolicy())
        .isEqualTo(policy);
    assertThat(sns.topicAttributes(topic)).doesNotContainKey("DataProtectionPolicy");
  }

  private void set(String topic, String name, String value) {
    sns.client()
        .setTopicAttributes(r -> r.topicArn(topic).attributeName(name).attributeValue(value));
  }

  private void tag(String topic, String key, String value) {
    sns.client()
        .tagResource(r -> r.resourceArn(topic).tags(Tag.builder().key(key).value(value).build()));
  }

  private static String defaultPolicy(String topic) {
    return "{\"Version\":\"2008-10-17\",\"Id\":\"__default_policy_ID\",\"Statement\":["
        + "{\"Sid\":\"__default_statement_ID\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"},"
        + "\"Action\":[\"SNS:GetTopicAttributes\",\"SNS:SetTopicAttributes\","
        + "\"SNS:AddPermission\",\"SNS:RemovePermission\",\"SNS:DeleteTopic\",\"SNS:Subscribe\","
        + "\"SNS:ListSubscriptionsByTopic\",\"SNS:Publish\"],\"Resource\":\""
        + topic
        + "\",\"Condition\":{\"StringEquals\":{\"AWS:SourceOwner\":\"000000000000\"}}}]}";
  }
}
