package io.tern.client;

import com.google.protobuf.ByteString;
import io.tern.proto.sqs.MessageAttributeValue;
import io.tern.proto.sqs.SendMessageBatchRequestEntry;
import java.time.Duration;

/**
 * A message to be sent by a {@link Producer}. It is immutable: each {@code with...} returns
 * another. Whether a queue takes it, the queue decides; limits are those of Amazon SQS.
 */
public final class OutgoingMessage {
  private final SendMessageBatchRequestEntry entry;

  private OutgoingMessage(SendMessageBatchRequestEntry entry) {
    this.entry = entry;
  }

  /** A message with this body and nothing else. */
  public static OutgoingMessage of(String body) {
    return new OutgoingMessage(
        SendMessageBatchRequestEntry.newBuilder().setMessageBody(body).build());
  }

  /** With a group: of a FIFO queue the messages that have an order, of a standard one a tenant. */
  public OutgoingMessage withGroup(String group) {
    return new OutgoingMessage(entry.toBuilder().setMessageGroupId(group).build());
  }

  /** With a deduplication id of the sender's own, for FIFO queues. */
  public OutgoingMessage withDeduplicationId(String id) {
    return new OutgoingMessage(entry.toBuilder().setMessageDeduplicationId(id).build());
  }

  /** Hidden for so long after it was sent, in whole seconds, 15 minutes at most. */
  public OutgoingMessage withDelay(Duration delay) {
    return new OutgoingMessage(
        entry.toBuilder().setDelaySeconds(Math.toIntExact(delay.toSeconds())).build());
  }

  /** With an attribute of type String. */
  public OutgoingMessage withAttribute(String name, String value) {
    return withAttribute(
        name,
        MessageAttributeValue.newBuilder().setDataType("String").setStringValue(value).build());
  }

  /** With an attribute of type Binary. */
  public OutgoingMessage withAttribute(String name, byte[] value) {
    return withAttribute(
        name,
        MessageAttributeValue.newBuilder()
            .setDataType("Binary")
            .setBinaryValue(ByteString.copyFrom(value))
            .build());
  }

  /** With an attribute of any type. */
  public OutgoingMessage withAttribute(String name, MessageAttributeValue value) {
    return new OutgoingMessage(entry.toBuilder().putMessageAttributes(name, value).build());
  }

  /** The message as it travels. */
  SendMessageBatchRequestEntry entry() {
    return entry;
  }
}
