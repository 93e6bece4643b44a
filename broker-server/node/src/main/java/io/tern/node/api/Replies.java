package io.tern.node.api;

import io.tern.protocols.TernException;
import io.tern.state.Reply;
import io.tern.state.limits.ErrorCode;

/** Replies that are not the one hoped for, and parameters that are not there. */
public final class Replies {
  private Replies() {}

  /** The exception for a rejection, or for a reply of a kind that the command cannot have. */
  public static RuntimeException unexpected(Reply reply) {
    return reply instanceof Reply.Rejected rejected
        ? new TernException(rejected.code(), rejected.detail())
        : new IllegalStateException("a reply of the wrong kind: " + reply);
  }

  /**
   * Checks that a required parameter is there.
   *
   * @throws TernException if it is empty
   */
  static void require(String value, String parameter) {
    if (value.isEmpty()) {
      throw missing(parameter);
    }
  }

  /** The error for a required parameter that is not there. */
  static TernException missing(String parameter) {
    return new TernException(ErrorCode.MISSING_PARAMETER, missingText(parameter));
  }

  /** Its text, which batches of FIFO messages tell under another code. */
  static String missingText(String parameter) {
    return "The request must contain the parameter " + parameter + ".";
  }
}
