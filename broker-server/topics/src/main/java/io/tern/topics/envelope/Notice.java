package io.tern.topics.envelope;

import io.tern.proto.content.ContentAttribute;
import io.tern.proto.content.NotificationContent;
import io.tern.proto.content.TopicMessage;
import io.tern.state.SubscriptionId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A published message for one subscriber: all that its documents are made of. Rendering and
 * delivery build it.
 *
 * @param sequence the topic's own number of the message
 * @param text the text chosen for the protocol
 */
public record Notice(
    TopicMessage message,
    long sequence,
    SubscriptionId subscription,
    String subscriptionArn,
    boolean raw,
    boolean replayed,
    String text) {
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Leads sequence numbers, so that none is that of a queue, which leads with a zero. */
  private static final String LEAD = "1";

  private static final int DIGITS = 19;

  /**
   * How far apart sequence numbers are, so that nobody takes a gap for a loss. There is room for
   * 2^55 messages: a million in a second for a thousand years.
   */
  private static final long STEP = 256;

  /** What a row of a subscriber's queue and the message it refers to make together. */
  public static Notice of(
      NotificationContent content, TopicMessage message, String subscriptionArn) {
    return new Notice(
        message,
        content.getSequence(),
        new SubscriptionId(content.getSubscription()),
        subscriptionArn,
        content.getRaw(),
        content.getReplayed(),
        TextOf.protocol(message, content.getProtocol()));
  }

  /** The id the publisher was told. */
  public String messageId() {
    return new UUID(message.getIdHigh(), message.getIdLow()).toString();
  }

  public String topicArn() {
    return message.getTopicArn();
  }

  public boolean fifo() {
    return TopicArn.isFifo(message.getTopicArn());
  }

  public List<ContentAttribute> attributes() {
    return message.getAttributesList();
  }

  /** When it was published, with exactly three digits of a second. */
  public String timestamp() {
    return timestamp(message.getPublishedMillis());
  }

  /** 1 or 2, as the topic's attribute was. */
  public int signatureVersion() {
    return message.getSignatureVersion() == 2 ? 2 : 1;
  }

  /** As publishers and subscribers see it. */
  public String sequenceNumber() {
    return sequenceNumber(sequence);
  }

  /** A topic's number as a FIFO topic's sequence number: 20 digits, in order also as text. */
  public static String sequenceNumber(long number) {
    String digits = Long.toString(Math.multiplyExact(number, STEP));
    return LEAD + "0".repeat(DIGITS - digits.length()) + digits;
  }

  static String timestamp(long millis) {
    return MILLISECONDS.format(Instant.ofEpochMilli(millis));
  }
}
