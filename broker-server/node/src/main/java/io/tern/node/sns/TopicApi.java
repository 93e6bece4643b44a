package io.tern.node.sns;

import static io.tern.node.sns.Refusals.check;
import static io.tern.node.sns.Refusals.good;
import static io.tern.node.sns.Refusals.require;

import io.tern.node.api.ApiTable;
import io.tern.node.api.Caller;
import io.tern.node.sns.CatalogueEdits.Edit;
import io.tern.proto.sns.CreateTopicRequest;
import io.tern.proto.sns.CreateTopicResult;
import io.tern.proto.sns.DeleteTopicRequest;
import io.tern.proto.sns.DeleteTopicResult;
import io.tern.proto.sns.GetTopicAttributesRequest;
import io.tern.proto.sns.GetTopicAttributesResult;
import io.tern.proto.sns.ListTopicsRequest;
import io.tern.proto.sns.ListTopicsResult;
import io.tern.proto.sns.SetTopicAttributesRequest;
import io.tern.proto.sns.SetTopicAttributesResult;
import io.tern.proto.sns.Topic;
import io.tern.state.TopicDefinitionCommand.CreateTopic;
import io.tern.state.TopicDefinitionCommand.DeleteTopic;
import io.tern.state.TopicDefinitionCommand.ReplaceTopic;
import io.tern.state.TopicName;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.topics.envelope.TopicArn;
import io.tern.topics.policy.ArnChecks;
import io.tern.topics.policy.DataProtectionPolicies;
import io.tern.topics.policy.TopicAttributes;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The operations on topics. */
final class TopicApi {
  private final TopicDirectory directory;
  private final CatalogueEdits catalogue;
  private final Archives archives;
  private final Pages pages;

  TopicApi(TopicDirectory directory, CatalogueEdits catalogue, Archives archives, Pages pages) {
    this.directory = directory;
    this.catalogue = catalogue;
    this.archives = archives;
    this.pages = pages;
  }

  void addTo(ApiTable table) {
    table.add("CreateTopic", CreateTopicRequest.class, this::createTopic);
    table.add("DeleteTopic", DeleteTopicRequest.class, this::deleteTopic);
    table.add("ListTopics", ListTopicsRequest.class, this::listTopics);
    table.add("GetTopicAttributes", GetTopicAttributesRequest.class, this::getTopicAttributes);
    table.add("SetTopicAttributes", SetTopicAttributesRequest.class, this::setTopicAttributes);
  }

  CompletableFuture<CreateTopicResult> createTopic(Caller caller, CreateTopicRequest request) {
    require(request.hasName(), "name");
    TopicName name = new TopicName(caller.region(), directory.account(), request.getName());
    SortedMap<String, String> attributes =
        new TreeMap<>(good(TopicAttributes.create(name, request.getAttributesMap())));
    if (!request.getDataProtectionPolicy().isEmpty()) {
      attributes.put(
          TopicViews.DATA_PROTECTION_POLICY,
          good(DataProtectionPolicies.check(request.getDataProtectionPolicy())));
    }
    SortedMap<String, String> tags = TopicTags.checked(request.getTagsList());
    SortedMap<String, String> alike =
        directory
            .mirror()
            .topic(name)
            .map(known -> TopicViews.alike(known, attributes))
            .orElse(attributes);
    return catalogue
        .run(caller, new CreateTopic(name, alike, tags))
        .thenApply(_ -> CreateTopicResult.newBuilder().setTopicArn(TopicArn.of(name)).build());
  }

  CompletableFuture<DeleteTopicResult> deleteTopic(Caller caller, DeleteTopicRequest request) {
    TopicName name = named(caller, request.hasTopicArn(), request.getTopicArn());
    return directory
        .freshTopicIfAny(caller, name)
        .thenCompose(topic ->
            topic.isEmpty()
                ? CompletableFuture.completedFuture(DeleteTopicResult.getDefaultInstance())
                : catalogue
                    .run(caller, new DeleteTopic(topic.get().topic()))
                    .thenApply(_ -> DeleteTopicResult.getDefaultInstance()));
  }

  CompletableFuture<ListTopicsResult> listTopics(Caller caller, ListTopicsRequest request) {
    String after = pages.after(request.getNextToken());
    return directory
        .upToDate(caller)
        .thenApply(_ -> {
          ListTopicsResult.Builder result = ListTopicsResult.newBuilder();
          pages.show(
              directory.topics(caller.region(), after, Pages.lookFor()),
              found -> found.name().name(),
              found -> result.addTopics(Topic.newBuilder().setTopicArn(TopicArn.of(found.name()))),
              result::setNextToken);
          return result.build();
        });
  }

  CompletableFuture<GetTopicAttributesResult> getTopicAttributes(
      Caller caller, GetTopicAttributesRequest request) {
    TopicName name = named(caller, request.hasTopicArn(), request.getTopicArn());
    return directory
        .freshTopic(caller, name)
        .thenCompose(topic ->
            archives
                .beginning(caller, topic)
                .thenApply(beginning ->
                    GetTopicAttributesResult.newBuilder()
                        .putAllAttributes(
                            TopicViews.view(
                                topic,
                                directory.mirror().subscriptions().counts(topic.topic()),
                                beginning))
                        .build()));
  }

  CompletableFuture<SetTopicAttributesResult> setTopicAttributes(
      Caller caller, SetTopicAttributesRequest request) {
    require(request.hasTopicArn(), "topicArn");
    require(request.hasAttributeName(), "attributeName");
    TopicName name = named(caller, true, request.getTopicArn());
    return catalogue.edit(
        caller,
        () ->
            directory
                .freshTopic(caller, name)
                .thenApply(topic ->
                    new Edit<>(
                        changed(topic, request.getAttributeName(), request.getAttributeValue()),
                        SetTopicAttributesResult.getDefaultInstance())));
  }

  private static ReplaceTopic changed(TopicDefinition topic, String attribute, String value) {
    String checked = good(TopicAttributes.set(topic.name(), attribute, value));
    SortedMap<String, String> attributes = new TreeMap<>(topic.attributes());
    attributes.put(attribute, checked);
    attributes.values().removeIf(String::isEmpty);
    return new ReplaceTopic(topic.topic(), topic.revision(), attributes, topic.tags());
  }

  private static TopicName named(Caller caller, boolean given, String arn) {
    require(given, "topicArn");
    check(ArnChecks.shape("TopicArn", arn));
    return good(ArnChecks.topic("TopicArn", arn, caller.region()));
  }
}
