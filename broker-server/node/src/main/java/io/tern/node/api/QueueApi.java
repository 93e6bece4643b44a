package io.tern.node.api;

import static io.tern.node.api.Replies.unexpected;

import io.tern.node.routing.PartitionRouter;
import io.tern.node.routing.QueueCounts;
import io.tern.proto.sqs.CreateQueueRequest;
import io.tern.proto.sqs.CreateQueueResult;
import io.tern.proto.sqs.DeleteQueueRequest;
import io.tern.proto.sqs.DeleteQueueResult;
import io.tern.proto.sqs.GetQueueAttributesRequest;
import io.tern.proto.sqs.GetQueueAttributesResult;
import io.tern.proto.sqs.GetQueueUrlRequest;
import io.tern.proto.sqs.GetQueueUrlResult;
import io.tern.proto.sqs.PurgeQueueRequest;
import io.tern.proto.sqs.PurgeQueueResult;
import io.tern.proto.sqs.SetQueueAttributesRequest;
import io.tern.proto.sqs.SetQueueAttributesResult;
import io.tern.protocols.TernException;
import io.tern.state.Command;
import io.tern.state.QueueName;
import io.tern.state.Reply;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The operations on queues themselves: create, find, describe, change, purge, delete. */
final class QueueApi {
  private final PartitionRouter router;
  private final QueueDirectory directory;
  private final CatalogueCalls catalogue;
  private final long ruleMillis;

  /**
   * Makes the operations.
   *
   * @param relaxed true turns off the 60-second rules of purge and re-create
   */
  QueueApi(
      PartitionRouter router, QueueDirectory directory, CatalogueCalls catalogue, boolean relaxed) {
    this.router = router;
    this.directory = directory;
    this.catalogue = catalogue;
    this.ruleMillis = relaxed ? 0 : Limits.PURGE_INTERVAL_MILLIS;
  }

  /** Enters the operations. */
  void addTo(ApiTable table) {
    table.add("CreateQueue", CreateQueueRequest.class, this::createQueue);
    table.add("DeleteQueue", DeleteQueueRequest.class, this::deleteQueue);
    table.add("GetQueueUrl", GetQueueUrlRequest.class, this::getQueueUrl);
    table.add("GetQueueAttributes", GetQueueAttributesRequest.class, this::getQueueAttributes);
    table.add("SetQueueAttributes", SetQueueAttributesRequest.class, this::setQueueAttributes);
    table.add("PurgeQueue", PurgeQueueRequest.class, this::purgeQueue);
  }

  CompletableFuture<CreateQueueResult> createQueue(Caller caller, CreateQueueRequest request) {
    Replies.require(request.getQueueName(), "QueueName");
    QueueNames.check(request.getQueueName(), request.getAttributesMap());
    QueueName name = new QueueName(directory.account(), request.getQueueName());
    Map<String, String> given =
        directory
            .mirror()
            .find(name)
            .map(existing -> QueueAttributeViews.alike(existing, request.getAttributesMap()))
            .orElse(request.getAttributesMap());
    SortedMap<String, String> attributes =
        QueueAttributeViews.normalised(name.name(), given, directory.region());
    TagChecks.check(name.name(), request.getTagsMap());
    return catalogue
        .run(
            caller,
            new Command.CreateQueue(
                name, attributes, new TreeMap<>(request.getTagsMap()), ruleMillis))
        .thenApply(done ->
            CreateQueueResult.newBuilder().setQueueUrl(directory.url(caller, name)).build());
  }

  CompletableFuture<DeleteQueueResult> deleteQueue(Caller caller, DeleteQueueRequest request) {
    return directory
        .fresh(caller, directory.named(request.getQueueUrl()))
        .thenCompose(queue -> catalogue.run(caller, new Command.DeleteQueue(queue.queue())))
        .thenApply(done -> DeleteQueueResult.getDefaultInstance());
  }

  CompletableFuture<GetQueueUrlResult> getQueueUrl(Caller caller, GetQueueUrlRequest request) {
    Replies.require(request.getQueueName(), "QueueName");
    String owner =
        request.getQueueOwnerAwsAccountId().isEmpty()
            ? directory.account()
            : request.getQueueOwnerAwsAccountId();
    return directory
        .find(caller, new QueueName(owner, request.getQueueName()))
        .thenApply(queue ->
            GetQueueUrlResult.newBuilder()
                .setQueueUrl(directory.url(caller, queue.name()))
                .build());
  }

  CompletableFuture<GetQueueAttributesResult> getQueueAttributes(
      Caller caller, GetQueueAttributesRequest request) {
    QueueName name = directory.named(request.getQueueUrl());
    List<String> wanted = request.getAttributeNamesList();
    return directory
        .fresh(caller, name)
        .thenCompose(queue -> {
          QueueAttributeViews.checkWanted(wanted);
          if (!QueueAttributeViews.wantsCounts(wanted)) {
            return CompletableFuture.completedFuture(
                QueueAttributeViews.view(
                    queue, directory.arn(name), new QueueCounts(0, 0, 0, List.of()), wanted));
          }
          return caller
              .bringHome(router.inspect(queue.partition(), queue.queue()))
              .thenApply(counts ->
                  QueueAttributeViews.view(
                      queue,
                      directory.arn(name),
                      counts.orElseThrow(
                          () -> new TernException(ErrorCode.QUEUE_DOES_NOT_EXIST, "")),
                      wanted));
        })
        .thenApply(attributes ->
            GetQueueAttributesResult.newBuilder().putAllAttributes(attributes).build());
  }

  CompletableFuture<SetQueueAttributesResult> setQueueAttributes(
      Caller caller, SetQueueAttributesRequest request) {
    QueueName name = directory.named(request.getQueueUrl());
    if (request.getAttributesCount() == 0) {
      throw Replies.missing("Attributes");
    }
    return directory
        .fresh(caller, name)
        .thenCompose(queue ->
            catalogue.run(
                caller,
                new Command.SetQueueAttributes(
                    queue.queue(),
                    QueueAttributeViews.changes(
                        queue, request.getAttributesMap(), directory.region()))))
        .thenApply(done -> SetQueueAttributesResult.getDefaultInstance());
  }

  CompletableFuture<PurgeQueueResult> purgeQueue(Caller caller, PurgeQueueRequest request) {
    QueueName name = directory.named(request.getQueueUrl());
    return directory
        .find(caller, name)
        .thenCompose(queue ->
            caller.bringHome(
                router.send(queue.partition(), new Command.PurgeQueue(queue.queue(), ruleMillis))))
        .thenApply(reply ->
            switch (reply) {
              case Reply.Done _ -> PurgeQueueResult.getDefaultInstance();
              case Reply.Rejected rejected
                  when rejected.code() == ErrorCode.PURGE_QUEUE_IN_PROGRESS ->
                  throw new TernException(
                      rejected.code(),
                      "Only one PurgeQueue operation on "
                          + name.name()
                          + " is allowed every 60 seconds.");
              default -> throw unexpected(reply);
            });
  }
}
