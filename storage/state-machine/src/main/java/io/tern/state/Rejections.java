package io.tern.state;

import io.tern.state.Reply.Rejected;
import io.tern.state.limits.ErrorCode;

/** Refusals that several rules share. An empty detail stands for the text of the error code. */
public final class Rejections {
  private Rejections() {}

  public static Decision of(ErrorCode code) {
    return of(code, "");
  }

  public static Decision of(ErrorCode code, String detail) {
    return Decision.reply(new Rejected(code, detail));
  }

  public static Decision queueDoesNotExist() {
    return of(ErrorCode.QUEUE_DOES_NOT_EXIST);
  }

  /** The command was sent to a machine of another kind, which is our own mistake. */
  public static Decision wrongMachine() {
    return of(ErrorCode.INTERNAL_FAILURE, "The command is for another kind of partition.");
  }
}
