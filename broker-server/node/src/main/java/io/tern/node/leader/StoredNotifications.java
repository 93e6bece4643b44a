package io.tern.node.leader;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tern.proto.content.NotificationContent;
import io.tern.proto.content.TopicMessage;
import io.tern.state.Bytes;
import io.tern.state.topic.Notification;

/** Stored notifications and bodies as words; what rows hold was written by this cluster. */
public final class StoredNotifications {
  private StoredNotifications() {}

  /** A published message from its stored form. */
  public static TopicMessage message(Bytes body) {
    try {
      return TopicMessage.parseFrom(body.array());
    } catch (InvalidProtocolBufferException damaged) {
      throw new IllegalStateException("a stored body is damaged", damaged);
    }
  }

  /** A notification that carries its message. */
  public static NotificationContent content(Bytes inline) {
    try {
      return NotificationContent.parseFrom(inline.array());
    } catch (InvalidProtocolBufferException damaged) {
      throw new IllegalStateException("a stored notification is damaged", damaged);
    }
  }

  /** A notification with the message that it refers to. */
  public static NotificationContent content(Notification notification, Bytes body) {
    return NotificationContent.newBuilder()
        .setTopic(notification.topic().number())
        .setBody(notification.body())
        .setSequence(notification.sequence())
        .setSubscription(notification.subscription().number())
        .setProtocol(notification.protocol())
        .setRaw(notification.raw())
        .setMessage(message(body))
        .build();
  }
}
