package io.tern.node.routing;

import io.tern.state.QueueName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ARN of a queue, as policies and move tasks name queues. */
public record QueueArn(String region, QueueName queue) {
  private static final Pattern FORM =
      Pattern.compile(
          "arn:aws[a-z-]{0,32}:sqs:([A-Za-z0-9_-]{1,64}):([A-Za-z0-9_-]{1,64})"
              + ":([A-Za-z0-9_-]{1,75}\\.fifo|[A-Za-z0-9_-]{1,80})");

  /** Reads an ARN; empty when it is none of a queue. */
  public static Optional<QueueArn> parse(String arn) {
    Matcher parts = FORM.matcher(arn);
    return parts.matches()
        ? Optional.of(new QueueArn(parts.group(1), new QueueName(parts.group(2), parts.group(3))))
        : Optional.empty();
  }

  /** The AWS partition that a region belongs to. */
  public static String partition(String region) {
    if (region.startsWith("cn-")) {
      return "aws-cn";
    }
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }

  /** The ARN as callers see it. */
  public String text() {
    return "arn:"
        + partition(region)
        + ":sqs:"
        + region
        + ":"
        + queue.account()
        + ":"
        + queue.name();
  }
}
