package io.tern.topics.filter;

/** Counts down what one message may cost; Matching, SameElement and Places take from it. */
final class Steps {

  private long left = FilterLimits.STEPS;

  /** Whether there was one more. */
  boolean take() {
    return left-- > 0;
  }

  boolean areGone() {
    return left <= 0;
  }
}
