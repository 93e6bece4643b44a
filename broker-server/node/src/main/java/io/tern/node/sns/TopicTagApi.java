package io.tern.node.sns;

import static io.tern.node.sns.Refusals.good;
import static io.tern.node.sns.Refusals.require;

import io.tern.node.api.ApiTable;
import io.tern.node.api.Caller;
import io.tern.node.sns.CatalogueEdits.Edit;
import io.tern.proto.sns.ListTagsForResourceRequest;
import io.tern.proto.sns.ListTagsForResourceResult;
import io.tern.proto.sns.Tag;
import io.tern.proto.sns.TagResourceRequest;
import io.tern.proto.sns.TagResourceResult;
import io.tern.proto.sns.UntagResourceRequest;
import io.tern.proto.sns.UntagResourceResult;
import io.tern.protocols.TernException;
import io.tern.state.TopicDefinitionCommand.ReplaceTopic;
import io.tern.state.TopicName;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.state.limits.ErrorCode;
import io.tern.topics.policy.ArnChecks;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The operations on tags of topics. */
final class TopicTagApi {
  private final TopicDirectory directory;
  private final CatalogueEdits catalogue;

  TopicTagApi(TopicDirectory directory, CatalogueEdits catalogue) {
    this.directory = directory;
    this.catalogue = catalogue;
  }

  void addTo(ApiTable table) {
    table.add("TagResource", TagResourceRequest.class, this::tagResource);
    table.add("UntagResource", UntagResourceRequest.class, this::untagResource);
    table.add("ListTagsForResource", ListTagsForResourceRequest.class, this::listTags);
  }

  CompletableFuture<TagResourceResult> tagResource(Caller caller, TagResourceRequest request) {
    require(request.hasResourceArn(), "resourceArn");
    TopicName name = named(caller, request.getResourceArn());
    return edit(
        caller,
        name,
        tags -> {
          tags.putAll(TopicTags.checked(request.getTagsList()));
          TopicTags.checkCount(tags.size());
        },
        TagResourceResult.getDefaultInstance());
  }

  CompletableFuture<UntagResourceResult> untagResource(
      Caller caller, UntagResourceRequest request) {
    require(request.hasResourceArn(), "resourceArn");
    return edit(
        caller,
        named(caller, request.getResourceArn()),
        tags -> tags.keySet().removeAll(request.getTagKeysList()),
        UntagResourceResult.getDefaultInstance());
  }

  CompletableFuture<ListTagsForResourceResult> listTags(
      Caller caller, ListTagsForResourceRequest request) {
    require(request.hasResourceArn(), "resourceArn");
    return topic(caller, named(caller, request.getResourceArn()))
        .thenApply(topic -> {
          ListTagsForResourceResult.Builder result = ListTagsForResourceResult.newBuilder();
          topic
              .tags()
              .forEach(
                  (key, value) -> result.addTags(Tag.newBuilder().setKey(key).setValue(value)));
          return result.build();
        });
  }

  private <T> CompletableFuture<T> edit(
      Caller caller, TopicName name, Consumer<SortedMap<String, String>> change, T result) {
    return catalogue.edit(
        caller,
        () ->
            topic(caller, name)
                .thenApply(topic -> {
                  SortedMap<String, String> tags = new TreeMap<>(topic.tags());
                  change.accept(tags);
                  return new Edit<>(
                      new ReplaceTopic(topic.topic(), topic.revision(), topic.attributes(), tags),
                      result);
                }));
  }

  private CompletableFuture<TopicDefinition> topic(Caller caller, TopicName name) {
    return directory
        .freshTopicIfAny(caller, name)
        .thenApply(
            topic -> topic.orElseThrow(() -> new TernException(ErrorCode.SNS_RESOURCE_NOT_FOUND)));
  }

  private static TopicName named(Caller caller, String arn) {
    return good(ArnChecks.topic("ResourceArn", arn, caller.region()));
  }
}
