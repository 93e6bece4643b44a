package io.tern.chaos.workload;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message to be sent or published.
 *
 * @param delaySeconds null leaves it to the queue
 * @param attributes message attributes; values that are whole numbers are sent as Number, others as
 *     String
 */
record Outgoing(
    String body,
    @Nullable Integer delaySeconds,
    @Nullable String group,
    @Nullable String deduplicationId,
    Map<String, String> attributes) {
  static Outgoing of(String body) {
    return new Outgoing(body, null, null, null, Map.of());
  }

  Outgoing delayed(int seconds) {
    return new Outgoing(body, seconds, group, deduplicationId, attributes);
  }

  Outgoing with(Map<String, String> messageAttributes) {
    return new Outgoing(body, delaySeconds, group, deduplicationId, messageAttributes);
  }

  Outgoing inGroup(String messageGroup, @Nullable String id) {
    return new Outgoing(body, delaySeconds, messageGroup, id, attributes);
  }

  /** The data type that an attribute of this value is sent with. */
  static String dataType(String value) {
    return value.matches("[0-9]{1,9}") ? "Number" : "String";
  }
}
