package io.tern.disk;

import io.tern.state.Bytes;
import io.tern.state.topic.Notification;
import java.nio.ByteBuffer;

/**
 * What a queue's row holds of a message. Whoever hands messages to receivers makes the last two
 * plain before.
 */
public sealed interface StoredContent {

  /** What the sender gave: an encoded MessageContent, opaque here. */
  record Plain(Bytes content) implements StoredContent {}

  /** A notification of a published message; its body is in the same partition. */
  record Reference(Notification notification) implements StoredContent {}

  /** A notification that carries the message itself: an encoded NotificationContent. */
  record Inline(Bytes content) implements StoredContent {}

  /** Tells by its first byte what the content of a row, or of a crossing, is. */
  static StoredContent of(Bytes content) {
    ByteBuffer bytes = ByteBuffer.wrap(content.array());
    if (!NotificationWords.isNotification(bytes)) {
      return new Plain(content);
    }
    Notification notification = NotificationWords.reference(bytes);
    return notification == null ? new Inline(content) : new Reference(notification);
  }

  /** About what it takes in memory. */
  default int bytes() {
    return switch (this) {
      case Plain plain -> plain.content().size();
      case Reference _ -> NotificationWords.REFERENCE_BYTES;
      case Inline inline -> inline.content().size();
    };
  }
}
