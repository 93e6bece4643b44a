package io.tern.chaos.history;

/** How a call ended, as far as its caller knows. */
public enum Outcome {
  /** The server said that it was done. */
  OK,
  /** The server said that it was not done and never will be: a 4xx that is no timeout. */
  FAIL,
  /** A timeout, a broken connection or a 5xx: done, not done, or done later. */
  UNKNOWN
}
