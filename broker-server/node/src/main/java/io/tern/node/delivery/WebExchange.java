package io.tern.node.delivery;

import io.tern.state.Bytes;
import java.util.List;
import java.util.Map;

/** One HTTP request that {@link Egress} is to make, and how it may end. */
final class WebExchange {
  private WebExchange() {}

  /**
   * What to send.
   *
   * @param headers besides Host and Content-Length
   * @param isTrusted true when the operator chose the host, so that it may be anywhere
   */
  record Request(
      String method,
      WebAddress address,
      Map<String, String> headers,
      Bytes body,
      boolean isTrusted) {}

  /** What came of it. */
  sealed interface Answer {}

  /**
   * The receiver answered.
   *
   * @param text the first bytes of the body
   * @param requestId what AWS's servers name the request, or empty
   * @param challenges how it may be told who asks
   */
  record Answered(int status, String text, String requestId, List<String> challenges)
      implements Answer {}

  /** No answer: not found, not connected, too slow. The request may have been received. */
  record Unanswered(String reason) implements Answer {}

  /** The host is at an address that must not be connected to. Nothing was sent. */
  record Forbidden(String reason) implements Answer {}

  /** What an answer means for a delivery. */
  static Outcome outcome(Answer answer) {
    return switch (answer) {
      case Answered(int status, String text, _, _) when status >= 200 && status < 300 ->
          new Outcome.Delivered(status, text);
      case Answered(int status, String text, _, _) when status == 429 || status >= 500 ->
          new Outcome.Retry(status, answeredWith(status, text));
      case Answered(int status, String text, _, _) ->
          new Outcome.Refused(status, answeredWith(status, text));
      case Unanswered(String reason) -> new Outcome.Retry(0, reason);
      case Forbidden(String reason) -> new Outcome.Forbidden(reason);
    };
  }

  private static String answeredWith(int status, String text) {
    return "the endpoint answered " + status + (text.isEmpty() ? "" : ": " + text);
  }
}
