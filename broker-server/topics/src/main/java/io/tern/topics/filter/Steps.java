package io.tern.topics.filter;

import io.tern.state.limits.Limits;

/** Counts down what one message may cost; Matching, SameElement and Places take from it. */
final class Steps {

  private long left = Limits.FILTER_STEPS;

  /** Whether there was one more. */
  boolean take() {
    return left-- > 0;
  }

  boolean areGone() {
    return left <= 0;
  }
}
