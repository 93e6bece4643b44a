package io.tern.state.catalogue;

import io.tern.state.QueueName;
import io.tern.state.limits.QueueAttributes;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A queue's redrive policy as the catalogue stores it: one normal form of JSON, which the edge
 * makes of what a caller wrote.
 *
 * @param targetArn the dead-letter queue's ARN, as given
 * @param maxReceiveCount receives after which a message is a dead letter, 1 to 1,000
 */
public record RedrivePolicy(String targetArn, int maxReceiveCount) {
  private static final String BEFORE_ARN = "{\"deadLetterTargetArn\":\"";
  private static final String BEFORE_COUNT = "\",\"maxReceiveCount\":";
  private static final int ARN_PARTS = 6;

  /** The policy among a queue's stored attributes, or null. */
  public static @Nullable RedrivePolicy of(SortedMap<String, String> attributes) {
    String text = attributes.get(QueueAttributes.REDRIVE_POLICY);
    return text == null || text.isEmpty() ? null : parse(text);
  }

  /** Reads the normal form; null for any other text. */
  public static @Nullable RedrivePolicy parse(String text) {
    int arnEnd = text.indexOf(BEFORE_COUNT);
    if (!text.startsWith(BEFORE_ARN) || arnEnd < 0 || !text.endsWith("}")) {
      return null;
    }
    String count = text.substring(arnEnd + BEFORE_COUNT.length(), text.length() - 1);
    return count.matches("[0-9]{1,4}")
        ? new RedrivePolicy(text.substring(BEFORE_ARN.length(), arnEnd), Integer.parseInt(count))
        : null;
  }

  /** The normal form. */
  public String text() {
    return BEFORE_ARN + targetArn + BEFORE_COUNT + maxReceiveCount + "}";
  }

  /** The dead-letter queue; null when the ARN is none of a queue. */
  public @Nullable QueueName target() {
    return queueOf(targetArn);
  }

  /** The queue that an ARN names; null when it names none. */
  public static @Nullable QueueName queueOf(String arn) {
    String[] parts = arn.split(":", -1);
    boolean isQueue =
        parts.length == ARN_PARTS
            && parts[0].equals("arn")
            && parts[2].equals("sqs")
            && !parts[4].isEmpty()
            && !parts[5].isEmpty();
    return isQueue ? new QueueName(parts[4], parts[5]) : null;
  }
}
