package io.tern.state.catalogue;

import io.tern.state.SubscriptionId;
import io.tern.state.limits.SubscriptionAttributes;
import io.tern.state.topic.Replay;
import io.tern.state.topic.ReplayStatus;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What of its topic's archive a subscription wants again, as the catalogue stores it in compact
 * JSON.
 *
 * @param startMillis wall clock of the first message
 * @param endMillis wall clock of the last one, or -1 to go over to new messages
 */
public record ReplayPolicy(long startMillis, long endMillis) {
  private static final String START = "StartingPoint";
  private static final String END = "EndingPoint";
  private static final long NO_END = -1;
  private static final int TIMESTAMP_CHARACTERS = 40;

  /** The policy among a subscription's stored attributes, or null. */
  public static @Nullable ReplayPolicy of(SortedMap<String, String> attributes) {
    return parse(attributes.getOrDefault(SubscriptionAttributes.REPLAY_POLICY, ""));
  }

  /** Null when the text is no policy: its points are ISO 8601 timestamps. */
  public static @Nullable ReplayPolicy parse(String text) {
    String start = FlatJson.value(text, START);
    String end = FlatJson.value(text, END);
    if (start == null || start.length() > TIMESTAMP_CHARACTERS) {
      return null;
    }
    try {
      return new ReplayPolicy(millis(start), end == null ? NO_END : millis(end));
    } catch (DateTimeException | ArithmeticException _) {
      return null;
    }
  }

  private static long millis(String timestamp) {
    return OffsetDateTime.parse(timestamp).toInstant().toEpochMilli();
  }

  /** The replay that begins with that revision of the subscription. */
  Replay replay(SubscriptionId subscription, long revision) {
    return new Replay(subscription, revision, startMillis, endMillis, 0, ReplayStatus.PENDING);
  }
}
