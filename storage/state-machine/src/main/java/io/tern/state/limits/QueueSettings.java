package io.tern.state.limits;

import io.tern.state.MoveTarget;
import io.tern.state.QueueName;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What of a queue's definition its partition needs, in the units the rules use.
 *
 * @param redrive where messages go that are received too often, or null
 */
public record QueueSettings(
    QueueName name,
    long visibilityMillis,
    long delayMillis,
    long retentionMillis,
    boolean fifo,
    @Nullable Redrive redrive) {

  /** A dead-letter queue that exists, and how many receives a message may have. */
  public record Redrive(MoveTarget target, int maxReceiveCount) {}

  /** The settings that follow from a queue's stored attributes and the defaults. */
  public static QueueSettings of(
      QueueName name, SortedMap<String, String> attributes, @Nullable Redrive redrive) {
    return new QueueSettings(
        name,
        millis(attributes, QueueAttributes.VISIBILITY_TIMEOUT),
        millis(attributes, QueueAttributes.DELAY_SECONDS),
        millis(attributes, QueueAttributes.MESSAGE_RETENTION_PERIOD),
        attributes.containsKey(QueueAttributes.FIFO_QUEUE),
        redrive);
  }

  private static long millis(SortedMap<String, String> attributes, String name) {
    return 1_000 * QueueAttributes.number(attributes, name);
  }
}
