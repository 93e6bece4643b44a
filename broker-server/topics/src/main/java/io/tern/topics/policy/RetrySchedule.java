package io.tern.topics.policy;

import java.util.OptionalLong;

/**
 * When a failed delivery is tried again: at once, after the least delay, after growing delays,
 * after the greatest. Delivery asks it after every failed attempt.
 */
public record RetrySchedule(
    int noDelayRetries,
    int minDelayRetries,
    long minDelayMillis,
    int backoffRetries,
    Backoff backoff,
    long maxDelayMillis,
    int maxDelayRetries) {
  private static final long MILLIS = 1_000;

  /** Delays differ by a tenth either way, so that what failed together is not retried together. */
  private static final double JITTER = 0.1;

  /** For sqs, lambda and firehose: 100,015 retries in 23 days. */
  public static final RetrySchedule AWS_MANAGED =
      new RetrySchedule(3, 2, 1_000, 10, Backoff.EXPONENTIAL, 20_000, 100_000);

  /** For mail, text messages and push: 50 retries in six hours. */
  public static final RetrySchedule CUSTOMER_MANAGED =
      new RetrySchedule(0, 2, 10_000, 10, Backoff.EXPONENTIAL, 600_000, 38);

  /** For http and https. */
  public static RetrySchedule of(RetryPolicy policy) {
    int others = policy.noDelayRetries() + policy.minDelayRetries() + policy.maxDelayRetries();
    return new RetrySchedule(
        policy.noDelayRetries(),
        policy.minDelayRetries(),
        policy.minDelaySeconds() * MILLIS,
        policy.retries() - others,
        policy.backoff(),
        policy.maxDelaySeconds() * MILLIS,
        policy.maxDelayRetries());
  }

  /** Which schedule deliveries of the protocol follow. */
  public static RetrySchedule of(Protocol protocol, HttpPolicy policy) {
    return switch (protocol.endpointClass()) {
      case AWS_MANAGED -> AWS_MANAGED;
      case CUSTOMER_MANAGED -> CUSTOMER_MANAGED;
      case HTTP -> of(policy.retry());
    };
  }

  public int retries() {
    return noDelayRetries + minDelayRetries + backoffRetries + maxDelayRetries;
  }

  /**
   * How long to wait after a failure.
   *
   * @param attempt which attempt failed, from 1
   * @param jitter by chance, from 0 to 1
   * @return empty if there is no further attempt
   */
  public OptionalLong delayMillis(int attempt, double jitter) {
    if (attempt > retries()) {
      return OptionalLong.empty();
    }
    double factor = 1 - JITTER + 2 * JITTER * jitter;
    return OptionalLong.of(Math.round(plannedMillis(attempt) * factor));
  }

  /** All delays together, without chance. */
  long totalMillis() {
    long total = 0;
    for (int attempt = 1; attempt <= retries(); attempt++) {
      total += plannedMillis(attempt);
    }
    return total;
  }

  private long plannedMillis(int retry) {
    int beforeBackoff = noDelayRetries + minDelayRetries;
    if (retry <= noDelayRetries) {
      return 0;
    }
    if (retry <= beforeBackoff) {
      return minDelayMillis;
    }
    return retry <= beforeBackoff + backoffRetries
        ? backoff.delayMillis(
            retry - beforeBackoff - 1, backoffRetries, minDelayMillis, maxDelayMillis)
        : maxDelayMillis;
  }
}
