package io.tern.protocols;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.tern.protocols.ShapePlan.Member;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Writes a request as an SDK of the Query era does; the inverse of {@link QueryReader}. */
final class QueryForm {
  private final StringBuilder form = new StringBuilder();

  private QueryForm() {}

  static String of(Operation operation, Message request) {
    QueryForm form = new QueryForm();
    form.add("Action", operation.name());
    form.add("Version", operation.isNested() ? "2010-03-31" : "2012-11-05");
    form.shape("", operation.requestPlan(), request);
    return form.form.toString();
  }

  private void shape(String prefix, ShapePlan plan, Message message) {
    for (Member member : plan.members()) {
      String name = prefix + member.spelling().getName();
      if (member.arity() == ShapePlan.Arity.SINGLE) {
        if (message.hasField(member.field())) {
          value(name, member, message.getField(member.field()));
        }
        continue;
      }
      if (member.isRequired() && message.getRepeatedFieldCount(member.field()) == 0) {
        add(name, "");
      }
      if (member.isNested()) {
        name += member.arity() == ShapePlan.Arity.LIST ? ".member" : ".entry";
      }
      int index = 0;
      for (Object element : (List<?>) message.getField(member.field())) {
        index++;
        if (member.arity() == ShapePlan.Arity.LIST) {
          value(name + "." + index, member, element);
        } else {
          Message entry = (Message) element;
          String entryName = name + "." + index + ".";
          add(entryName + member.spelling().getKey(), (String) entry.getField(member.mapKey()));
          value(
              entryName + member.spelling().getValue(), member, entry.getField(member.mapValue()));
        }
      }
    }
  }

  private void value(String name, Member member, Object value) {
    switch (member.form()) {
      case TEXT, INTEGER, LONG, BOOLEAN -> add(name, value.toString());
      case BLOB ->
          add(name, Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
      case SHAPE -> shape(name + ".", member.shape(), (Message) value);
    }
  }

  private void add(String name, String value) {
    form.append(form.isEmpty() ? "" : "&")
        .append(name)
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }
}
