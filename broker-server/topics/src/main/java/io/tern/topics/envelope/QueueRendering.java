package io.tern.topics.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tern.proto.content.ContentAttribute;
import io.tern.proto.content.MessageContent;
import io.tern.state.limits.Limits;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Makes the SQS message of a notification, when the leader reads a body for a receiver. The same
 * notification gives the same message, at every receive and after every move.
 */
public final class QueueRendering {
  /** Who sent it, in the form of an AWS principal; SNS's own is as opaque. */
  public static final String SENDER_ID = "AIDATERNNOTIFICATIONS";

  /** JSON spells one byte with six characters at most. */
  private static final int WORST_ESCAPE = 6;

  /** What an envelope has besides message, subject and attributes, amply. */
  private static final int FRAME_BYTES = 8_192;

  /** What JSON needs around one attribute. */
  private static final long ATTRIBUTE_FRAME_BYTES = 64;

  private final Envelope envelope;

  /** Never fed, only cloned: safe between threads. */
  private final MessageDigest fresh;

  public QueueRendering(Envelope envelope) {
    this.envelope = envelope;
    try {
      this.fresh = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has MD5", e);
    }
  }

  /**
   * The message as a receiver gets it, and as a dead-letter queue keeps it.
   *
   * @param fifoQueue whether the queue is FIFO, whose messages have a deduplication id
   */
  public MessageContent message(Notice notice, boolean fifoQueue) {
    String body = notice.raw() ? notice.text() : envelope.notification(notice);
    UUID id = messageId(notice);
    MessageContent.Builder content =
        MessageContent.newBuilder()
            .setIdHigh(id.getMostSignificantBits())
            .setIdLow(id.getLeastSignificantBits())
            .setBody(body)
            .setBodyMd5(HexFormat.of().formatHex(fresh().digest(body.getBytes(UTF_8))))
            .setSenderId(SENDER_ID)
            .setTraceHeader(notice.message().getTraceHeader());
    if (notice.raw()) {
      content.addAllAttributes(notice.attributes());
    }
    if (fifoQueue) {
      content.setDeduplicationId(notice.message().getDeduplicationId());
    }
    return content.build();
  }

  /** The id the queue's receivers see; SNS's own id is another one. */
  public static UUID messageId(Notice notice) {
    ByteBuffer name =
        ByteBuffer.allocate(3 * Long.BYTES + 1)
            .putLong(notice.message().getIdHigh())
            .putLong(notice.message().getIdLow())
            .putLong(notice.subscription().number());
    if (notice.replayed()) {
      name.put((byte) 1);
    }
    return UUID.nameUUIDFromBytes(Arrays.copyOf(name.array(), name.position()));
  }

  /**
   * Whether a queue can take the message at all. If not, that is the subscriber's mistake: the
   * message goes to the dead-letter queue without a retry.
   *
   * @param maximumMessageBytes the queue's MaximumMessageSize
   */
  public boolean fits(Notice notice, int maximumMessageBytes) {
    boolean tooMany = notice.raw() && notice.attributes().size() > Limits.MESSAGE_ATTRIBUTES;
    return !tooMany
        && (mostBytes(notice) <= maximumMessageBytes || bytes(notice) <= maximumMessageBytes);
  }

  /** The size of the message as SQS counts it: the body and what attributes are handed on. */
  public long bytes(Notice notice) {
    return notice.raw()
        ? Utf8.bytes(notice.text()) + attributeBytes(notice)
        : envelope.notificationBytes(notice);
  }

  /** Never less than {@link #bytes}, and quick: most messages are far from any limit. */
  private static long mostBytes(Notice notice) {
    long attributes = attributeBytes(notice) + ATTRIBUTE_FRAME_BYTES * notice.attributes().size();
    long texts = Utf8.bytes(notice.text()) + Utf8.bytes(notice.message().getSubject()) + attributes;
    return notice.raw() ? texts : WORST_ESCAPE * texts + FRAME_BYTES;
  }

  private static long attributeBytes(Notice notice) {
    long bytes = 0;
    for (ContentAttribute attribute : notice.attributes()) {
      bytes += Utf8.bytes(attribute.getName()) + Utf8.bytes(attribute.getDataType());
      bytes +=
          attribute.hasBinary() ? attribute.getBinary().size() : Utf8.bytes(attribute.getText());
    }
    return bytes;
  }

  private MessageDigest fresh() {
    try {
      return (MessageDigest) fresh.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("MD5 of this Java cannot be copied", e);
    }
  }
}
