package io.tern.state.catalogue;

import io.tern.state.limits.Limits;
import io.tern.state.limits.TopicAttributes;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * How long a FIFO topic archives its messages, as the catalogue stores it in compact JSON.
 *
 * @param days 1 to 365
 */
public record ArchivePolicy(int days) {
  private static final String PERIOD = "MessageRetentionPeriod";
  private static final long DAY_MILLIS = 86_400_000;

  /** The policy among a topic's stored attributes, or null. */
  public static @Nullable ArchivePolicy of(SortedMap<String, String> attributes) {
    return parse(attributes.getOrDefault(TopicAttributes.ARCHIVE_POLICY, ""));
  }

  /** Null when the text asks for no archive. */
  public static @Nullable ArchivePolicy parse(String text) {
    String days = FlatJson.value(text, PERIOD);
    if (days == null || !days.matches("[0-9]{1,3}")) {
      return null;
    }
    int number = Integer.parseInt(days);
    return number < 1 || number > Limits.ARCHIVE_DAYS ? null : new ArchivePolicy(number);
  }

  /** How long the topic of those attributes archives, 0 for not at all. */
  static long millis(SortedMap<String, String> attributes) {
    ArchivePolicy policy = of(attributes);
    return policy == null ? 0 : policy.days() * DAY_MILLIS;
  }
}
