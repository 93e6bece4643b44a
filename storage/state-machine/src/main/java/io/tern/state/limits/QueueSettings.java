package io.tern.state.limits;

import java.util.SortedMap;

/** The attributes of a queue that its partition needs, in the units the rules use. */
public record QueueSettings(
    long visibilityMillis, long delayMillis, long retentionMillis, boolean fifo) {

  /** The settings that follow from a queue's stored attributes and the defaults. */
  public static QueueSettings of(SortedMap<String, String> attributes) {
    return new QueueSettings(
        millis(attributes, QueueAttributes.VISIBILITY_TIMEOUT),
        millis(attributes, QueueAttributes.DELAY_SECONDS),
        millis(attributes, QueueAttributes.MESSAGE_RETENTION_PERIOD),
        false);
  }

  private static long millis(SortedMap<String, String> attributes, String name) {
    return 1_000 * QueueAttributes.number(attributes, name);
  }
}
