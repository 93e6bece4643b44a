package io.tern.node.api;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tern.disk.StoredMessage;
import io.tern.node.leader.ReceivedMessages;
import io.tern.proto.content.ContentAttribute;
import io.tern.proto.content.MessageContent;
import io.tern.proto.sqs.Message;
import io.tern.proto.sqs.MessageAttributeValue;
import io.tern.protocols.MessageDigests;
import io.tern.state.QueueName;
import io.tern.state.catalogue.QueueDefinition;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** A stored message's content to the message that a receiver sees, as far as he asked for it. */
final class MessageContents {
  private final MessageDigests digests;
  private final ReceiptHandles receipts;
  private final Function<QueueName, String> arns;

  MessageContents(
      MessageDigests digests, ReceiptHandles receipts, Function<QueueName, String> arns) {
    this.digests = digests;
    this.receipts = receipts;
    this.arns = arns;
  }

  static void addAttributes(
      MessageContent.Builder content, Map<String, MessageAttributeValue> attributes) {
    for (Map.Entry<String, MessageAttributeValue> attribute : attributes.entrySet()) {
      ContentAttribute.Builder stored =
          ContentAttribute.newBuilder()
              .setName(attribute.getKey())
              .setDataType(attribute.getValue().getDataType());
      if (attribute.getValue().hasBinaryValue()) {
        stored.setBinary(attribute.getValue().getBinaryValue());
      } else {
        stored.setText(attribute.getValue().getStringValue());
      }
      content.addAttributes(stored);
    }
  }

  /** What the receiver gets. */
  Message received(
      QueueDefinition queue, ReceivedMessages.Message received, AttributeSelection selection) {
    try {
      byte[] stored = received.stored().plainContent().array();
      return received(queue, received, MessageContent.parseFrom(stored), selection);
    } catch (InvalidProtocolBufferException damaged) {
      throw new CompletionException(damaged);
    }
  }

  Message received(
      QueueDefinition queue,
      ReceivedMessages.Message received,
      MessageContent content,
      AttributeSelection selection) {
    Message.Builder message =
        Message.newBuilder()
            .setMessageId(new UUID(content.getIdHigh(), content.getIdLow()).toString())
            .setReceiptHandle(
                receipts.seal(
                    queue.queue(),
                    received.delivery().number(),
                    received.delivery().receiveCount()))
            .setMd5OfBody(content.getBodyMd5())
            .setBody(content.getBody());
    if (selection.wantsSystemAttributes()) {
      addSystemAttributes(message, received, content, selection);
      addQueueAttributes(message, queue, received.stored(), content, selection);
    }
    if (selection.wantsMessageAttributes()) {
      addMessageAttributes(message, content.getAttributesList(), selection);
    }
    return message.build();
  }

  private void addMessageAttributes(
      Message.Builder message, List<ContentAttribute> attributes, AttributeSelection selection) {
    for (ContentAttribute attribute : attributes) {
      if (selection.wantsMessageAttribute(attribute.getName())) {
        MessageAttributeValue.Builder value =
            MessageAttributeValue.newBuilder().setDataType(attribute.getDataType());
        if (attribute.hasBinary()) {
          value.setBinaryValue(attribute.getBinary());
        } else {
          value.setStringValue(attribute.getText());
        }
        message.putMessageAttributes(attribute.getName(), value.build());
      }
    }
    digests
        .ofAttributes(message.getMessageAttributesMap())
        .ifPresent(message::setMd5OfMessageAttributes);
  }

  private static void addSystemAttributes(
      Message.Builder message,
      ReceivedMessages.Message received,
      MessageContent content,
      AttributeSelection selection) {
    put(message, selection, "SenderId", content.getSenderId());
    put(message, selection, "SentTimestamp", Long.toString(received.stored().sentMillis()));
    put(
        message,
        selection,
        "ApproximateReceiveCount",
        Integer.toString(received.delivery().receiveCount()));
    put(
        message,
        selection,
        "ApproximateFirstReceiveTimestamp",
        Long.toString(received.delivery().firstReceivedMillis()));
    put(message, selection, "MessageGroupId", received.stored().group());
    put(message, selection, "AWSTraceHeader", content.getTraceHeader());
  }

  /** What a message has from the kind of its queue, or from having been moved here. */
  private void addQueueAttributes(
      Message.Builder message,
      QueueDefinition queue,
      StoredMessage stored,
      MessageContent content,
      AttributeSelection selection) {
    QueueName source = stored.deadLetterSource();
    if (source != null) {
      put(message, selection, "DeadLetterQueueSourceArn", arns.apply(source));
    }
    if (QueueAttributeViews.isFifo(queue)) {
      put(message, selection, "SequenceNumber", Outgoing.sequenceNumber(stored.number()));
      put(
          message,
          selection,
          "MessageDeduplicationId",
          source == null ? content.getDeduplicationId() : message.getMessageId());
    }
  }

  private static void put(
      Message.Builder message, AttributeSelection selection, String name, String value) {
    if (!value.isEmpty() && selection.wantsSystemAttribute(name)) {
      message.putAttributes(name, value);
    }
  }
}
