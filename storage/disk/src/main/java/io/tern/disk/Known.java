package io.tern.disk;

import com.google.protobuf.Message;

/**
 * Refuses a message that holds fields this version does not know: skipping them in the log would
 * make this replica differ from those that know them. Used by the codecs.
 */
final class Known {

  /** The same message. */
  static <M extends Message> M all(M message) {
    if (!message.getUnknownFields().isEmpty()) {
      throw new UnreadableBytes(
          message.getDescriptorForType().getName()
              + " has fields this version does not know: "
              + message.getUnknownFields().asMap().keySet());
    }
    return message;
  }

  private Known() {}
}
