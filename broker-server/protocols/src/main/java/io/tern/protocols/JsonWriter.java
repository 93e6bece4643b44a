package io.tern.protocols;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.tern.protocols.ShapePlan.Member;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Writes one JSON document straight into bytes. {@link AwsJson} uses it for its answers, {@link
 * AwsQuery} for the few that want JSON.
 *
 * <p>A writer of its own because an answer is a few hundred bytes and setting up a general one
 * costs more than writing them.
 */
final class JsonWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[512];
  private int size;

  /** Writes a message as an object; empty members are left out unless the API requires them. */
  void shape(ShapePlan plan, Message message) {
    startObject();
    for (Member member : plan.members()) {
      switch (member.arity()) {
        case SINGLE -> single(member, message);
        case LIST -> list(member, message);
        case MAP -> map(member, message);
      }
    }
    endObject();
  }

  private void single(Member member, Message message) {
    if (member.isAlways() || message.hasField(member.field())) {
      key(member);
      value(member, message.getField(member.field()));
    }
  }

  private void list(Member member, Message message) {
    List<?> values = (List<?>) message.getField(member.field());
    if (values.isEmpty() && !member.isAlways()) {
      return;
    }
    key(member);
    startArray();
    for (Object value : values) {
      comma();
      value(member, value);
    }
    endArray();
  }

  private void map(Member member, Message message) {
    List<?> entries = (List<?>) message.getField(member.field());
    if (entries.isEmpty() && !member.isAlways()) {
      return;
    }
    key(member);
    startObject();
    for (Object element : entries) {
      Message entry = (Message) element;
      comma();
      text((String) entry.getField(member.mapKey()));
      append((byte) ':');
      value(member, entry.getField(member.mapValue()));
    }
    endObject();
  }

  /** Writes one value in the form the member has. */
  void value(Member member, Object value) {
    switch (member.form()) {
      case TEXT -> text((String) value);
      case INTEGER, LONG, BOOLEAN -> raw(value.toString());
      case BLOB -> blob((ByteString) value);
      case SHAPE -> shape(member.shape(), (Message) value);
    }
  }

  /** Writes a document that is already a tree. */
  void tree(JsonValue value) {
    switch (value) {
      case JsonValue.Members object -> {
        startObject();
        object
            .members()
            .forEach((name, member) -> {
              key(name);
              tree(member);
            });
        endObject();
      }
      case JsonValue.Items array -> {
        startArray();
        for (JsonValue item : array.items()) {
          comma();
          tree(item);
        }
        endArray();
      }
      case JsonValue.Text text -> text(text.text());
      case JsonValue.Literal literal -> raw(literal.text());
    }
  }

  void startObject() {
    append((byte) '{');
  }

  void endObject() {
    append((byte) '}');
  }

  void startArray() {
    append((byte) '[');
  }

  void endArray() {
    append((byte) ']');
  }

  void key(Member member) {
    comma();
    append(member.jsonKey());
  }

  void key(String name) {
    comma();
    text(name);
    append((byte) ':');
  }

  void member(String name, String value) {
    key(name);
    text(value);
  }

  /** Separates from what stands before; nothing is written at the beginning of a container. */
  void comma() {
    if (size == 0) {
      return;
    }
    byte last = bytes[size - 1];
    if (last != '{' && last != '[' && last != ':') {
      append((byte) ',');
    }
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    reserve(utf8.length + 2);
    append((byte) '"');
    int written = 0;
    for (int i = 0; i < utf8.length; i++) {
      byte b = utf8[i];
      if (b == '"' || b == '\\' || (b >= 0 && b < 0x20)) {
        append(utf8, written, i);
        escape(b);
        written = i + 1;
      }
    }
    append(utf8, written, utf8.length);
    append((byte) '"');
  }

  private void escape(byte b) {
    append((byte) '\\');
    switch (b) {
      case '"', '\\' -> append(b);
      case '\n' -> append((byte) 'n');
      case '\r' -> append((byte) 'r');
      case '\t' -> append((byte) 't');
      default -> {
        raw("u00");
        append(HEX[b >> 4]);
        append(HEX[b & 0xf]);
      }
    }
  }

  private void blob(ByteString value) {
    append((byte) '"');
    append(Base64.getEncoder().encode(value.toByteArray()));
    append((byte) '"');
  }

  private void raw(String ascii) {
    append(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  private void append(byte b) {
    reserve(1);
    bytes[size++] = b;
  }

  private void append(byte[] source) {
    append(source, 0, source.length);
  }

  private void append(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, bytes, size, to - from);
    size += to - from;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
