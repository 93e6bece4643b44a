package io.tern.command.output;

/**
 * Makes text of strangers harmless for a terminal: its control characters could move the cursor or
 * worse. For everything that is printed for people.
 */
public final class Printable {
  private static final int REPLACEMENT = 0xFFFD;

  private Printable() {}

  /** Text of several lines. */
  public static String text(String text) {
    return replaced(text, true);
  }

  /** Text of one line. */
  public static String cell(String text) {
    return replaced(text, false);
  }

  private static String replaced(String text, boolean lines) {
    StringBuilder harmless = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> isHarmless(point, lines) ? point : REPLACEMENT)
        .forEach(harmless::appendCodePoint);
    return harmless.toString();
  }

  private static boolean isHarmless(int point, boolean lines) {
    return !Character.isISOControl(point) || (lines && (point == '\n' || point == '\t'));
  }
}
