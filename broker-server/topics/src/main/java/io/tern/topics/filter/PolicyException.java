package io.tern.topics.filter;

import java.io.Serial;

/** Ends the reading of a filter policy at its first mistake; caught by {@link FilterPolicy}. */
final class PolicyException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final String text;

  PolicyException(String text) {
    super(text, null, false, false);
    this.text = text;
  }

  String text() {
    return text;
  }
}
