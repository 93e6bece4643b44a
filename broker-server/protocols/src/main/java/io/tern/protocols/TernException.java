package io.tern.protocols;

import io.tern.state.limits.ErrorCode;

/**
 * An error a caller is told, in the shell what {@code Reply.Rejected} is in the core. Thrown by the
 * codecs and by every handler; it is an answer, not a fault, and so has no stack trace.
 */
public final class TernException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String detail;

  /** An error about which the row of the code says enough. */
  public TernException(ErrorCode code) {
    this(code, "");
  }

  /**
   * @param detail the text for the caller; when empty, the text of the code in the caller's
   *     protocol
   */
  public TernException(ErrorCode code, String detail) {
    super(detail.isEmpty() ? code.text() : detail, null, false, false);
    this.code = code;
    this.detail = detail;
  }

  public ErrorCode code() {
    return code;
  }

  public String detail() {
    return detail;
  }
}
