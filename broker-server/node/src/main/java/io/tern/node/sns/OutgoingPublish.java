package io.tern.node.sns;

import io.tern.node.api.Caller;
import io.tern.node.api.MessageChecks;
import io.tern.node.config.WallClock;
import io.tern.node.routing.Deduplications;
import io.tern.proto.content.ContentAttribute;
import io.tern.proto.content.TopicMessage;
import io.tern.state.Bytes;
import io.tern.state.MessageId;
import io.tern.state.Reply;
import io.tern.state.TopicCommand;
import io.tern.state.TopicCommand.Publish;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.topics.envelope.Notice;
import io.tern.topics.envelope.TopicArn;
import io.tern.topics.policy.FifoIds;
import io.tern.topics.policy.TopicAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Makes checked messages ready for their topic: identity, time and encoding are given here. */
final class OutgoingPublish {

  /**
   * What a caller said of one message.
   *
   * @param subject empty for none
   * @param structured whether the message has a text for each protocol
   * @param deduplicationId as given, or null
   */
  record Parts(
      String message,
      String subject,
      boolean structured,
      List<ContentAttribute> attributes,
      String group,
      @Nullable String deduplicationId) {}

  /** Under which id, and which sequence number if there is one, a message was published. */
  record Published(String messageId, Optional<String> sequenceNumber) {}

  private final WallClock clock;
  private final Deduplications deduplications = new Deduplications();

  OutgoingPublish(WallClock clock) {
    this.clock = clock;
  }

  /** The command that publishes a message to a topic. */
  Publish toTopic(Caller caller, TopicDefinition topic, Parts parts) {
    boolean fifo = isFifo(topic);
    TopicMessage.Builder message = message(caller, topic, parts);
    UUID id = new UUID(message.getIdHigh(), message.getIdLow());
    String deduplicationId =
        fifo ? FifoIds.deduplicationId(parts.deduplicationId(), parts.message()) : "";
    MessageId messageId = new MessageId(id.getMostSignificantBits(), id.getLeastSignificantBits());
    return new Publish(
        topic.topic(),
        messageId,
        parts.group(),
        fifo
            ? deduplications.of(isPerGroup(topic), parts.group(), deduplicationId, messageId)
            : null,
        Bytes.of(message.setDeduplicationId(deduplicationId).build().toByteArray()),
        TopicCommand.NOT_MATCHED,
        List.of());
  }

  /** The command that publishes a message to one device or telephone. */
  Publish toEndpoint(
      Caller caller, TopicDefinition topic, String protocol, String endpoint, Parts parts) {
    TopicMessage message =
        message(caller, topic, parts)
            .setDirectProtocol(protocol)
            .setDirectEndpoint(endpoint)
            .build();
    return new Publish(
        topic.topic(),
        new MessageId(message.getIdHigh(), message.getIdLow()),
        "",
        null,
        Bytes.of(message.toByteArray()),
        TopicCommand.NOT_MATCHED,
        List.of());
  }

  private TopicMessage.Builder message(Caller caller, TopicDefinition topic, Parts parts) {
    UUID id = newId();
    Map<String, String> attributes = topic.attributes();
    String trace = caller.traceHeader();
    return TopicMessage.newBuilder()
        .setIdHigh(id.getMostSignificantBits())
        .setIdLow(id.getLeastSignificantBits())
        .setTopicArn(TopicArn.of(topic.name()))
        .setSubject(parts.subject())
        .setMessage(parts.message())
        .setStructured(parts.structured())
        .addAllAttributes(parts.attributes())
        .setPublishedMillis(clock.wallMillis())
        .setGroup(parts.group())
        .setSignatureVersion("2".equals(attributes.get(TopicAttributes.SIGNATURE_VERSION)) ? 2 : 1)
        .setTraceHeader(trace != null && MessageChecks.isTraceHeader(trace) ? trace : "")
        .setSenderId(caller.senderId())
        .setDisplayName(attributes.getOrDefault(TopicAttributes.DISPLAY_NAME, ""));
  }

  /** What the publisher is told; of a message that repeats another, what was told of that. */
  static Published published(Publish command, boolean fifo, Reply reply) {
    return switch (reply) {
      case Reply.MessageAccepted accepted -> published(command.id(), fifo, accepted.number());
      case Reply.MessageRepeated repeated -> published(repeated.id(), fifo, repeated.number());
      default -> throw io.tern.node.api.Replies.unexpected(reply);
    };
  }

  private static Published published(MessageId id, boolean fifo, long number) {
    return new Published(
        new UUID(id.high(), id.low()).toString(),
        fifo ? Optional.of(Notice.sequenceNumber(number)) : Optional.empty());
  }

  static boolean isFifo(TopicDefinition topic) {
    return TopicArn.isFifo(topic.name().name());
  }

  static boolean deduplicatesByContent(TopicDefinition topic) {
    return "true".equals(topic.attributes().get(TopicAttributes.CONTENT_BASED_DEDUPLICATION));
  }

  private static boolean isPerGroup(TopicDefinition topic) {
    return "MessageGroup".equals(topic.attributes().get(TopicAttributes.FIFO_THROUGHPUT_SCOPE));
  }

  /** A random UUID; it must be unique, not unguessable. */
  static UUID newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(
        (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L,
        (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
  }
}
