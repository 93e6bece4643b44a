package io.tern.topics.envelope;

import java.util.ArrayList;
import java.util.List;

/**
 * A message for a telephone, and the parts it travels in; delivery hands it to the gateway.
 *
 * @param text what is shown, at most 1,600 characters
 */
public record TextMessage(String text) {
  private static final int MOST_CHARACTERS = 1_600;
  private static final int NAME_CHARACTERS = 10;

  /** What one part holds: septets of GSM, bytes of ASCII, halves of Unicode characters. */
  private static final int GSM_PART = 160;

  private static final int ASCII_PART = 140;
  private static final int UNICODE_PART = 70;

  /** The GSM alphabet, and what it spells with two septets. */
  private static final String GSM =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
          + "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

  private static final String GSM_ESCAPED = "\f^{}\\[~]|€";

  /** The message with the topic's name before it, if it has one. */
  public static TextMessage of(Notice notice) {
    String name = notice.message().getDisplayName();
    String prefix = name.isEmpty() ? "" : first(name, NAME_CHARACTERS) + "> ";
    return new TextMessage(first(prefix + notice.text(), MOST_CHARACTERS));
  }

  /** A message to one number, which comes from no topic. */
  public static TextMessage direct(String message) {
    return new TextMessage(first(message, MOST_CHARACTERS));
  }

  /** The parts, in order; a text that fits is one part. */
  public List<String> parts() {
    boolean gsm = text.chars().allMatch(c -> septets((char) c) > 0);
    boolean ascii = text.chars().allMatch(c -> c < 0x80);
    int size = gsm ? GSM_PART : ascii ? ASCII_PART : UNICODE_PART;
    List<String> parts = new ArrayList<>();
    int start = 0;
    int used = 0;
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      int needed = gsm ? septets(text.charAt(i)) : Character.charCount(text.codePointAt(i));
      if (used + needed > size) {
        parts.add(text.substring(start, i));
        start = i;
        used = 0;
      }
      used += needed;
    }
    parts.add(text.substring(start));
    return List.copyOf(parts);
  }

  private static int septets(char c) {
    return GSM.indexOf(c) >= 0 ? 1 : GSM_ESCAPED.indexOf(c) >= 0 ? 2 : 0;
  }

  private static String first(String text, int characters) {
    return text.codePointCount(0, text.length()) <= characters
        ? text
        : text.substring(0, text.offsetByCodePoints(0, characters));
  }
}
