package io.tern.topics.envelope;

import io.tern.state.TopicName;
import java.util.Optional;

/** The address of a topic; the API reads it from requests and writes it into answers. */
public final class TopicArn {
  private static final String START = "arn:aws:sns:";
  private static final String FIFO_SUFFIX = ".fifo";
  private static final int PARTS = 6;

  private TopicArn() {}

  /** The ARN as callers see it. */
  public static String of(TopicName topic) {
    return START + topic.region() + ":" + topic.account() + ":" + topic.name();
  }

  /** Reads {@code arn:aws:sns:region:account:name}; empty for anything else. */
  public static Optional<TopicName> parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != PARTS || !parts[0].equals("arn") || !parts[2].equals("sns")) {
      return Optional.empty();
    }
    boolean complete = !parts[3].isEmpty() && !parts[4].isEmpty() && !parts[5].isEmpty();
    return complete && parts[5].indexOf('/') < 0
        ? Optional.of(new TopicName(parts[3], parts[4], parts[5]))
        : Optional.empty();
  }

  /** Whether the ARN, or the name, is of a FIFO topic; FIFO queues have such names too. */
  public static boolean isFifo(String arnOrName) {
    return arnOrName.endsWith(FIFO_SUFFIX);
  }
}
