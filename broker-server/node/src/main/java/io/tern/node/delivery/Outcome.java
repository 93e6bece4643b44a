package io.tern.node.delivery;

/** How one attempt to deliver ended; {@link Sender} says so and the retry policy acts on it. */
public sealed interface Outcome {

  /**
   * The receiver took it.
   *
   * @param status of HTTP or SMTP
   * @param detail what the receiver answered, cut short
   */
  record Delivered(int status, String detail) implements Outcome {}

  /**
   * It failed now and may succeed later.
   *
   * @param status of HTTP or SMTP, 0 when there was no answer
   */
  record Retry(int status, String reason) implements Outcome {}

  /**
   * It would fail every time.
   *
   * @param status of HTTP or SMTP, 0 when nothing was sent
   */
  record Refused(int status, String reason) implements Outcome {}

  /** Nothing was sent, for the endpoint's address is none that the operator allows. */
  record Forbidden(String reason) implements Outcome {}
}
