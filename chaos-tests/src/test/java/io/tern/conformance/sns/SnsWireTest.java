package io.tern.conformance.sns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.chaos.SnsSdkClient;
import io.tern.conformance.Deployment;
import io.tern.conformance.OnEachDeployment;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;

/** How answers of SNS look to who reads them without an SDK. */
@OnEachDeployment
class SnsWireTest {
  private final Deployment service;
  private final Sns sns;

  SnsWireTest(Deployment service) {
    this.service = service;
    this.sns = Sns.of(service);
  }

  @Test
  void answersHaveTheirWrappers() {
    String topic = sns.newTopic("wire");
    SnsAnswer published = call("Publish", "TopicArn", topic, "Message", "m");
    assertThat(published.status()).isEqualTo(200);
    assertThat(published.header("Content-Type")).startsWith("text/xml");
    assertThat(published.xml().getNamespaceURI()).isEqualTo(SnsAnswer.NAMESPACE);
    assertThat(published.xml().getLocalName()).isEqualTo("PublishResponse");
    assertThat(published.inside("PublishResponse"))
        .containsExactly("PublishResult", "ResponseMetadata");
    assertThat(published.inside("PublishResult")).containsExactly("MessageId");
    assertThat(published.text("RequestId")).isEqualTo(published.header("x-amzn-RequestId"));
  }

  @Test
  void operationsWithoutResultHaveNone() {
    String topic = sns.newTopic("none");
    assertThat(
            call(
                    "SetTopicAttributes",
                    "TopicArn",
                    topic,
                    "AttributeName",
                    "DisplayName",
                    "AttributeValue",
                    "a")
                .inside("SetTopicAttributesResponse"))
        .containsExactly("ResponseMetadata");
    SnsAnswer tagged =
        call(
            "TagResource",
            "ResourceArn",
            topic,
            "Tags.member.1.Key",
            "k",
            "Tags.member.1.Value",
            "");
    assertThat(tagged.inside("TagResourceResponse"))
        .containsExactly("TagResourceResult", "ResponseMetadata");
    assertThat(tagged.text("TagResourceResult")).isEmpty();
    assertThat(call("DeleteTopic", "TopicArn", topic).inside("DeleteTopicResponse"))
        .containsExactly("ResponseMetadata");
  }

  @Test
  void emptyListsAreThereAndEmpty() {
    String topic = sns.newTopic("empty");
    SnsAnswer none = call("ListSubscriptionsByTopic", "TopicArn", topic);
    assertThat(none.inside("ListSubscriptionsByTopicResult")).containsExactly("Subscriptions");
    assertThat(
            call("ListTagsForResource", "ResourceArn", topic).inside("ListTagsForResourceResult"))
        .containsExactly("Tags");
    SnsAnswer batch =
        call(
            "PublishBatch",
            "TopicArn",
            topic,
            "PublishBatchRequestEntries.member.1.Id",
            "a",
            "PublishBatchRequestEntries.member.1.Message",
            "m");
    assertThat(batch.inside("PublishBatchResult"))
        .containsExactlyInAnyOrder("Successful", "Failed");
    assertThat(batch.inside("Failed")).isEmpty();
    // An SDK writes an empty list so.
    assertThat(call("CreateTopic", "Name", sns.newName("list"), "Tags", "").status())
        .isEqualTo(200);
    assertThat(call("TagResource", "ResourceArn", topic, "Tags", "").status()).isEqualTo(200);
    assertThat(call("UntagResource", "ResourceArn", topic, "TagKeys", "").status()).isEqualTo(200);
  }

  @Test
  void mapsAreEntries() {
    String topic = sns.newTopic("map");
    SnsAnswer told = call("GetTopicAttributes", "TopicArn", topic);
    assertThat(told.inside("Attributes")).isNotEmpty().containsOnly("entry");
    assertThat(new HashSet<>(told.inside("entry"))).isEqualTo(Set.of("key", "value"));
  }

  @Test
  void parametersMayStandInTheUrl() {
    String name = sns.newName("url");
    URI url = service.endpoint().resolve("/?Action=CreateTopic&Version=2010-03-31&Name=" + name);
    SnsAnswer created = SnsHttp.get(url);
    assertThat(created.text("TopicArn")).isEqualTo(Sns.topicArn(name));
  }

  @Test
  void unknownActionsAreRefused() {
    SnsAnswer refused = call("Fly");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.xml().getNamespaceURI()).isEqualTo(SnsAnswer.NAMESPACE);
    assertThat(refused.text("Code")).isEqualTo("InvalidAction");
  }

  @Test
  void everyNodeServesTheCertificate() {
    String topic = sns.newTopic("certificate");
    String queue = sns.newQueue("certificate");
    sns.subscribe(topic, queue);
    sns.publish(topic, "m");
    URI certificate = URI.create(Sns.textOf(sns.nextEnvelope(queue), "SigningCertURL"));
    Set<String> pages = new HashSet<>();
    for (URI node : service.endpoints()) {
      SnsAnswer page = SnsHttp.get(node.resolve(certificate.getPath()));
      assertThat(page.status()).isEqualTo(200);
      pages.add(page.body());
    }
    assertThat(pages).hasSize(1);
    assertThat(SnsHttp.get(certificate).body()).isIn(pages);
  }

  @Test
  void regionIsTheOneTheRequestIsSignedFor() {
    String name = sns.newName("region");
    String here = sns.client().createTopic(r -> r.name(name)).topicArn();
    try (SnsClient elsewhere = SnsSdkClient.of(service.endpoint(), Region.EU_WEST_1)) {
      String there = elsewhere.createTopic(r -> r.name(name)).topicArn();
      assertThat(there).isEqualTo(here.replace("us-east-1", "eu-west-1"));
      assertThat(elsewhere.getTopicAttributes(r -> r.topicArn(there)).attributes())
          .containsEntry("TopicArn", there);
      Sns.assertInvalid(
          () -> elsewhere.getTopicAttributes(r -> r.topicArn(here)), "Invalid parameter: TopicArn");
      assertThat(elsewhere.listTopicsPaginator().topics())
          .noneMatch(topic -> topic.topicArn().equals(here))
          .anyMatch(topic -> topic.topicArn().equals(there));
    }
  }

  private SnsAnswer call(String action, String... parameters) {
    return SnsHttp.form(service.endpoint(), action, List.of(parameters));
  }
}
