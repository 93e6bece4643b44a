package io.tern.node.api;

import static io.tern.node.api.Replies.unexpected;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tern.node.routing.Deduplications;
import io.tern.proto.content.MessageContent;
import io.tern.proto.sqs.MessageAttributeValue;
import io.tern.protocols.MessageDigests;
import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.MessageId;
import io.tern.state.Reply;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.queue.Deduplication;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Makes checked messages ready for the log: identity, digests and encoding are given here. */
public final class Outgoing {

  /** What a caller said of one message; null where he said nothing. */
  record Parts(
      String body,
      @Nullable Integer delaySeconds,
      Map<String, MessageAttributeValue> attributes,
      Map<String, MessageAttributeValue> systemAttributes,
      @Nullable String groupId,
      @Nullable String deduplicationId) {

    String group() {
      return groupId == null ? "" : groupId;
    }
  }

  /** A message about to be stored. */
  record Message(
      UUID id,
      boolean fifo,
      String bodyMd5,
      Optional<String> attributesMd5,
      Optional<String> systemAttributesMd5,
      Command.SendMessage command) {

    int contentBytes() {
      return command.content().size();
    }

    /** What the sender is told of it; of one that repeats another, what was told of that. */
    Sent sent(Reply reply) {
      return switch (reply) {
        case Reply.MessageAccepted accepted -> sent(id, accepted.number());
        case Reply.MessageRepeated repeated ->
            sent(new UUID(repeated.id().high(), repeated.id().low()), repeated.number());
        default -> throw unexpected(reply);
      };
    }

    private Sent sent(UUID told, long number) {
      return new Sent(
          told.toString(), fifo ? Optional.of(sequenceNumber(number)) : Optional.empty());
    }
  }

  /** Under which id, and which sequence number if there is one, the message is stored. */
  record Sent(String messageId, Optional<String> sequenceNumber) {}

  private static final String ZEROS = "0".repeat(20);

  private final MessageDigests digests;
  private final Deduplications deduplications = new Deduplications();

  public Outgoing(MessageDigests digests) {
    this.digests = digests;
  }

  /** The number as FIFO queues tell it: as long as any other, so that texts compare like it. */
  static String sequenceNumber(long number) {
    String digits = Long.toString(number);
    return ZEROS.substring(digits.length()).concat(digits);
  }

  /**
   * Checks and encodes a message.
   *
   * @throws io.tern.protocols.TernException the error of this message
   */
  Message message(Caller caller, QueueDefinition queue, Parts parts, SendChecks.Way way) {
    SendChecks.check(queue, parts, way);
    String trace = MessageChecks.traceHeader(parts.systemAttributes());
    String header = caller.traceHeader();
    if (trace.isEmpty() && header != null && MessageChecks.isTraceHeader(header)) {
      trace = header;
    }
    boolean fifo = QueueAttributeViews.isFifo(queue);
    UUID id = newId();
    byte[] utf8 = parts.body().getBytes(UTF_8);
    String md5 = digests.ofBody(utf8);
    String deduplicationId = fifo ? deduplicationId(parts, utf8) : "";
    MessageContent.Builder content =
        MessageContent.newBuilder()
            .setIdHigh(id.getMostSignificantBits())
            .setIdLow(id.getLeastSignificantBits())
            .setBody(parts.body())
            .setBodyMd5(md5)
            .setSenderId(caller.senderId())
            .setTraceHeader(trace)
            .setDeduplicationId(deduplicationId);
    if (!parts.attributes().isEmpty()) {
      MessageContents.addAttributes(content, new TreeMap<>(parts.attributes()));
    }
    return new Message(
        id,
        fifo,
        md5,
        digests.ofAttributes(parts.attributes()),
        digests.ofAttributes(parts.systemAttributes()),
        new Command.SendMessage(
            queue.queue(),
            delayMillis(fifo, parts.delaySeconds()),
            parts.group(),
            fifo ? deduplication(queue, parts.group(), deduplicationId, id) : null,
            Bytes.of(content.build().toByteArray())));
  }

  private String deduplicationId(Parts parts, byte[] body) {
    return parts.deduplicationId() == null
        ? deduplications.idOfBody(body)
        : parts.deduplicationId();
  }

  private Deduplication deduplication(
      QueueDefinition queue, String group, String deduplicationId, UUID id) {
    return deduplications.of(
        QueueAttributeViews.deduplicatesPerGroup(queue),
        group,
        deduplicationId,
        new MessageId(id.getMostSignificantBits(), id.getLeastSignificantBits()));
  }

  /** A FIFO queue takes no delay but its own; a message cannot even ask for none. */
  private static long delayMillis(boolean fifo, @Nullable Integer seconds) {
    return fifo || seconds == null ? Command.QUEUE_DEFAULT : 1_000L * seconds;
  }

  /** A random UUID; it must be unique, not unguessable. */
  private static UUID newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(
        (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L,
        (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
  }
}
