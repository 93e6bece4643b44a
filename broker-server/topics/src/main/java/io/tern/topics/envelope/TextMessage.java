package io.tern.topics.envelope;

/**
 * A message for a telephone; delivery hands it to the gateway, which splits it into as many parts
 * as its alphabet needs.
 *
 * @param text what is shown, at most 1,600 characters
 */
public record TextMessage(String text) {
  private static final int MOST_CHARACTERS = 1_600;
  private static final int NAME_CHARACTERS = 10;

  /** The message with the topic's name before it, if it has one. */
  public static TextMessage of(Notice notice) {
    String name = notice.message().getDisplayName();
    String prefix = name.isEmpty() ? "" : first(name, NAME_CHARACTERS) + "> ";
    return new TextMessage(first(prefix + notice.text(), MOST_CHARACTERS));
  }

  private static String first(String text, int characters) {
    return text.codePointCount(0, text.length()) <= characters
        ? text
        : text.substring(0, text.offsetByCodePoints(0, characters));
  }
}
