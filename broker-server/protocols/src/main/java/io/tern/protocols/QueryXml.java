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

  private final StringBuilder out = new StringBuilder(512).append(DECLARATION);

  /** The answer of an operation; one whose response has no members has no result element. */
  static byte[] answer(Operation operation, Message response, String requestId) {
    QueryXml xml = new QueryXml();
    xml.root(operation.name() + "Response", operation.xmlNamespace());
    if (!operation.responsePlan().members().isEmpty()) {
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

  static byte[] error(String namespace, ErrorCode code, String detail, String requestId) {
    QueryXml xml = new QueryXml();
    xml.root("ErrorResponse", namespace);
    xml.open("Error");
    xml.leaf("Type", code.fault().text());
    xml.leaf("Code", code.queryCode());
    xml.leaf("Message", detail);
    xml.out.append("<Detail/>");
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
        case LIST -> {
          for (Object value : (List<?>) message.getField(member.field())) {
            element(member.spelling().getName(), member, value);
          }
        }
        case MAP -> map(member, message);
      }
    }
  }

  private void map(Member member, Message message) {
    for (Object element : (List<?>) message.getField(member.field())) {
      Message entry = (Message) element;
      open(member.spelling().getName());
      leaf(member.spelling().getKey(), (String) entry.getField(member.mapKey()));
      element(member.spelling().getValue(), member, entry.getField(member.mapValue()));
      close(member.spelling().getName());
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
