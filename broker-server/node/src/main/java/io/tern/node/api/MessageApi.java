package io.tern.node.api;

import io.tern.node.leader.ReceiveRequest;
import io.tern.node.leader.ReceivedMessages;
import io.tern.node.routing.PartitionRouter;
import io.tern.proto.sqs.ChangeMessageVisibilityRequest;
import io.tern.proto.sqs.ChangeMessageVisibilityResult;
import io.tern.proto.sqs.DeleteMessageRequest;
import io.tern.proto.sqs.DeleteMessageResult;
import io.tern.proto.sqs.ReceiveMessageRequest;
import io.tern.proto.sqs.ReceiveMessageResult;
import io.tern.proto.sqs.SendMessageRequest;
import io.tern.proto.sqs.SendMessageResult;
import io.tern.protocols.TernException;
import io.tern.state.Command;
import io.tern.state.QueueName;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.util.concurrent.CompletableFuture;

/** The operations on single messages: send, receive, delete, change visibility. */
public final class MessageApi {
  private static final String ATTEMPT_ID = "ReceiveRequestAttemptId";

  private final PartitionRouter router;
  private final QueueDirectory directory;
  private final MessageContents contents;
  private final Outgoing outgoing;
  private final Settling settling;

  /** Makes the operations over parts that the batch operations share. */
  public MessageApi(
      PartitionRouter router,
      QueueDirectory directory,
      MessageContents contents,
      Outgoing outgoing,
      Settling settling) {
    this.router = router;
    this.directory = directory;
    this.contents = contents;
    this.outgoing = outgoing;
    this.settling = settling;
  }

  /** Enters the operations. */
  public void addTo(ApiTable table) {
    table.add("SendMessage", SendMessageRequest.class, this::sendMessage);
    table.add("ReceiveMessage", ReceiveMessageRequest.class, this::receiveMessage);
    table.add("DeleteMessage", DeleteMessageRequest.class, this::deleteMessage);
    table.add(
        "ChangeMessageVisibility",
        ChangeMessageVisibilityRequest.class,
        this::changeMessageVisibility);
  }

  CompletableFuture<SendMessageResult> sendMessage(Caller caller, SendMessageRequest request) {
    QueueName name = directory.named(request.getQueueUrl());
    Replies.require(request.getMessageBody(), "MessageBody");
    return directory.use(caller, name, queue -> send(caller, queue, request));
  }

  private CompletableFuture<SendMessageResult> send(
      Caller caller, QueueDefinition queue, SendMessageRequest request) {
    Outgoing.Message message =
        outgoing.message(
            caller,
            queue,
            new Outgoing.Parts(
                request.getMessageBody(),
                request.hasDelaySeconds() ? (Integer) request.getDelaySeconds() : null,
                request.getMessageAttributesMap(),
                request.getMessageSystemAttributesMap(),
                request.hasMessageGroupId() ? request.getMessageGroupId() : null,
                request.hasMessageDeduplicationId() ? request.getMessageDeduplicationId() : null),
            SendChecks.Way.ALONE);
    return caller
        .bringHome(router.send(queue.partition(), message.command()))
        .thenApply(reply -> {
          Outgoing.Sent sent = message.sent(reply);
          SendMessageResult.Builder result =
              SendMessageResult.newBuilder()
                  .setMessageId(sent.messageId())
                  .setMd5OfMessageBody(message.bodyMd5());
          message.attributesMd5().ifPresent(result::setMd5OfMessageAttributes);
          message.systemAttributesMd5().ifPresent(result::setMd5OfMessageSystemAttributes);
          sent.sequenceNumber().ifPresent(result::setSequenceNumber);
          return result.build();
        });
  }

  CompletableFuture<ReceiveMessageResult> receiveMessage(
      Caller caller, ReceiveMessageRequest request) {
    return directory.use(
        caller, directory.named(request.getQueueUrl()), queue -> receive(caller, queue, request));
  }

