package io.tern.topics.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How delays grow from the least to the most; AWS shows only pictures of the four functions. */
public enum Backoff {
  /** By the same amount each time. */
  LINEAR {
    @Override
    double share(int index, int steps, double ratio) {
      return (double) index / steps;
    }
  },
  /** By an amount that itself grows by the same amount. */
  ARITHMETIC {
    @Override
    double share(int index, int steps, double ratio) {
      return (double) index * (index + 1) / ((double) steps * (steps + 1));
    }
  },
  /** By the same factor, just so much that the last delay is the most. */
  GEOMETRIC {
    @Override
    double share(int index, int steps, double ratio) {
      return ratio == 1 ? 0 : (Math.pow(ratio, (double) index / steps) - 1) / (ratio - 1);
    }
  },
  /** Doubling until the most is reached; stretched where doubling would not reach it. */
  EXPONENTIAL {
    @Override
    double share(int index, int steps, double ratio) {
      double reached = Math.min(ratio, Math.pow(2, steps));
      return reached == 1 ? 0 : (Math.min(ratio, Math.pow(2, index)) - 1) / (reached - 1);
    }
  };

  /** As policies spell it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Backoff> of(String text) {
    return Arrays.stream(values()).filter(backoff -> backoff.text().equals(text)).findFirst();
  }

  /**
   * The delay before one of several retries.
   *
   * @param index of the retry, from 0
   * @param retries how many there are
   */
  long delayMillis(int index, int retries, long leastMillis, long mostMillis) {
    if (retries == 1) {
      return leastMillis;
    }
    double share = share(index, retries - 1, (double) mostMillis / leastMillis);
    return leastMillis + Math.round((mostMillis - leastMillis) * share);
  }

  /** How far of the way from least to most, from 0 to 1. */
  abstract double share(int index, int steps, double ratio);
}
