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
import io.tern.proto.sqs.ListQueuesRequest;
import io.tern.proto.sqs.ListQueuesResult;
import io.tern.proto.sqs.PurgeQueueRequest;
import io.tern.proto.sqs.PurgeQueueResult;
import io.tern.proto.sqs.SetQueueAttributesRequest;
import io.tern.proto.sqs.SetQueueAttributesResult;
import io.tern.protocols.TernException;
import io.tern.state.Command;
import io.tern.state.PartitionId;
import io.tern.state.QueueName;
import io.tern.state.Reply;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** The operations on queues themselves: create, find, list, describe, change, purge, delete. */
public final class QueueApi {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  private final PartitionRouter router;
  private final QueueDirectory directory;
  private final long ruleMillis;

  /**
   * Makes the operations.
   *
   * @param relaxed true turns off the 60-second rules of purge and re-create
   */
  public QueueApi(PartitionRouter router, QueueDirectory directory, boolean relaxed) {
    this.router = router;
    this.directory = directory;
    this.ruleMillis = relaxed ? 0 : Limits.PURGE_INTERVAL_MILLIS;
  }

  /** Enters the operations. */
  public void addTo(ApiTable table) {
    table.add("CreateQueue", CreateQueueRequest.class, this::createQueue);
    table.add("DeleteQueue", DeleteQueueRequest.class, this::deleteQueue);
    table.add("GetQueueUrl", GetQueueUrlRequest.class, this::getQueueUrl);
    table.add("ListQueues", ListQueuesRequest.class, this::listQueues);
    table.add("GetQueueAttributes", GetQueueAttributesRequest.class, this::getQueueAttributes);
    table.add("SetQueueAttributes", SetQueueAttributesRequest.class, this::setQueueAttributes);
    table.add("PurgeQueue", PurgeQueueRequest.class, this::purgeQueue);
  }

  CompletableFuture<CreateQueueResult> createQueue(Caller caller, CreateQueueRequest request) {
    Replies.require(request.getQueueName(), "QueueName");
    QueueName name = new QueueName(directory.account(), checkedName(request.getQueueName()));
    Command command =
        new Command.CreateQueue(
            name,
            QueueAttributeViews.normalised(name.name(), request.getAttributesMap()),
            new TreeMap<>(request.getTagsMap()),
            ruleMillis);
    return define(caller, command)
        .thenApply(done ->
            CreateQueueResult.newBuilder().setQueueUrl(directory.url(caller, name)).build());
  }

  CompletableFuture<DeleteQueueResult> deleteQueue(Caller caller, DeleteQueueRequest request) {
    return directory
        .fresh(caller, directory.named(request.getQueueUrl()))
        .thenCompose(queue -> define(caller, new Command.DeleteQueue(queue.queue())))
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

  CompletableFuture<ListQueuesResult> listQueues(Caller caller, ListQueuesRequest request) {
    boolean paged = request.hasMaxResults();
    if (paged && (request.getMaxResults() < 1 || request.getMaxResults() > Limits.LIST_RESULTS)) {
      throw new TernException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Value "
              + request.getMaxResults()
              + " for parameter MaxResults is invalid. Reason: MaxResults must be an integer"
              + " between 1 and 1000.");
    }
    int most = paged ? request.getMaxResults() : Limits.LIST_RESULTS;
    String after = PageTokens.open(request.getNextToken());
    return directory
        .upToDate(caller)
        .thenApply(done -> listed(caller, request.getQueueNamePrefix(), after, most, paged));
  }

  private ListQueuesResult listed(
      Caller caller, String prefix, String after, int most, boolean paged) {
    List<QueueDefinition> found =
        directory.mirror().list(directory.account(), prefix, after, most + 1);
    ListQueuesResult.Builder result = ListQueuesResult.newBuilder();
    for (QueueDefinition queue : found.subList(0, Math.min(most, found.size()))) {
      result.addQueueUrls(directory.url(caller, queue.name()));
    }
    if (paged && found.size() > most) {
      result.setNextToken(PageTokens.seal(found.get(most - 1).name().name()));
    }
    return result.build();
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
                    queue, directory.arn(name), new QueueCounts(0, 0, 0), wanted));
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
      throw new TernException(
          ErrorCode.MISSING_PARAMETER, "The request must contain the parameter Attributes.");
    }
    return directory
        .fresh(caller, name)
        .thenCompose(queue ->
            define(
                caller,
                new Command.SetQueueAttributes(
                    queue.queue(), QueueAttributeViews.changes(request.getAttributesMap()))))
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

  /** Runs a command of the catalogue and waits until the queue's partition follows it. */
  private CompletableFuture<Void> define(Caller caller, Command command) {
    return caller
        .bringHome(router.send(PartitionId.CATALOGUE, command))
        .thenCompose(reply ->
            switch (reply) {
              case Reply.DefinitionTaken taken ->
                  directory.settled(caller, taken.partition(), taken.outboxNumber());
              case Reply.Done _ -> CompletableFuture.completedFuture(null);
              default -> throw unexpected(reply);
            });
  }

  private static String checkedName(String name) {
    if (name.endsWith(".fifo")
        && NAME.matcher(name.substring(0, name.length() - 5)).matches()
        && name.length() <= 80) {
      return name;
    }
    if (!NAME.matcher(name).matches()) {
      throw new TernException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
    }
    return name;
  }
}
