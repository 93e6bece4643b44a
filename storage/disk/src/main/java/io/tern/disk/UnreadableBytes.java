package io.tern.disk;

/**
 * Bytes that should hold a command, a reply or a row and do not: damaged, or written by a version
 * that knows more. Thrown by the codecs; the message says what was read and what was wrong.
 */
public final class UnreadableBytes extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnreadableBytes(String what) {
    super(what);
  }

  public UnreadableBytes(String what, Throwable cause) {
    super(what, cause);
  }
}
