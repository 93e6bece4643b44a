package io.tern.node.leader;

import io.tern.disk.StoredMessage;
import io.tern.state.Delivery;
import io.tern.state.limits.ErrorCode;
import java.util.List;

/** What a receive brought: messages, perhaps none, or a rejection. */
public sealed interface ReceivedMessages {

  /** The messages now hidden for this receiver. */
  record Messages(List<Message> messages) implements ReceivedMessages {
    public static final Messages NONE = new Messages(List.of());
  }

  /** Nothing was done, and why. */
  record Refused(ErrorCode code, String detail) implements ReceivedMessages {}

  /** One message with what the receive made of it. */
  record Message(Delivery delivery, StoredMessage stored) {}
}
