package io.tern.topics.envelope;

import io.tern.state.TopicName;
import java.util.Optional;
import java.util.UUID;

/** The address of a subscription: its topic's, and an id that tells nobody its number. */
public record SubscriptionArn(TopicName topic, UUID id) {

  /** Reads {@code topicArn:uuid}; empty for anything else. */
  public static Optional<SubscriptionArn> parse(String text) {
    int cut = text.lastIndexOf(':');
    if (cut < 0) {
      return Optional.empty();
    }
    return TopicArn.parse(text.substring(0, cut))
        .flatMap(topic -> uuid(text.substring(cut + 1)).map(id -> new SubscriptionArn(topic, id)));
  }

  /** The ARN as callers see it. */
  public String text() {
    return TopicArn.of(topic) + ":" + id;
  }

  @Override
  public String toString() {
    return text();
  }

  /** The JDK reads shorter forms too, which are no ids of ours. */
  private static Optional<UUID> uuid(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }
}
