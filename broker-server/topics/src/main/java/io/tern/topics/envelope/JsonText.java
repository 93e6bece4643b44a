package io.tern.topics.envelope;

import java.util.HexFormat;

/** Writes strings into JSON as SNS does: only what must be escaped is; used by the documents. */
final class JsonText {
  private static final HexFormat HEX = HexFormat.of();

  private JsonText() {}

  static StringBuilder quote(StringBuilder to, String text) {
    to.append('"');
    int done = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        to.append(text, done, i);
        escape(to, c);
        done = i + 1;
      }
    }
    return to.append(text, done, text.length()).append('"');
  }

  static String quoted(String text) {
    return quote(new StringBuilder(text.length() + 2), text).toString();
  }

  private static void escape(StringBuilder to, char c) {
    to.append('\\');
    switch (c) {
      case '"', '\\' -> to.append(c);
      case '\n' -> to.append('n');
      case '\r' -> to.append('r');
      case '\t' -> to.append('t');
      case '\b' -> to.append('b');
      case '\f' -> to.append('f');
      default -> to.append('u').append(HEX.toHexDigits(c));
    }
  }
}
