package io.tern.disk;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.tern.proto.content.NotificationContent;
import io.tern.state.Bytes;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicId;
import io.tern.state.topic.Notification;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a row holds of a published message, to and from bytes; the schema is NotificationContent of
 * internal/content.proto. Used by the codecs of rows and by {@link StoredContent}.
 */
final class NotificationWords {

  /** More than a reference takes in memory, or as an element of what is carried. */
  static final int REFERENCE_BYTES = 64;

  /** The tag of the first field; no MessageContent begins so. */
  private static final byte FIRST = (byte) (NotificationContent.TOPIC_FIELD_NUMBER << 3);

  /** The content of a row that refers to a body. */
  static Bytes reference(Notification notification) {
    if (notification.topic().number() == 0) {
      throw new IllegalArgumentException("A notification of no topic: " + notification);
    }
    return Bytes.of(
        NotificationContent.newBuilder()
            .setTopic(notification.topic().number())
            .setBody(notification.body())
            .setSubscription(notification.subscription().number())
            .setProtocol(notification.protocol())
            .setRaw(notification.raw())
            .setSequence(notification.sequence())
            .build()
            .toByteArray());
  }

  /** Whether the content is a notification, with the message or without. Moves no position. */
  static boolean isNotification(ByteBuffer content) {
    return content.hasRemaining() && content.get(content.position()) == FIRST;
  }

  /** The reference that the content is, or null when it is something else. Moves no position. */
  static @Nullable Notification reference(ByteBuffer content) {
    if (!isNotification(content)) {
      return null;
    }
    try {
      return reference(CodedInputStream.newInstance(content.duplicate()));
    } catch (IOException e) {
      throw new UnreadableBytes("A notification is damaged.", e);
    }
  }

  /** Fields lie in the order of their numbers, so the message comes last and stays unread. */
  private static @Nullable Notification reference(CodedInputStream in) throws IOException {
    long topic = 0;
    long body = 0;
    long sequence = 0;
    long subscription = 0;
    String protocol = "";
    boolean raw = false;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag >>> 3) {
        case NotificationContent.TOPIC_FIELD_NUMBER -> topic = in.readUInt64();
        case NotificationContent.BODY_FIELD_NUMBER -> body = in.readUInt64();
        case NotificationContent.SEQUENCE_FIELD_NUMBER -> sequence = in.readUInt64();
        case NotificationContent.SUBSCRIPTION_FIELD_NUMBER -> subscription = in.readUInt64();
        case NotificationContent.PROTOCOL_FIELD_NUMBER -> protocol = in.readStringRequireUtf8();
        case NotificationContent.RAW_FIELD_NUMBER -> raw = in.readBool();
        case NotificationContent.MESSAGE_FIELD_NUMBER -> {
          return null;
        }
        default -> in.skipField(tag);
      }
    }
    return new Notification(
        new TopicId(topic), body, sequence, new SubscriptionId(subscription), protocol, raw);
  }

  /** The same notification with its message: the message's field is the last one. */
  static byte[] withMessage(ByteBuffer reference, Bytes message) {
    int bytes =
        reference.remaining()
            + CodedOutputStream.computeByteArraySize(
                NotificationContent.MESSAGE_FIELD_NUMBER, message.array());
    byte[] whole = new byte[bytes];
    CodedOutputStream out = CodedOutputStream.newInstance(whole);
    try {
      out.writeRawBytes(reference.duplicate());
      out.writeByteArray(NotificationContent.MESSAGE_FIELD_NUMBER, message.array());
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new IllegalStateException("An array of the exact size did not hold the content.", e);
    }
    return whole;
  }

  private NotificationWords() {}
}
