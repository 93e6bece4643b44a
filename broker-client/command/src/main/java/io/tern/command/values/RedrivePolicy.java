package io.tern.command.values;

/** When messages go to a dead-letter queue, as the API writes it. For new queues and imports. */
public final class RedrivePolicy {
  private RedrivePolicy() {}

  /** The attribute's text; an ARN needs no escapes. */
  public static String text(String deadLetterArn, int maxReceives) {
    return "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"%d\"}"
        .formatted(deadLetterArn, maxReceives);
  }
}
