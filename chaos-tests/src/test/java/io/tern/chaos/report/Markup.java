package io.tern.chaos.report;

import java.util.Locale;

/** Text on its way into HTML and SVG: escaped, and numbers the same in every country. */
final class Markup {
  private Markup() {}

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(escaped, c));
    return escaped.toString();
  }

  private static void append(StringBuilder escaped, int c) {
    switch (c) {
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '&' -> escaped.append("&amp;");
      case '"' -> escaped.append("&quot;");
      case '\'' -> escaped.append("&#39;");
      case '\n', '\t' -> escaped.appendCodePoint(c);
      default -> {
        // No other control character and no lone half of a pair may stand in a page.
        boolean unfit = Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF) || c >= 0xFFFE;
        escaped.appendCodePoint(unfit ? 0xFFFD : c);
      }
    }
  }

  /** With separators: 12,345. */
  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A coordinate. */
  static String at(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** Milliseconds as people say them. */
  static String duration(long millis) {
    return millis < 10_000
        ? number(millis) + " ms"
        : String.format(Locale.ROOT, "%,.1f s", millis / 1_000.0);
  }

  static String element(String name, String escapedContent) {
    return "<" + name + ">" + escapedContent + "</" + name + ">";
  }
}
