package io.tern.protocols;

import com.google.protobuf.Message;
import io.tern.state.limits.ErrorCode;
import java.util.List;

/**
 * The protocol awsJson1_0 of today's SDKs: the operation in a header, one JSON document each way.
 * {@link WireCodec} chooses it.
 */
public final class AwsJson implements WireProtocol {
  private static final String CONTENT_TYPE = "application/x-amz-json-1.0";

  private final OperationTable operations;
  private final JsonReader reader;

  AwsJson(OperationTable operations) {
    this.operations = operations;
    this.reader = new JsonReader();
  }

  @Override
  public String label() {
    return "json";
  }

  @Override
  public Decoded decode(WireRequest request) {
    Operation operation = operations.byTarget(request.header("x-amz-target"));
    if (operation == null) {
      throw new TernException(ErrorCode.UNKNOWN_OPERATION);
    }
    Message message =
        reader.read(request.body(), operation.requestPlan(), operation.requestPrototype());
    return new Decoded(this, operation, message, QueuePath.of(request.path()));
  }

  @Override
  public WireResponse render(Operation operation, Message response, String requestId) {
    JsonWriter out = new JsonWriter();
    out.shape(operation.responsePlan(), response);
    return new WireResponse(
        200,
        CONTENT_TYPE,
        List.of(new WireResponse.Header("x-amzn-RequestId", requestId)),
        out.toByteArray());
  }

  @Override
  public WireResponse renderError(TernException error, String requestId) {
    ErrorCode code = error.code();
    JsonWriter out = new JsonWriter();
    out.startObject();
    out.member("__type", code.namespace() + "#" + code.shape());
    out.member("message", error.detail().isEmpty() ? code.text() : error.detail());
    out.endObject();
    return new WireResponse(
        code.httpStatus(),
        CONTENT_TYPE,
        List.of(
            new WireResponse.Header("x-amzn-RequestId", requestId),
            // SDKs tell users this code; with any other number of semicolons they drop it.
            new WireResponse.Header(
                "x-amzn-query-error", code.queryCode() + ";" + code.fault().text())),
        out.toByteArray());
  }
}
