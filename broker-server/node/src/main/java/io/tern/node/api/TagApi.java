package io.tern.node.api;

import io.tern.proto.sqs.ListQueueTagsRequest;
import io.tern.proto.sqs.ListQueueTagsResult;
import io.tern.proto.sqs.TagQueueRequest;
import io.tern.proto.sqs.TagQueueResult;
import io.tern.proto.sqs.UntagQueueRequest;
import io.tern.proto.sqs.UntagQueueResult;
import io.tern.state.Command;
import io.tern.state.QueueName;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The operations on tags of queues. */
final class TagApi {
  private final QueueDirectory directory;
  private final CatalogueCalls catalogue;

  TagApi(QueueDirectory directory, CatalogueCalls catalogue) {
    this.directory = directory;
    this.catalogue = catalogue;
  }

  void addTo(ApiTable table) {
    table.add("TagQueue", TagQueueRequest.class, this::tagQueue);
    table.add("UntagQueue", UntagQueueRequest.class, this::untagQueue);
    table.add("ListQueueTags", ListQueueTagsRequest.class, this::listQueueTags);
  }

  CompletableFuture<TagQueueResult> tagQueue(Caller caller, TagQueueRequest request) {
    QueueName name = directory.named(request.getQueueUrl());
    if (request.getTagsCount() == 0) {
      throw Replies.missing("Tags");
    }
    return directory
        .fresh(caller, name)
        .thenCompose(queue -> {
          TagChecks.check(name.name(), request.getTagsMap());
          return catalogue.run(
              caller, new Command.TagQueue(queue.queue(), new TreeMap<>(request.getTagsMap())));
        })
        .thenApply(done -> TagQueueResult.getDefaultInstance());
  }

  CompletableFuture<UntagQueueResult> untagQueue(Caller caller, UntagQueueRequest request) {
    QueueName name = directory.named(request.getQueueUrl());
    List<String> keys = request.getTagKeysList();
    return directory
        .fresh(caller, name)
        .thenCompose(queue -> {
          if (keys.isEmpty()) {
            throw TagChecks.badKey();
          }
          keys.forEach(TagChecks::checkKey);
          // A key that is no tag's is ignored; the command goes into the log and stays small.
          List<String> known =
              keys.stream().filter(key -> queue.tags().containsKey(key)).distinct().toList();
          return catalogue.run(caller, new Command.UntagQueue(queue.queue(), known));
        })
        .thenApply(done -> UntagQueueResult.getDefaultInstance());
  }

  CompletableFuture<ListQueueTagsResult> listQueueTags(
      Caller caller, ListQueueTagsRequest request) {
    return directory
        .fresh(caller, directory.named(request.getQueueUrl()))
        .thenApply(queue -> ListQueueTagsResult.newBuilder().putAllTags(queue.tags()).build());
  }
}
