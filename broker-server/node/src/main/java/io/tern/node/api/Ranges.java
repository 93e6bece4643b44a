package io.tern.node.api;

import io.tern.protocols.TernException;
import io.tern.state.limits.ErrorCode;

/** Numbers that must lie between two others, each with the wording AWS uses for it. */
final class Ranges {

  /** {@code Must be between %d and %d, if provided.} */
  static final String BETWEEN = "Must be between %d and %d, if provided.";

  /** {@code Must be >= %d and <= %d, if provided.} */
  static final String COMPARED = "Must be >= %d and <= %d, if provided.";

  /** {@code DelaySeconds must be >= %d and <= %d.} */
  static final String DELAY = "DelaySeconds must be >= %d and <= %d.";

  private Ranges() {}

  static void check(String parameter, int value, int least, int most, String reason) {
    if (value < least || value > most) {
      throw new TernException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Value "
              + value
              + " for parameter "
              + parameter
              + " is invalid. Reason: "
              + reason.formatted(least, most));
    }
  }
}
