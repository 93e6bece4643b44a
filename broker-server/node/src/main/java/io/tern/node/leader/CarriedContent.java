package io.tern.node.leader;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tern.disk.StoredContent;
import io.tern.disk.StoredMessage;
import io.tern.proto.content.MessageContent;
import io.tern.state.Bytes;
import io.tern.state.crossing.Crossing.ParkedMessage;
import java.util.UUID;

/**
 * What a message's content becomes on its way to another queue; the rules cannot look into it. The
 * courier asks for each message it loads.
 */
final class CarriedContent {
  private CarriedContent() {}

  /**
   * A redriven message is a new one and gets an id of its own. A dead letter of a FIFO queue is
   * known there by its message id, so that the target takes it whatever it remembers.
   */
  static Bytes of(ParkedMessage parked, StoredMessage stored, NotificationRendering rendering) {
    return switch (stored.content()) {
      case StoredContent.Plain plain -> of(parked, stored.group(), plain.content());
      case StoredContent.Inline inline -> ofNotification(parked, inline.content(), rendering);
      case StoredContent.Reference reference ->
          throw new IllegalStateException(
              "a parked notification without its message: " + reference);
    };
  }

  private static Bytes of(ParkedMessage parked, String group, Bytes content) {
    return switch (parked.reason()) {
      case REDRIVE -> withNewId(content);
      case DEAD_LETTER -> group.isEmpty() ? content : knownByItsId(content);
      case UNDELIVERED, RETURN -> content;
    };
  }

  /** A redriven notification is a message like any other from then on. */
  private static Bytes ofNotification(
      ParkedMessage parked, Bytes inline, NotificationRendering rendering) {
    return switch (parked.reason()) {
      case REDRIVE -> withNewId(rendering.plain(StoredNotifications.content(inline)));
      case DEAD_LETTER, UNDELIVERED, RETURN -> inline;
    };
  }

  private static Bytes withNewId(Bytes content) {
    UUID id = UUID.randomUUID();
    return bytes(
        parse(content).toBuilder()
            .setIdHigh(id.getMostSignificantBits())
            .setIdLow(id.getLeastSignificantBits())
            .build());
  }

  private static Bytes knownByItsId(Bytes content) {
    MessageContent message = parse(content);
    if (message.getDeduplicationId().isEmpty()) {
      return content;
    }
    UUID id = new UUID(message.getIdHigh(), message.getIdLow());
    return bytes(message.toBuilder().setDeduplicationId(id.toString()).build());
  }

  private static MessageContent parse(Bytes content) {
    try {
      return MessageContent.parseFrom(content.array());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored message's content is damaged", e);
    }
  }

  private static Bytes bytes(MessageContent message) {
    return Bytes.of(message.toByteArray());
  }
}
