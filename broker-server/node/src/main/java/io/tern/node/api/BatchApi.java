package io.tern.node.api;

import io.tern.node.routing.PartitionRouter;
import io.tern.proto.sqs.BatchResultErrorEntry;
import io.tern.proto.sqs.ChangeMessageVisibilityBatchRequest;
import io.tern.proto.sqs.ChangeMessageVisibilityBatchRequestEntry;
import io.tern.proto.sqs.ChangeMessageVisibilityBatchResult;
import io.tern.proto.sqs.ChangeMessageVisibilityBatchResultEntry;
import io.tern.proto.sqs.DeleteMessageBatchRequest;
import io.tern.proto.sqs.DeleteMessageBatchRequestEntry;
import io.tern.proto.sqs.DeleteMessageBatchResult;
import io.tern.proto.sqs.DeleteMessageBatchResultEntry;
import io.tern.proto.sqs.SendMessageBatchRequest;
import io.tern.proto.sqs.SendMessageBatchRequestEntry;
import io.tern.proto.sqs.SendMessageBatchResult;
import io.tern.proto.sqs.SendMessageBatchResultEntry;
import io.tern.protocols.TernException;
import io.tern.state.Command;
import io.tern.state.Reply;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The batch operations. A mistake in one entry fails that entry; the others share one log entry of
 * their partition.
 */
public final class BatchApi {

  /** One entry on its way: what to do, and where its result goes. */
  private record Prepared(String id, Command command, Consumer<Reply> settle) {}

  private final PartitionRouter router;
  private final QueueDirectory directory;
  private final Outgoing outgoing;
  private final Settling settling;

  /** Makes the operations over parts shared with the single ones. */
  public BatchApi(
      PartitionRouter router, QueueDirectory directory, Outgoing outgoing, Settling settling) {
    this.router = router;
    this.directory = directory;
    this.outgoing = outgoing;
    this.settling = settling;
  }

  /** Enters the operations. */
  public void addTo(ApiTable table) {
    table.add("SendMessageBatch", SendMessageBatchRequest.class, this::sendMessageBatch);
    table.add("DeleteMessageBatch", DeleteMessageBatchRequest.class, this::deleteMessageBatch);
    table.add(
        "ChangeMessageVisibilityBatch",
        ChangeMessageVisibilityBatchRequest.class,
        this::changeMessageVisibilityBatch);
  }

  CompletableFuture<SendMessageBatchResult> sendMessageBatch(
      Caller caller, SendMessageBatchRequest request) {
    return directory.use(
        caller,
        directory.named(request.getQueueUrl()),
        queue -> sendBatch(caller, queue, request.getEntriesList()));
  }

  private CompletableFuture<SendMessageBatchResult> sendBatch(
      Caller caller, QueueDefinition queue, List<SendMessageBatchRequestEntry> entries) {
    SendMessageBatchResult.Builder result = SendMessageBatchResult.newBuilder();
    BatchChecks.check(
        "SendMessageBatchRequestEntry",
        entries.stream().map(SendMessageBatchRequestEntry::getId).toList());
    SendChecks.checkBatchIds(queue, entries.stream().map(BatchApi::parts).toList());
    checkTotal(entries);
    return run(
            caller,
            queue,
            entries,
            SendMessageBatchRequestEntry::getId,
            entry -> prepareSend(caller, queue, entry, result),
            result::addFailed)
        .thenApply(done -> result.build());
  }

  private Prepared prepareSend(
      Caller caller,
      QueueDefinition queue,
      SendMessageBatchRequestEntry entry,
      SendMessageBatchResult.Builder result) {
    Outgoing.Message message =
        outgoing.message(caller, queue, parts(entry), SendChecks.Way.IN_BATCH);
    return new Prepared(
        entry.getId(),
        message.command(),
        reply -> {
          Outgoing.Sent told = message.sent(reply);
          SendMessageBatchResultEntry.Builder sent =
              SendMessageBatchResultEntry.newBuilder()
                  .setId(entry.getId())
                  .setMessageId(told.messageId())
                  .setMd5OfMessageBody(message.bodyMd5());
          message.attributesMd5().ifPresent(sent::setMd5OfMessageAttributes);
          message.systemAttributesMd5().ifPresent(sent::setMd5OfMessageSystemAttributes);
          told.sequenceNumber().ifPresent(sent::setSequenceNumber);
          result.addSuccessful(sent);
        });
  }

  CompletableFuture<DeleteMessageBatchResult> deleteMessageBatch(
      Caller caller, DeleteMessageBatchRequest request) {
    DeleteMessageBatchResult.Builder result = DeleteMessageBatchResult.newBuilder();
    return directory
        .find(caller, directory.named(request.getQueueUrl()))
        .thenCompose(queue -> {
          List<DeleteMessageBatchRequestEntry> entries = request.getEntriesList();
          BatchChecks.check(
              "DeleteMessageBatchRequestEntry",
              entries.stream().map(DeleteMessageBatchRequestEntry::getId).toList());
          return run(
              caller,
              queue,
              entries,
              DeleteMessageBatchRequestEntry::getId,
              entry -> prepareDelete(queue, entry, result),
              result::addFailed);
        })
        .thenApply(done -> result.build());
  }

