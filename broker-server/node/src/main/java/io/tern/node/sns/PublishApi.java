package io.tern.node.sns;

import static io.tern.node.sns.Refusals.check;
import static io.tern.node.sns.Refusals.good;
import static io.tern.node.sns.Refusals.require;

import io.tern.node.api.ApiTable;
import io.tern.node.api.Caller;
import io.tern.node.raft.RaftFailure;
import io.tern.node.routing.PartitionRouter;
import io.tern.node.sns.OutgoingPublish.Parts;
import io.tern.node.sns.OutgoingPublish.Published;
import io.tern.proto.content.ContentAttribute;
import io.tern.proto.sns.BatchResultErrorEntry;
import io.tern.proto.sns.PublishBatchRequest;
import io.tern.proto.sns.PublishBatchRequestEntry;
import io.tern.proto.sns.PublishBatchResult;
import io.tern.proto.sns.PublishBatchResultEntry;
import io.tern.proto.sns.PublishRequest;
import io.tern.proto.sns.PublishResult;
import io.tern.protocols.TernException;
import io.tern.state.Command;
import io.tern.state.Reply;
import io.tern.state.TopicCommand.Publish;
import io.tern.state.TopicName;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.ErrorFault;
import io.tern.topics.policy.ArnChecks;
import io.tern.topics.policy.BatchChecks;
import io.tern.topics.policy.FifoIds;
import io.tern.topics.policy.MessageAttributeChecks;
import io.tern.topics.policy.PublishChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** Publish and PublishBatch. */
final class PublishApi {
  private static final String TOPIC_ARN = "TopicArn";
  private static final String TARGET_ARN = "TargetArn";

  private final PartitionRouter router;
  private final TopicDirectory directory;
  private final OutgoingPublish outgoing;
  private final DirectPublishing direct;

  PublishApi(
      PartitionRouter router,
      TopicDirectory directory,
      OutgoingPublish outgoing,
      DirectPublishing direct) {
    this.router = router;
    this.directory = directory;
    this.outgoing = outgoing;
    this.direct = direct;
  }

  void addTo(ApiTable table) {
    table.add("Publish", PublishRequest.class, this::publish);
    table.add("PublishBatch", PublishBatchRequest.class, this::publishBatch);
  }

  CompletableFuture<PublishResult> publish(Caller caller, PublishRequest request) {
    require(request.hasMessage(), "message");
    check(MessageAttributeChecks.types(request.getMessageAttributesMap(), ""));
    check(
        PublishChecks.target(
            request.hasTopicArn() ? request.getTopicArn() : null,
            request.hasTargetArn() ? request.getTargetArn() : null,
            request.hasPhoneNumber() ? request.getPhoneNumber() : null));
    if (request.hasPhoneNumber()) {
      return direct.toNumber(caller, request);
    }
    if (request.hasTargetArn() && DirectPublishing.isEndpoint(request.getTargetArn())) {
      return direct.toEndpoint(caller, request);
    }
    String parameter = request.hasTopicArn() ? TOPIC_ARN : TARGET_ARN;
    String arn = request.hasTopicArn() ? request.getTopicArn() : request.getTargetArn();
    TopicName name = good(ArnChecks.topic(parameter, arn, caller.region()));
    Supplier<TernException> missing =
        request.hasTopicArn() ? Refusals::topicMissing : DirectPublishing::noEndpoint;
    return use(
        caller,
        name,
        missing,
        topic -> {
          Parts parts = parts(topic, entry(request));
          check(PublishChecks.size(parts.message(), parts.attributes()));
          Publish command = outgoing.toTopic(caller, topic, parts);
          return caller
              .bringHome(router.send(topic.partition(), command))
              .thenApply(reply ->
                  result(OutgoingPublish.published(command, OutgoingPublish.isFifo(topic), reply)));
        });
  }

  static PublishResult result(Published published) {
    PublishResult.Builder result = PublishResult.newBuilder().setMessageId(published.messageId());
    published.sequenceNumber().ifPresent(result::setSequenceNumber);
    return result.build();
  }

  /** A single message in the form of an entry: the same members with the same meaning. */
  private static PublishBatchRequestEntry entry(PublishRequest request) {
    PublishBatchRequestEntry.Builder entry =
        PublishBatchRequestEntry.newBuilder()
            .setMessage(request.getMessage())
            .putAllMessageAttributes(request.getMessageAttributesMap());
    if (request.hasSubject()) {
      entry.setSubject(request.getSubject());
    }
    if (request.hasMessageStructure()) {
      entry.setMessageStructure(request.getMessageStructure());
    }
    if (request.hasMessageGroupId()) {
      entry.setMessageGroupId(request.getMessageGroupId());
    }
    if (request.hasMessageDeduplicationId()) {
      entry.setMessageDeduplicationId(request.getMessageDeduplicationId());
    }
    return entry.build();
  }

