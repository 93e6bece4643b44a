package io.tern.state.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * Reads single values of a compact JSON object that the edge has checked: no blanks, and the values
 * asked for are strings without escapes or numbers. Used by the policies of topics.
 */
final class FlatJson {
  private FlatJson() {}

  /** The value of that name, or null. */
  static @Nullable String value(String object, String name) {
    String before = "\"" + name + "\":";
    int at = object.indexOf(before);
    if (at < 0) {
      return null;
    }
    int start = at + before.length();
    boolean quoted = object.startsWith("\"", start);
    int end = quoted ? object.indexOf('"', start + 1) : endOfNumber(object, start);
    return end < 0 ? null : object.substring(quoted ? start + 1 : start, end);
  }

  private static int endOfNumber(String object, int start) {
    int end = start;
    while (end < object.length() && ",}".indexOf(object.charAt(end)) < 0) {
      end++;
    }
    return end == object.length() ? -1 : end;
  }
}
