package io.tern.protocols;

import com.google.protobuf.Message;
import io.tern.protocols.ShapePlan.Member;
import io.tern.state.limits.ErrorCode;
import java.util.List;

/**
 * Writes the JSON rendering of answers to AWS Query requests, for the few callers that accept only
 * JSON. It is the XML document in other clothes: in answers of SQS maps are lists of name and
 * value. Those of SNS have objects for maps.
 */
final class QueryJson {
  private final JsonWriter out = new JsonWriter();

  static byte[] answer(Operation operation, Message response, String requestId) {
    QueryJson json = new QueryJson();
    json.out.startObject();
    json.out.key(operation.name() + "Response");
    json.out.startObject();
    if (operation.hasResult()) {
      json.out.key(operation.name() + "Result");
      if (operation.isNested()) {
        json.out.shape(operation.responsePlan(), response);
      } else {
        json.shape(operation.responsePlan(), response);
      }
    }
    json.out.key("ResponseMetadata");
    json.out.startObject();
    json.out.member("RequestId", requestId);
    json.out.endObject();
    json.out.endObject();
    json.out.endObject();
    return json.out.toByteArray();
  }

  static byte[] error(ErrorCode code, String detail, String requestId) {
    JsonWriter out = new JsonWriter();
    out.startObject();
    out.key("Error");
    out.startObject();
    out.member("Code", code.queryCode());
    out.member("Message", detail);
    out.member("Type", code.fault().text());
    out.endObject();
    out.member("RequestId", requestId);
    out.endObject();
    return out.toByteArray();
  }

  private void shape(ShapePlan plan, Message message) {
    out.startObject();
    for (Member member : plan.members()) {
      switch (member.arity()) {
        case SINGLE -> {
          if (member.isAlways() || message.hasField(member.field())) {
            out.key(member.spelling().getJsonRendering());
            value(member, message.getField(member.field()));
          }
        }
        case LIST, MAP -> many(member, (List<?>) message.getField(member.field()));
      }
    }
    out.endObject();
  }

  private void many(Member member, List<?> values) {
    if (values.isEmpty() && !member.isAlways()) {
      return;
    }
    out.key(member.spelling().getJsonRendering());
    out.startArray();
    for (Object value : values) {
      out.comma();
      if (member.arity() == ShapePlan.Arity.MAP) {
        Message entry = (Message) value;
        out.startObject();
        out.member(member.spelling().getKey(), (String) entry.getField(member.mapKey()));
        out.key(member.spelling().getValue());
        value(member, entry.getField(member.mapValue()));
        out.endObject();
      } else {
        value(member, value);
      }
    }
    out.endArray();
  }

  private void value(Member member, Object value) {
    if (member.form() == ShapePlan.Form.SHAPE) {
      shape(member.shape(), (Message) value);
    } else {
      out.value(member, value);
    }
  }
}
