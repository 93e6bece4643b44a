package io.tern.topics.envelope;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** What is posted to an http or https endpoint; delivery sends it. */
public final class HttpRequests {
  /** What a request says about its body unless a policy says otherwise. */
  public static final String PLAIN_TEXT = "text/plain; charset=UTF-8";

  private static final String USER_AGENT = "Amazon Simple Notification Service Agent";

  private final Envelope envelope;

  public HttpRequests(Envelope envelope) {
    this.envelope = envelope;
  }

  /**
   * A POST to make.
   *
   * @param headers in the order to send them
   */
  public record Request(SequencedMap<String, String> headers, String body) {}

  /**
   * The request that brings a notification.
   *
   * @param contentType of the delivery policy in force; {@link #PLAIN_TEXT} without one
   */
  public Request notification(Notice notice, String contentType) {
    SequencedMap<String, String> headers =
        headers(Envelope.NOTIFICATION, notice.messageId(), notice.topicArn());
    headers.put("x-amz-sns-subscription-arn", notice.subscriptionArn());
    if (notice.raw()) {
      headers.put("x-amz-sns-rawdelivery", "true");
    }
    addCommon(headers, contentType);
    if (!notice.message().getTraceHeader().isEmpty()) {
      headers.put("X-Amzn-Trace-Id", notice.message().getTraceHeader());
    }
    return new Request(headers, notice.raw() ? notice.text() : envelope.notification(notice));
  }

  /** The request that asks the owner of an endpoint; never raw, always plain text. */
  public Request confirmation(Confirmation confirmation) {
    SequencedMap<String, String> headers =
        headers(confirmation.kind().type(), confirmation.messageId(), confirmation.topicArn());
    if (confirmation.kind() == Confirmation.Kind.UNSUBSCRIBE) {
      headers.put("x-amz-sns-subscription-arn", confirmation.subscriptionArn());
    }
    addCommon(headers, PLAIN_TEXT);
    return new Request(headers, envelope.confirmation(confirmation));
  }

  private static SequencedMap<String, String> headers(String type, String id, String topicArn) {
    SequencedMap<String, String> headers = new LinkedHashMap<>();
    headers.put("x-amz-sns-message-type", type);
    headers.put("x-amz-sns-message-id", id);
    headers.put("x-amz-sns-topic-arn", topicArn);
    return headers;
  }

  private static void addCommon(SequencedMap<String, String> headers, String contentType) {
    headers.put("Content-Type", contentType);
    headers.put("User-Agent", USER_AGENT);
    headers.put("Connection", "Keep-Alive");
    headers.put("Accept-Encoding", "gzip,deflate");
  }
}
