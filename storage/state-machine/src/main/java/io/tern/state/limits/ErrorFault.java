package io.tern.state.limits;

/**
 * Who has to change something for a request to succeed; AWS writes it as Sender, Receiver. A
 * property of each {@link ErrorCode}.
 */
public enum ErrorFault {
  SENDER("Sender"),
  RECEIVER("Receiver");

  private final String text;

  ErrorFault(String text) {
    this.text = text;
  }

  /** The word on the wire. */
  public String text() {
    return text;
  }
}
