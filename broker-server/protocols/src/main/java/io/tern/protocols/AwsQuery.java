package io.tern.protocols;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.tern.protocols.ShapePlan.Member;
import io.tern.state.limits.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The protocol awsQuery of older SDKs and of presigned URLs: everything is a parameter of the query
 * string or of a form, answers are XML or, on request, JSON. {@link WireCodec} has one for each
 * service and form of answers.
 */
public final class AwsQuery implements WireProtocol {

  /** In which form the caller wants its answer. */
  enum Answer {
    XML("query", "text/xml"),
    JSON("query-json", "application/json");

    private final String label;
    private final String contentType;

    Answer(String label, String contentType) {
      this.label = label;
      this.contentType = contentType;
    }
  }

  private static final int QUOTED_CHARACTERS = 100;
  private static final byte[] UNKNOWN_OPERATION =
      "<UnknownOperationException/>".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NO_FORM = {};

  private final OperationTable operations;
  private final Answer answer;
  private final QueryReader reader;

  AwsQuery(OperationTable operations, Answer answer) {
    this.operations = operations;
    this.answer = answer;
    this.reader = new QueryReader();
  }

  @Override
  public String label() {
    return answer.label;
  }

  @Override
  public Decoded decode(WireRequest request) {
    QueryParameters parameters = QueryParameters.parse(request.rawQuery(), form(request));
    QueryParameters action = parameters.child("Action");
    if (action == null || action.value() == null) {
      throw new TernException(ErrorCode.UNKNOWN_OPERATION);
    }
    QueuePath queuePath = operations.isNested() ? null : QueuePath.of(request.path());
    Operation operation = operation(action.value(), queuePath);
    Message message =
        reader.read(parameters, operation.requestPlan(), operation.requestPrototype());
    return new Decoded(
        this, operation, withQueueUrl(message, operation.requestPlan(), queuePath), queuePath);
  }

  /** The body, if it is a form. */
  static byte[] form(WireRequest request) {
    String type = request.contentType();
    boolean isForm =
        type.isEmpty() || type.regionMatches(true, 0, "application/x-www-form-urlencoded", 0, 33);
    return isForm && request.method().equals("POST") ? request.body() : NO_FORM;
  }

  private Operation operation(String action, @Nullable QueuePath queuePath) {
    Operation operation = operations.byAction(action);
    if (operation == null || (queuePath != null && !operation.isOnQueuePath())) {
      String quoted =
          action.length() <= QUOTED_CHARACTERS ? action : action.substring(0, QUOTED_CHARACTERS);
      throw new TernException(
          ErrorCode.INVALID_ACTION, "The action " + quoted + " is not valid for this endpoint.");
    }
    return operation;
  }

  /** The path names the queue only when no parameter does. */
  private static Message withQueueUrl(
      Message message, ShapePlan plan, @Nullable QueuePath queuePath) {
    Member member = plan.byJsonName("QueueUrl");
    if (member == null || queuePath == null) {
      return message;
    }
    FieldDescriptor queueUrl = member.field();
    if (message.hasField(queueUrl) && !message.getField(queueUrl).equals("")) {
      return message;
    }
    return message.toBuilder().setField(queueUrl, queuePath.path()).build();
  }

  @Override
  public WireResponse render(Operation operation, Message response, String requestId) {
    byte[] body =
        switch (answer) {
          case XML -> QueryXml.answer(operation, response, requestId);
          case JSON -> QueryJson.answer(operation, response, requestId);
        };
    return response(200, answer.contentType, requestId, body);
  }

  @Override
  public WireResponse renderError(TernException error, String requestId) {
    ErrorCode code = operations.isNested() ? SpokenErrors.inSns(error.code()) : error.code();
    if (code == ErrorCode.UNKNOWN_OPERATION) {
      return response(code.httpStatus(), Answer.XML.contentType, requestId, UNKNOWN_OPERATION);
    }
    // Whoever spells out the text that is the JSON one means the error, not the wording.
    String detail =
        error.detail().isEmpty() || error.detail().equals(error.code().text())
            ? code.queryText()
            : error.detail();
    byte[] body =
        switch (answer) {
          case XML -> QueryXml.error(operations, code, detail, requestId);
          case JSON -> QueryJson.error(code, detail, requestId);
        };
    return response(code.httpStatus(), answer.contentType, requestId, body);
  }

  private static WireResponse response(
      int status, String contentType, String requestId, byte[] body) {
    return new WireResponse(
        status, contentType, List.of(new WireResponse.Header("x-amzn-RequestId", requestId)), body);
  }
}
