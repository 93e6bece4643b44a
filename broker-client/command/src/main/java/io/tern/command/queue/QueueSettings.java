package io.tern.command.queue;

import io.tern.command.output.CommandFailure;
import io.tern.command.values.RedrivePolicy;
import io.tern.command.values.Seconds;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What a new queue is like, in words of people; becomes attributes of the API. For CreateQueue. */
final class QueueSettings {
  @CommandLine.Option(
      names = "--fifo",
      description = "A FIFO queue; its name ends in .fifo, which says it as well.")
  private boolean fifo;

  @CommandLine.Option(
      names = "--visibility-timeout",
      paramLabel = "TIME",
      converter = Seconds.Converter.class,
      description = "How long a received message is hidden from others (default: 30s).")
  private @Nullable Seconds visibilityTimeout;

  @CommandLine.Option(
      names = "--retention",
      paramLabel = "TIME",
      converter = Seconds.Converter.class,
      description = "How long a message is kept, 60s to 14d (default: 4d).")
  private @Nullable Seconds retention;

  @CommandLine.Option(
      names = "--delay",
      paramLabel = "TIME",
      converter = Seconds.Converter.class,
      description = "How long a new message stays hidden, up to 15m (default: 0s).")
  private @Nullable Seconds delay;

  @CommandLine.Option(
      names = "--wait",
      paramLabel = "TIME",
      converter = Seconds.Converter.class,
      description = "How long a receive waits for a message, up to 20s (default: 0s).")
  private @Nullable Seconds wait;

  @CommandLine.Option(
      names = "--maximum-message-size",
      paramLabel = "BYTES",
      description = "Largest message that is taken.")
  private @Nullable Integer maximumMessageBytes;

  @CommandLine.Option(
      names = "--dead-letter-queue",
      paramLabel = "NAME",
      description = "Where messages go that were received too often; needs --max-receives.")
  private @Nullable String deadLetterQueue;

  @CommandLine.Option(
      names = "--max-receives",
      paramLabel = "N",
      description = "How often a message is received before it goes to the dead-letter queue.")
  private @Nullable Integer maxReceives;

  @CommandLine.Option(
      names = "--content-based-deduplication",
      description = "FIFO: messages of the same body are the same message.")
  private boolean contentBasedDeduplication;

  @CommandLine.Option(
      names = "--high-throughput",
      description = "FIFO: deduplication and limits are of each group, not of the queue.")
  private boolean highThroughput;

  @CommandLine.Option(
      names = "--attribute",
      paramLabel = "NAME=VALUE",
      description = "Any other attribute, by its name in the API of SQS.")
  private Map<String, String> attributes = new LinkedHashMap<>();

  /** The name of the dead-letter queue, if there is to be one. */
  @Nullable String deadLetterQueue() {
    return deadLetterQueue;
  }

  /**
   * The attributes of the API.
   *
   * @param deadLetterArn of the dead-letter queue, null without one
   */
  Map<String, String> attributes(String name, @Nullable String deadLetterArn) {
    check(name);
    Map<String, String> all = new LinkedHashMap<>();
    if (fifo || name.endsWith(".fifo")) {
      all.put("FifoQueue", "true");
    }
    put(all, "VisibilityTimeout", visibilityTimeout);
    put(all, "MessageRetentionPeriod", retention);
    put(all, "DelaySeconds", delay);
    put(all, "ReceiveMessageWaitTimeSeconds", wait);
    if (maximumMessageBytes != null) {
      all.put("MaximumMessageSize", maximumMessageBytes.toString());
    }
    if (contentBasedDeduplication) {
      all.put("ContentBasedDeduplication", "true");
    }
    if (highThroughput) {
      all.put("DeduplicationScope", "messageGroup");
      all.put("FifoThroughputLimit", "perMessageGroupId");
    }
    if (deadLetterArn != null && maxReceives != null) {
      all.put("RedrivePolicy", RedrivePolicy.text(deadLetterArn, maxReceives));
    }
    all.putAll(attributes);
    return all;
  }

  /**
   * Looks at what needs no cluster.
   *
   * @throws CommandFailure saying what does not go together
   */
  void check(String name) {
    if (fifo && !name.endsWith(".fifo")) {
      throw CommandFailure.usage("the name of a FIFO queue ends in .fifo: " + name + ".fifo");
    }
    if ((deadLetterQueue == null) != (maxReceives == null)) {
      throw CommandFailure.usage("--dead-letter-queue and --max-receives are given together");
    }
    if ((contentBasedDeduplication || highThroughput) && !name.endsWith(".fifo")) {
      throw CommandFailure.usage(
          "--content-based-deduplication and --high-throughput are for FIFO queues");
    }
  }

  private static void put(Map<String, String> all, String name, @Nullable Seconds value) {
    if (value != null) {
      all.put(name, Integer.toString(value.count()));
    }
  }
}
