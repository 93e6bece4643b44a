package io.tern.node.api;

import io.tern.proto.content.MessageContent;
import io.tern.proto.sqs.MessageAttributeValue;
import io.tern.protocols.MessageDigests;
import io.tern.protocols.TernException;
import io.tern.state.Bytes;
import io.tern.state.Command;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.limits.ErrorCode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes checked messages ready for the log: identity, digests and encoding are given here. */
public final class Outgoing {

  /** How a message that is too long is told, sent alone or in a batch. */
  static final String ALONE = "One or more parameters are invalid.";

  static final String IN_BATCH = "One or more parameters cannot be validated.";

  private static final int DELAY_SECONDS = 900;

  /** What a caller said of one message. */
  record Parts(
      String body,
      boolean hasDelay,
      int delaySeconds,
      Map<String, MessageAttributeValue> attributes,
      Map<String, MessageAttributeValue> systemAttributes,
      String groupId,
      String deduplicationId) {}

  /** A message about to be stored. */
  record Message(
      UUID id,
      String bodyMd5,
      Optional<String> attributesMd5,
      Optional<String> systemAttributesMd5,
      Command command) {}

  private final MessageDigests digests;

  public Outgoing(MessageDigests digests) {
    this.digests = digests;
  }

  /** Bytes that count for a message's size: body and user attributes. */
  static int sizeBytes(Parts parts) {
    return MessageChecks.bodyBytes(parts.body()) + MessageChecks.attributeBytes(parts.attributes());
  }

  /**
   * Checks and encodes a message.
   *
   * @throws TernException the error of this message
   */
  Message message(Caller caller, QueueDefinition queue, Parts parts, String tooLong) {
    check(queue, parts, tooLong);
    String trace = MessageChecks.traceHeader(parts.systemAttributes());
    if (trace.isEmpty() && caller.traceHeader() != null) {
      trace = caller.traceHeader();
    }
    UUID id = newId();
    String md5 = digests.ofBody(parts.body());
    MessageContent.Builder content =
        MessageContent.newBuilder()
            .setIdHigh(id.getMostSignificantBits())
            .setIdLow(id.getLeastSignificantBits())
            .setBody(parts.body())
            .setBodyMd5(md5)
            .setSenderId(caller.senderId())
            .setTraceHeader(trace)
            .setGroupId(parts.groupId());
    if (!parts.attributes().isEmpty()) {
      MessageContents.addAttributes(content, new TreeMap<>(parts.attributes()));
    }
    long delay = parts.hasDelay() ? 1_000L * parts.delaySeconds() : Command.QUEUE_DEFAULT;
    return new Message(
        id,
        md5,
        digests.ofAttributes(parts.attributes()),
        digests.ofAttributes(parts.systemAttributes()),
        new Command.SendMessage(queue.queue(), delay, Bytes.of(content.build().toByteArray())));
  }

  private static void check(QueueDefinition queue, Parts parts, String tooLong) {
    int size = sizeBytes(parts);
    int most = QueueAttributeViews.maximumMessageBytes(queue);
    if (size > most) {
      throw new TernException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          tooLong + " Reason: Message must be shorter than " + most + " bytes.");
    }
    Ranges.check("DelaySeconds", parts.delaySeconds(), 0, DELAY_SECONDS, Ranges.DELAY);
    if (!parts.groupId().isEmpty()) {
      MessageChecks.checkGroupId(parts.groupId());
    }
    if (!parts.deduplicationId().isEmpty()) {
      throw new TernException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Value "
              + parts.deduplicationId()
              + " for parameter MessageDeduplicationId is invalid. Reason: The request include"
              + " parameter that is not valid for this queue type.");
    }
  }

  /** A random UUID; it must be unique, not unguessable. */
  private static UUID newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(
        (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L,
        (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
  }
}
