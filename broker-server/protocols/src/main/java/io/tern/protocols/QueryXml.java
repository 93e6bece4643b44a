package io.tern.protocols;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.tern.protocols.ShapePlan.Member;
import io.tern.state.limits.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the XML documents that answer AWS Query requests. {@link AwsQuery} uses it. */
final class QueryXml {
  private static final String DECLARATION = "<?xml version=\"1.0\"?>";

  private final StringBuilder out = new StringBuilder(512);

  private QueryXml(boolean nested) {
    if (!nested) {
      out.append(DECLARATION);
    }
  }

  /** The answer of an operation; not each has a result element. */
  static byte[] answer(Operation operation, Message response, String requestId) {
    QueryXml xml = new QueryXml(operation.isNested());
    xml.root(operation.name() + "Response", operation.xmlNamespace());
    if (operation.hasResult()) {
      String result = operation.name() + "Result";
      xml.open(result);
      xml.shape(operation.responsePlan(), response);
      xml.close(result);
    }
    xml.open("ResponseMetadata");
    xml.leaf("RequestId", requestId);
    xml.close("ResponseMetadata");
    xml.close(operation.name() + "Response");
    return xml.toByteArray();
  }

  static byte[] error(OperationTable service, ErrorCode code, String detail, String requestId) {
    QueryXml xml = new QueryXml(service.isNested());
    xml.root("ErrorResponse", service.xmlNamespace());
    xml.open("Error");
    xml.leaf("Type", code.fault().text());
    xml.leaf("Code", code.queryCode());
    xml.leaf("Message", detail);
    if (!service.isNested()) {
      xml.empty("Detail");
    }
    xml.close("Error");
    xml.leaf("RequestId", requestId);
    xml.close("ErrorResponse");
    return xml.toByteArray();
  }

  private void shape(ShapePlan plan, Message message) {
    for (Member member : plan.members()) {
      switch (member.arity()) {
        case SINGLE -> {
          if (member.isAlways() || message.hasField(member.field())) {
            element(member.spelling().getName(), member, message.getField(member.field()));
          }
        }
        case LIST, MAP -> many(member, (List<?>) message.getField(member.field()));
      }
    }
  }

  private void many(Member member, List<?> elements) {
    String name = member.spelling().getName();
    if (!member.isNested()) {
      elements(name, member, elements);
    } else if (!elements.isEmpty()) {
      boolean isMap = member.arity() == ShapePlan.Arity.MAP;
      open(name);
      elements(isMap ? ShapePlan.MAP_ELEMENT : ShapePlan.LIST_ELEMENT, member, elements);
      close(name);
    } else if (member.isAlways()) {
      empty(name);
    }
  }

  private void elements(String name, Member member, List<?> elements) {
    for (Object element : elements) {
      if (member.arity() == ShapePlan.Arity.MAP) {
        Message entry = (Message) element;
        open(name);
        leaf(member.spelling().getKey(), (String) entry.getField(member.mapKey()));
        element(member.spelling().getValue(), member, entry.getField(member.mapValue()));
        close(name);
      } else {
        element(name, member, element);
      }
    }
  }

  private void element(String name, Member member, Object value) {
    switch (member.form()) {
      case TEXT -> leaf(name, (String) value);
      case INTEGER, LONG, BOOLEAN -> leaf(name, value.toString());
      case BLOB ->
          leaf(name, Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
      case SHAPE -> {
        open(name);
        shape(member.shape(), (Message) value);
        close(name);
      }
    }
  }

  private void root(String name, String namespace) {
    out.append('<').append(name).append(" xmlns=\"");
    escape(namespace);
    out.append("\">");
  }

  private void open(String name) {
    out.append('<').append(name).append('>');
  }

  private void empty(String name) {
    out.append('<').append(name).append("/>");
  }

  private void close(String name) {
    out.append("</").append(name).append('>');
  }

  private void leaf(String name, String value) {
    open(name);
    escape(value);
    close(name);
  }

  private void escape(String value) {
    int written = 0;
    for (int i = 0; i < value.length(); i++) {
      String replacement = replacement(value, i);
      if (replacement != null) {
        out.append(value, written, i).append(replacement);
        written = i + 1;
      }
    }
    out.append(value, written, value.length());
  }

  /** What stands for a character that cannot stand for itself; null when it can. */
  private static @Nullable String replacement(String value, int index) {
    char c = value.charAt(index);
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      // Parsers turn a bare carriage return into a line feed, and the body's digest is wrong.
      case '\r' -> "&#xD;";
      case '\t', '\n' -> null;
      default -> (c >= 0x20 && c < 0xd800) || isLegalAbove(value, index, c) ? null : "\ufffd";
    };
  }

  private static boolean isLegalAbove(String value, int index, char c) {
    if (Character.isHighSurrogate(c)) {
      return index + 1 < value.length() && Character.isLowSurrogate(value.charAt(index + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return index > 0 && Character.isHighSurrogate(value.charAt(index - 1));
    }
    return c >= 0xe000 && c <= 0xfffd;
  }

  private byte[] toByteArray() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }
}
