package io.tern.chaos.checker;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery says was published, out of the envelope if it has one.
 *
 * @param publishId the id that the publisher was told; null of raw and of sent messages
 */
record Copy(String text, @Nullable String publishId) {
  /** Of a body from a queue that a topic feeds; one that is no envelope is itself. */
  static Copy of(String body) {
    if (body.contains("\"Type\"")) {
      Optional<Map<?, ?>> envelope = Json.object(body);
      if (envelope.isPresent()
          && envelope.get().get("Message") instanceof String message
          && envelope.get().get("MessageId") instanceof String id) {
        return new Copy(message, id);
      }
    }
    return new Copy(body, null);
  }
}