  /** Checks one message that has all that is required. */
  private static Parts parts(TopicDefinition topic, PublishBatchRequestEntry entry) {
    String subject = entry.hasSubject() ? entry.getSubject() : null;
    String group = entry.hasMessageGroupId() ? entry.getMessageGroupId() : null;
    String deduplication =
        entry.hasMessageDeduplicationId() ? entry.getMessageDeduplicationId() : null;
    check(PublishChecks.message(entry.getMessage()));
    check(PublishChecks.subject(subject));
    boolean structured =
        good(
            PublishChecks.structure(
                entry.getMessage(),
                entry.hasMessageStructure() ? entry.getMessageStructure() : null,
                Set.of()));
    check(
        FifoIds.check(
            OutgoingPublish.isFifo(topic),
            OutgoingPublish.deduplicatesByContent(topic),
            group,
            deduplication));
    List<ContentAttribute> attributes =
        good(MessageAttributeChecks.check(entry.getMessageAttributesMap()));
    return new Parts(
        entry.getMessage(),
        subject == null ? "" : subject,
        structured,
        attributes,
        group == null ? "" : group,
        deduplication);
  }

  CompletableFuture<PublishBatchResult> publishBatch(Caller caller, PublishBatchRequest request) {
    require(request.hasTopicArn(), "topicArn");
    List<PublishBatchRequestEntry> entries = request.getPublishBatchRequestEntriesList();
    requireMembers(entries);
    TopicName name = good(ArnChecks.topic(TOPIC_ARN, request.getTopicArn(), caller.region()));
    return use(
        caller,
        name,
        Refusals::topicMissing,
        topic -> {
          check(BatchChecks.ids(entries.stream().map(PublishBatchRequestEntry::getId).toList()));
          List<Parts> parts = new ArrayList<>(entries.size());
          long bytes = 0;
          for (PublishBatchRequestEntry entry : entries) {
            Parts each = parts(topic, entry);
            bytes += PublishChecks.bytes(each.message(), each.attributes());
            parts.add(each);
          }
          check(BatchChecks.size(bytes));
          return publishAll(caller, topic, entries, parts);
        });
  }

  private static void requireMembers(List<PublishBatchRequestEntry> entries) {
    for (int i = 0; i < entries.size(); i++) {
      PublishBatchRequestEntry entry = entries.get(i);
      String path = MessageAttributeChecks.entryPath(i + 1);
      require(entry.hasId(), path + "id");
      require(entry.hasMessage(), path + "message");
      check(MessageAttributeChecks.types(entry.getMessageAttributesMap(), path));
    }
  }

  private CompletableFuture<PublishBatchResult> publishAll(
      Caller caller,
      TopicDefinition topic,
      List<PublishBatchRequestEntry> entries,
      List<Parts> parts) {
    List<Publish> commands =
        parts.stream().map(each -> outgoing.toTopic(caller, topic, each)).toList();
    return caller
        .bringHome(router.execute(topic.partition(), List.<Command>copyOf(commands)))
        .thenApply(replies -> {
          PublishBatchResult.Builder result = PublishBatchResult.newBuilder();
          for (int i = 0; i < entries.size(); i++) {
            addResult(result, topic, entries.get(i).getId(), commands.get(i), replies.get(i));
          }
          return result.build();
        });
  }

  private static void addResult(
      PublishBatchResult.Builder result,
      TopicDefinition topic,
      String id,
      Publish command,
      Reply reply) {
    if (reply instanceof Reply.Rejected rejected) {
      if (rejected.code() == ErrorCode.TOPIC_NOT_FOUND) {
        throw Refusals.topicMissing();
      }
      result.addFailed(
          BatchResultErrorEntry.newBuilder()
              .setId(id)
              .setCode(rejected.code().queryCode())
              .setMessage(rejected.detail().isEmpty() ? rejected.code().text() : rejected.detail())
              .setSenderFault(rejected.code().fault() == ErrorFault.SENDER));
      return;
    }
    Published published = OutgoingPublish.published(command, OutgoingPublish.isFifo(topic), reply);
    PublishBatchResultEntry.Builder entry =
        PublishBatchResultEntry.newBuilder().setId(id).setMessageId(published.messageId());
    published.sequenceNumber().ifPresent(entry::setSequenceNumber);
    result.addSuccessful(entry);
  }

  /**
   * Runs an operation on the topic. A name that was deleted and made again elsewhere may still mean
   * the old topic here; when its home says that it is gone, the operation runs once more if the
   * name means another topic by then.
   */
  private <T> CompletableFuture<T> use(
      Caller caller,
      TopicName name,
      Supplier<TernException> missing,
      Function<TopicDefinition, CompletableFuture<T>> operation) {
    return directory
        .topicOr(caller, name, missing)
        .thenCompose(topic ->
            operation
                .apply(topic)
                .exceptionallyCompose(failure ->
                    again(caller, topic, missing, operation, RaftFailure.causeOf(failure))));
  }

  private <T> CompletableFuture<T> again(
      Caller caller,
      TopicDefinition gone,
      Supplier<TernException> missing,
      Function<TopicDefinition, CompletableFuture<T>> operation,
      Throwable failure) {
    boolean isGone =
        failure instanceof TernException told && told.code() == ErrorCode.TOPIC_NOT_FOUND;
    return isGone
        ? directory
            .freshTopicIfAny(caller, gone.name())
            .thenCompose(topic -> {
              if (topic.isEmpty()) {
                return CompletableFuture.failedFuture(missing.get());
              }
              return topic.get().topic().equals(gone.topic())
                  ? CompletableFuture.failedFuture(failure)
                  : operation.apply(topic.get());
            })
        : CompletableFuture.failedFuture(failure);
  }
}
