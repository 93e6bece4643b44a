package io.tern.node.api;

import io.tern.node.leader.ReceivedMessages;
import io.tern.proto.content.ContentAttribute;
import io.tern.proto.content.MessageContent;
import io.tern.proto.sqs.Message;
import io.tern.proto.sqs.MessageAttributeValue;
import io.tern.protocols.MessageDigests;
import io.tern.state.QueueId;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A stored message's content to the message that a receiver sees, as far as he asked for it. */
final class MessageContents {
  private final MessageDigests digests;
  private final ReceiptHandles receipts;

  MessageContents(MessageDigests digests, ReceiptHandles receipts) {
    this.digests = digests;
    this.receipts = receipts;
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
      QueueId queue,
      ReceivedMessages.Message received,
      MessageContent content,
      AttributeSelection selection) {
    Message.Builder message =
        Message.newBuilder()
            .setMessageId(new UUID(content.getIdHigh(), content.getIdLow()).toString())
            .setReceiptHandle(
                receipts.seal(
                    queue, received.delivery().number(), received.delivery().receiveCount()))
            .setMd5OfBody(content.getBodyMd5())
            .setBody(content.getBody());
    if (selection.wantsSystemAttributes()) {
      addSystemAttributes(message, received, content, selection);
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
    put(message, selection, "MessageGroupId", content.getGroupId());
    put(message, selection, "AWSTraceHeader", content.getTraceHeader());
  }

  private static void put(
      Message.Builder message, AttributeSelection selection, String name, String value) {
    if (!value.isEmpty() && selection.wantsSystemAttribute(name)) {
      message.putAttributes(name, value);
    }
  }
}
