package io.tern.node.sns;

import static io.tern.node.sns.Refusals.check;
import static io.tern.node.sns.Refusals.good;
import static io.tern.node.sns.Refusals.invalid;

import io.tern.node.api.Caller;
import io.tern.node.routing.PartitionRouter;
import io.tern.node.sns.OutgoingPublish.Parts;
import io.tern.node.sns.OutgoingPublish.Published;
import io.tern.proto.content.ContentAttribute;
import io.tern.proto.sns.PublishRequest;
import io.tern.proto.sns.PublishResult;
import io.tern.protocols.TernException;
import io.tern.state.TopicCommand.Publish;
import io.tern.state.catalogue.ResourceDefinition;
import io.tern.state.catalogue.ResourceKey;
import io.tern.state.limits.ErrorCode;
import io.tern.topics.policy.ArnChecks;
import io.tern.topics.policy.MessageAttributeChecks;
import io.tern.topics.policy.Protocol;
import io.tern.topics.policy.PublishChecks;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Messages to one telephone or one device instead of a topic. */
final class DirectPublishing {
  private static final String TARGET_ARN = "TargetArn";

  private final PartitionRouter router;
  private final TopicDirectory directory;
  private final OutgoingPublish outgoing;
  private final DirectTopics topics;

  DirectPublishing(
      PartitionRouter router,
      TopicDirectory directory,
      OutgoingPublish outgoing,
      DirectTopics topics) {
    this.router = router;
    this.directory = directory;
    this.outgoing = outgoing;
    this.topics = topics;
  }

  /** Whether a TargetArn means a device. */
  static boolean isEndpoint(String arn) {
    String[] parts = arn.split(":", 6);
    return parts.length == 6 && parts[5].startsWith("endpoint");
  }

  /** The error of a target that is not there. */
  static TernException noEndpoint() {
    return invalid(TARGET_ARN + " Reason: No endpoint found for the target arn specified");
  }

  /** A number that wants no messages gets none, and the publisher is not told. */
  CompletableFuture<PublishResult> toNumber(Caller caller, PublishRequest request) {
    String number = request.getPhoneNumber();
    check(PublishChecks.phoneNumber(number));
    Parts parts = parts(request, Set.of());
    check(PublishChecks.smsSize(parts.message(), parts.structured()));
    ResourceKey optedOut = PhoneNumbers.optedOut(caller.region(), directory.account(), number);
    if (directory.mirror().resource(optedOut).isPresent()) {
      return CompletableFuture.completedFuture(
          PublishApi.result(new Published(OutgoingPublish.newId().toString(), Optional.empty())));
    }
    return send(caller, Protocol.SMS, number, parts);
  }

  /** Sends a text of our own to a telephone. */
  CompletableFuture<Void> textTo(Caller caller, String number, String text) {
    Parts parts = new Parts(text, "", false, List.of(), "", null);
    return send(caller, Protocol.SMS, number, parts).thenAccept(_ -> {});
  }

  CompletableFuture<PublishResult> toEndpoint(Caller caller, PublishRequest request) {
    check(ArnChecks.endpoint(TARGET_ARN, request.getTargetArn()));
    ResourceKey key = Platforms.endpoint(caller.region(), TARGET_ARN, request.getTargetArn());
    return directory
        .freshResource(caller, key, DirectPublishing::noEndpoint)
        .thenCompose(found -> {
          checkEnabled(found);
          Set<String> texts = Set.of(Platforms.platformOf(key), Protocol.APPLICATION.text());
          return send(caller, Protocol.APPLICATION, request.getTargetArn(), parts(request, texts));
        });
  }

  private void checkEnabled(ResourceDefinition endpoint) {
    if ("false".equals(endpoint.attributes().get(Platforms.ENABLED))) {
      throw new TernException(ErrorCode.ENDPOINT_DISABLED);
    }
    boolean disabled =
        directory
            .mirror()
            .resource(Platforms.applicationOf(endpoint.key()))
            .filter(application -> "false".equals(application.attributes().get(Platforms.ENABLED)))
            .isPresent();
    if (disabled) {
      throw new TernException(ErrorCode.PLATFORM_APPLICATION_DISABLED);
    }
  }

  /**
   * Checks the message.
   *
   * @param insteadOfDefault texts of a structured message that are enough without a default
   */
  private static Parts parts(PublishRequest request, Set<String> insteadOfDefault) {
    check(PublishChecks.message(request.getMessage()));
    String subject = request.hasSubject() ? request.getSubject() : null;
    check(PublishChecks.subject(subject));
    boolean structured =
        good(
            PublishChecks.structure(
                request.getMessage(),
                request.hasMessageStructure() ? request.getMessageStructure() : null,
                insteadOfDefault));
    List<ContentAttribute> attributes =
        good(MessageAttributeChecks.check(request.getMessageAttributesMap()));
    check(PublishChecks.size(request.getMessage(), attributes));
    return new Parts(
        request.getMessage(), subject == null ? "" : subject, structured, attributes, "", null);
  }

  private CompletableFuture<PublishResult> send(
      Caller caller, Protocol protocol, String endpoint, Parts parts) {
    return topics
        .topic(caller, protocol.text())
        .thenCompose(topic -> {
          Publish command = outgoing.toEndpoint(caller, topic, protocol.text(), endpoint, parts);
          return caller
              .bringHome(router.send(topic.partition(), command))
              .thenApply(
                  reply -> PublishApi.result(OutgoingPublish.published(command, false, reply)));
        });
  }
}
