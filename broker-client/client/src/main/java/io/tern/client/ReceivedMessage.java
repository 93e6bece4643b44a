package io.tern.client;

import io.tern.proto.sqs.Message;
import io.tern.proto.sqs.MessageAttributeValue;
import java.util.Map;

/**
 * A message that a {@link Consumer} received. It belongs to the receiver until it is acknowledged
 * or rejected, or the time ends for which its visibility is extended.
 */
public final class ReceivedMessage {
  private static final String GROUP = "MessageGroupId";
  private static final String RECEIVES = "ApproximateReceiveCount";

  private final Message message;
  private final long stream;
  private final long delivery;
  private final long receivedAtMillis;

  ReceivedMessage(Message message, long stream, long delivery, long receivedAtMillis) {
    this.message = message;
    this.stream = stream;
    this.delivery = delivery;
    this.receivedAtMillis = receivedAtMillis;
  }

  /** The id that the queue gave it. */
  public String messageId() {
    return message.getMessageId();
  }

  public String body() {
    return message.getBody();
  }

  /** The group; empty when the message has none. */
  public String group() {
    return message.getAttributesOrDefault(GROUP, "");
  }

  /** How often it was received, this time included. */
  public int receiveCount() {
    return Integer.parseInt(message.getAttributesOrDefault(RECEIVES, "1"));
  }

  /** Attributes of the queue, such as {@code SentTimestamp}: those that the consumer asked for. */
  public Map<String, String> systemAttributes() {
    return message.getAttributesMap();
  }

  /** Attributes of the sender: those that the consumer asked for. */
  public Map<String, MessageAttributeValue> attributes() {
    return message.getMessageAttributesMap();
  }

  /** Names this receive to any operation of SQS. */
  public String receiptHandle() {
    return message.getReceiptHandle();
  }

  /** The message as it travelled. */
  public Message message() {
    return message;
  }

  /** The stream that brought it, counted by its consumer. */
  long stream() {
    return stream;
  }

  /** Its number in that stream. */
  long delivery() {
    return delivery;
  }

  long receivedAtMillis() {
    return receivedAtMillis;
  }
}
