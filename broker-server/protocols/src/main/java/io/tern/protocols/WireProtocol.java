package io.tern.protocols;

import com.google.protobuf.Message;

/**
 * One way to put the API on HTTP. Chosen by {@link WireCodec} for each request; a caller is always
 * answered in the protocol of the request, errors included.
 */
public sealed interface WireProtocol permits AwsJson, AwsQuery {

  /** A short name for metrics and logs. */
  String label();

  /**
   * Reads operation and request message.
   *
   * @throws TernException when the request is not a well-formed call of a known operation
   */
  Decoded decode(WireRequest request);

  /**
   * @param response of the type of the operation's response prototype
   */
  WireResponse render(Operation operation, Message response, String requestId);

  WireResponse renderError(TernException error, String requestId);
}
