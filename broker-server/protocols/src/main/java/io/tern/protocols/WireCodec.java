package io.tern.protocols;

import com.google.protobuf.Message;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import java.util.Locale;

/**
 * The entry to the wire protocols: HTTP requests to messages of the API and back. One instance
 * serves all connections; the edge owns it.
 */
public final class WireCodec {
  private final AwsJson json;
  private final OperationTable sns;
  private final ServiceChoice services;
  private final AwsQuery sqsQuery;
  private final AwsQuery sqsQueryAsJson;
  private final AwsQuery snsQuery;
  private final AwsQuery snsQueryAsJson;

  public WireCodec(OperationTable sqs, OperationTable sns) {
    this.json = new AwsJson(sqs);
    this.sns = sns;
    this.services = new ServiceChoice(sqs, sns);
    this.sqsQuery = new AwsQuery(sqs, AwsQuery.Answer.XML);
    this.sqsQueryAsJson = new AwsQuery(sqs, AwsQuery.Answer.JSON);
    this.snsQuery = new AwsQuery(sns, AwsQuery.Answer.XML);
    this.snsQueryAsJson = new AwsQuery(sns, AwsQuery.Answer.JSON);
  }

  /** The protocol in which the request is made and must be answered; never throws. */
  public WireProtocol protocolOf(WireRequest request) {
    if (!request.header("x-amz-target").isEmpty()
        || startsWithIgnoringCase(request.contentType(), "application/x-amz-json")) {
      return json;
    }
    boolean wantsJson =
        request.header("accept").toLowerCase(Locale.ROOT).contains("application/json");
    if (services.of(request) == sns) {
      return wantsJson ? snsQueryAsJson : snsQuery;
    }
    return wantsJson && request.method().equals("GET") ? sqsQueryAsJson : sqsQuery;
  }

  /**
   * Reads a request.
   *
   * @throws TernException when it is not a well-formed call of a known operation; nothing else
   */
  public Decoded decode(WireRequest request) {
    if (request.body().length > Limits.REQUEST_BYTES) {
      throw new TernException(
          ErrorCode.REQUEST_ENTITY_TOO_LARGE,
          "The request body is longer than " + Limits.REQUEST_BYTES + " bytes.");
    }
    return protocolOf(request).decode(request);
  }

  /** Renders the answer of a handler. */
  public WireResponse render(Decoded request, Message response, String requestId) {
    return request.protocol().render(request.operation(), response, requestId);
  }

  /** Renders an error, also one of a request that could not be decoded. */
  public WireResponse renderError(WireProtocol protocol, TernException error, String requestId) {
    return protocol.renderError(error, requestId);
  }

  private static boolean startsWithIgnoringCase(String text, String prefix) {
    return text.regionMatches(true, 0, prefix, 0, prefix.length());
  }
}