  private CompletableFuture<ReceiveMessageResult> receive(
      Caller caller, QueueDefinition queue, ReceiveMessageRequest request) {
    int most = request.hasMaxNumberOfMessages() ? request.getMaxNumberOfMessages() : 1;
    Ranges.check("MaxNumberOfMessages", most, 1, Limits.BATCH_ENTRIES, Ranges.BETWEEN);
    Ranges.check("WaitTimeSeconds", request.getWaitTimeSeconds(), 0, 20, Ranges.COMPARED);
    Ranges.check("VisibilityTimeout", request.getVisibilityTimeout(), 0, 43_200, Ranges.BETWEEN);
    String attemptId = attemptId(queue, request);
    long visibility =
        request.hasVisibilityTimeout()
            ? 1_000L * request.getVisibilityTimeout()
            : Command.QUEUE_DEFAULT;
    long wait =
        1_000L
            * (request.hasWaitTimeSeconds()
                ? request.getWaitTimeSeconds()
                : QueueAttributeViews.waitSeconds(queue));
    CompletableFuture<ReceivedMessages> received =
        router.receive(
            queue.partition(),
            new ReceiveRequest(queue.queue(), most, visibility, wait, attemptId));
    if (wait > 0 && !received.isDone()) {
      var _ = caller.gone().thenRun(() -> received.cancel(false));
    }
    AttributeSelection selection = AttributeSelection.of(request);
    return caller
        .bringHome(received)
        .thenApply(found ->
            switch (found) {
              case ReceivedMessages.Messages messages -> result(queue, messages, selection);
              case ReceivedMessages.Refused refused -> throw refusal(refused, attemptId);
            });
  }

  /** Standard queues ignore the id, whatever it is: some clients always send one. */
  private static String attemptId(QueueDefinition queue, ReceiveMessageRequest request) {
    if (!QueueAttributeViews.isFifo(queue) || !request.hasReceiveRequestAttemptId()) {
      return "";
    }
    MessageChecks.checkId(ATTEMPT_ID, request.getReceiveRequestAttemptId());
    return request.getReceiveRequestAttemptId();
  }

  /** The rules give only the reason why a value is refused, and of a receive only the id can be. */
  private static TernException refusal(ReceivedMessages.Refused refused, String attemptId) {
    String detail =
        refused.code() == ErrorCode.INVALID_PARAMETER_VALUE
            ? "Value "
                + attemptId
                + " for parameter "
                + ATTEMPT_ID
                + " is invalid. Reason: "
                + refused.detail()
            : refused.detail();
    return new TernException(refused.code(), detail);
  }

  private ReceiveMessageResult result(
      QueueDefinition queue, ReceivedMessages.Messages messages, AttributeSelection selection) {
    ReceiveMessageResult.Builder result = ReceiveMessageResult.newBuilder();
    for (ReceivedMessages.Message message : messages.messages()) {
      result.addMessages(contents.received(queue, message, selection));
    }
    return result.build();
  }

  CompletableFuture<DeleteMessageResult> deleteMessage(
      Caller caller, DeleteMessageRequest request) {
    Replies.require(request.getReceiptHandle(), "ReceiptHandle");
    return directory
        .find(caller, directory.named(request.getQueueUrl()))
        .thenCompose(queue ->
            caller.bringHome(
                router.send(
                    queue.partition(), settling.delete(queue.queue(), request.getReceiptHandle()))))
        .thenApply(reply -> {
          settling.checkSettled(reply, request.getReceiptHandle(), 0);
          return DeleteMessageResult.getDefaultInstance();
        });
  }

  CompletableFuture<ChangeMessageVisibilityResult> changeMessageVisibility(
      Caller caller, ChangeMessageVisibilityRequest request) {
    Replies.require(request.getReceiptHandle(), "ReceiptHandle");
    if (!request.hasVisibilityTimeout()) {
      throw Replies.missing("VisibilityTimeout");
    }
    int seconds = request.getVisibilityTimeout();
    return directory
        .find(caller, directory.named(request.getQueueUrl()))
        .thenCompose(queue ->
            caller.bringHome(
                router.send(
                    queue.partition(),
                    settling.changeVisibility(queue.queue(), request.getReceiptHandle(), seconds))))
        .thenApply(reply -> {
          settling.checkSettled(reply, request.getReceiptHandle(), seconds);
          return ChangeMessageVisibilityResult.getDefaultInstance();
        });
  }
}