  private Prepared prepareDelete(
      QueueDefinition queue,
      DeleteMessageBatchRequestEntry entry,
      DeleteMessageBatchResult.Builder result) {
    Replies.require(entry.getReceiptHandle(), "ReceiptHandle");
    return new Prepared(
        entry.getId(),
        settling.delete(queue.queue(), entry.getReceiptHandle()),
        reply -> {
          settling.checkSettled(reply, entry.getReceiptHandle(), 0);
          result.addSuccessful(DeleteMessageBatchResultEntry.newBuilder().setId(entry.getId()));
        });
  }

  CompletableFuture<ChangeMessageVisibilityBatchResult> changeMessageVisibilityBatch(
      Caller caller, ChangeMessageVisibilityBatchRequest request) {
    ChangeMessageVisibilityBatchResult.Builder result =
        ChangeMessageVisibilityBatchResult.newBuilder();
    return directory
        .find(caller, directory.named(request.getQueueUrl()))
        .thenCompose(queue -> {
          List<ChangeMessageVisibilityBatchRequestEntry> entries = request.getEntriesList();
          BatchChecks.check(
              "ChangeMessageVisibilityBatchRequestEntry",
              entries.stream().map(ChangeMessageVisibilityBatchRequestEntry::getId).toList());
          return run(
              caller,
              queue,
              entries,
              ChangeMessageVisibilityBatchRequestEntry::getId,
              entry -> prepareVisibility(queue, entry, result),
              result::addFailed);
        })
        .thenApply(done -> result.build());
  }

  private Prepared prepareVisibility(
      QueueDefinition queue,
      ChangeMessageVisibilityBatchRequestEntry entry,
      ChangeMessageVisibilityBatchResult.Builder result) {
    Replies.require(entry.getReceiptHandle(), "ReceiptHandle");
    int seconds = entry.getVisibilityTimeout();
    return new Prepared(
        entry.getId(),
        settling.changeVisibility(queue.queue(), entry.getReceiptHandle(), seconds),
        reply -> {
          settling.checkSettled(reply, entry.getReceiptHandle(), seconds);
          result.addSuccessful(
              ChangeMessageVisibilityBatchResultEntry.newBuilder().setId(entry.getId()));
        });
  }

  /** Prepares every entry, sends the good ones together, and settles each with its reply. */
  private <E> CompletableFuture<Void> run(
      Caller caller,
      QueueDefinition queue,
      List<E> entries,
      Function<E, String> id,
      Function<E, Prepared> prepare,
      Consumer<BatchResultErrorEntry> failed) {
    List<Prepared> good = new ArrayList<>(entries.size());
    for (E entry : entries) {
      attempt(id.apply(entry), failed, () -> good.add(prepare.apply(entry)));
    }
    if (good.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    List<Command> commands = good.stream().map(Prepared::command).toList();
    return caller
        .bringHome(router.execute(queue.partition(), commands))
        .thenAccept(replies -> {
          for (int i = 0; i < good.size(); i++) {
            Prepared entry = good.get(i);
            Reply reply = replies.get(i);
            if (reply instanceof Reply.Rejected rejected
                && rejected.code() == ErrorCode.QUEUE_DOES_NOT_EXIST) {
              throw new TernException(rejected.code());
            }
            attempt(entry.id(), failed, () -> entry.settle().accept(reply));
          }
        });
  }

  private static void attempt(String id, Consumer<BatchResultErrorEntry> failed, Runnable step) {
    try {
      step.run();
    } catch (TernException mistake) {
      failed.accept(BatchChecks.failed(id, mistake));
    }
  }

  private static void checkTotal(List<SendMessageBatchRequestEntry> entries) {
    long total = 0;
    for (SendMessageBatchRequestEntry entry : entries) {
      total += MessageChecks.sizeBytes(entry.getMessageBody(), entry.getMessageAttributesMap());
    }
    if (total > Limits.MESSAGE_BYTES) {
      throw new TernException(
          ErrorCode.BATCH_REQUEST_TOO_LONG,
          "Batch requests cannot be longer than "
              + Limits.MESSAGE_BYTES
              + " bytes. You have sent "
              + total
              + " bytes.");
    }
  }

  /** What the caller said of one message. */
  static Outgoing.Parts parts(SendMessageBatchRequestEntry entry) {
    return new Outgoing.Parts(
        entry.getMessageBody(),
        entry.hasDelaySeconds() ? (Integer) entry.getDelaySeconds() : null,
        entry.getMessageAttributesMap(),
        entry.getMessageSystemAttributesMap(),
        entry.hasMessageGroupId() ? entry.getMessageGroupId() : null,
        entry.hasMessageDeduplicationId() ? entry.getMessageDeduplicationId() : null);
  }
}
