package io.tern.node.sns;

import static io.tern.node.sns.Refusals.good;
import static io.tern.node.sns.Refusals.require;

import io.tern.node.api.ApiTable;
import io.tern.node.api.Caller;
import io.tern.node.sns.CatalogueEdits.Edit;
import io.tern.proto.sns.AddPermissionRequest;
import io.tern.proto.sns.AddPermissionResult;
import io.tern.proto.sns.GetDataProtectionPolicyRequest;
import io.tern.proto.sns.GetDataProtectionPolicyResult;
import io.tern.proto.sns.PutDataProtectionPolicyRequest;
import io.tern.proto.sns.PutDataProtectionPolicyResult;
import io.tern.proto.sns.RemovePermissionRequest;
import io.tern.proto.sns.RemovePermissionResult;
import io.tern.state.TopicDefinitionCommand.ReplaceTopic;
import io.tern.state.TopicName;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.topics.policy.ArnChecks;
import io.tern.topics.policy.DataProtectionPolicies;
import io.tern.topics.policy.TopicAttributes;
import io.tern.topics.policy.TopicPolicy;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The operations on a topic's access policy and on its data protection policy. */
final class TopicPermissionApi {
  private static final String RESOURCE_ARN = "ResourceArn";

  private final TopicDirectory directory;
  private final CatalogueEdits catalogue;

  TopicPermissionApi(TopicDirectory directory, CatalogueEdits catalogue) {
    this.directory = directory;
    this.catalogue = catalogue;
  }

  void addTo(ApiTable table) {
    table.add("AddPermission", AddPermissionRequest.class, this::addPermission);
    table.add("RemovePermission", RemovePermissionRequest.class, this::removePermission);
    table.add(
        "GetDataProtectionPolicy",
        GetDataProtectionPolicyRequest.class,
        this::getDataProtectionPolicy);
    table.add(
        "PutDataProtectionPolicy",
        PutDataProtectionPolicyRequest.class,
        this::putDataProtectionPolicy);
  }

  CompletableFuture<AddPermissionResult> addPermission(
      Caller caller, AddPermissionRequest request) {
    require(request.hasTopicArn(), "topicArn");
    require(request.hasLabel(), "label");
    return set(
        caller,
        good(ArnChecks.topic("TopicArn", request.getTopicArn(), caller.region())),
        TopicAttributes.POLICY,
        topic ->
            good(
                TopicPolicy.withStatement(
                    topic.attributes().get(TopicAttributes.POLICY),
                    topic.name(),
                    request.getLabel(),
                    request.getAwsAccountIdsList(),
                    request.getActionNamesList())),
        AddPermissionResult.getDefaultInstance());
  }

  CompletableFuture<RemovePermissionResult> removePermission(
      Caller caller, RemovePermissionRequest request) {
    require(request.hasTopicArn(), "topicArn");
    require(request.hasLabel(), "label");
    return set(
        caller,
        good(ArnChecks.topic("TopicArn", request.getTopicArn(), caller.region())),
        TopicAttributes.POLICY,
        topic ->
            TopicPolicy.withoutStatement(
                topic.attributes().get(TopicAttributes.POLICY), topic.name(), request.getLabel()),
        RemovePermissionResult.getDefaultInstance());
  }

  CompletableFuture<GetDataProtectionPolicyResult> getDataProtectionPolicy(
      Caller caller, GetDataProtectionPolicyRequest request) {
    require(request.hasResourceArn(), "resourceArn");
    TopicName name = good(ArnChecks.topic(RESOURCE_ARN, request.getResourceArn(), caller.region()));
    return directory
        .freshTopic(caller, name)
        .thenApply(topic ->
            GetDataProtectionPolicyResult.newBuilder()
                .setDataProtectionPolicy(
                    topic.attributes().getOrDefault(TopicViews.DATA_PROTECTION_POLICY, ""))
                .build());
  }

  CompletableFuture<PutDataProtectionPolicyResult> putDataProtectionPolicy(
      Caller caller, PutDataProtectionPolicyRequest request) {
    require(request.hasResourceArn(), "resourceArn");
    require(request.hasDataProtectionPolicy(), "dataProtectionPolicy");
    return set(
        caller,
        good(ArnChecks.topic(RESOURCE_ARN, request.getResourceArn(), caller.region())),
        TopicViews.DATA_PROTECTION_POLICY,
        _ -> good(DataProtectionPolicies.check(request.getDataProtectionPolicy())),
        PutDataProtectionPolicyResult.getDefaultInstance());
  }

  /** Sets one attribute to what is made of the topic as it then is; an empty value removes it. */
  private <T> CompletableFuture<T> set(
      Caller caller,
      TopicName name,
      String attribute,
      Function<TopicDefinition, String> value,
      T result) {
    return catalogue.edit(
        caller,
        () ->
            directory
                .freshTopic(caller, name)
                .thenApply(topic -> {
                  SortedMap<String, String> attributes = new TreeMap<>(topic.attributes());
                  attributes.put(attribute, value.apply(topic));
                  attributes.values().removeIf(String::isEmpty);
                  return new Edit<>(
                      new ReplaceTopic(topic.topic(), topic.revision(), attributes, topic.tags()),
                      result);
                }));
  }
}
