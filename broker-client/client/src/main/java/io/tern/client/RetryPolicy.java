package io.tern.client;

/**
 * How often and how soon something is tried again: at most so many attempts, delays that double
 * from the first to the longest, each shortened by chance so that clients do not come at once.
 */
record RetryPolicy(int attempts, long firstDelayMillis, long longestDelayMillis) {
  /** What the client uses everywhere. */
  static final RetryPolicy STANDARD =
      new RetryPolicy(
          ClientLimits.ATTEMPTS, ClientLimits.FIRST_DELAY_MILLIS, ClientLimits.DELAY_MILLIS);

  /** Whether one more attempt is due after so many failed ones, the last with this error. */
  boolean triesAgain(int failures, TernClientException last) {
    return failures < attempts && last.retryable();
  }

  /**
   * Milliseconds to wait after so many failures in a row. Half of the delay is sure, so that
   * retries are never a busy loop; chance, from 0 to 1, gives the rest.
   */
  long delayMillis(int failures, double chance) {
    long delay = firstDelayMillis;
    for (int i = 1; i < failures && delay < longestDelayMillis; i++) {
      delay *= 2;
    }
    delay = Math.min(delay, longestDelayMillis);
    return delay / 2 + (long) (delay / 2.0 * chance);
  }
}
