package io.tern.topics.filter;

/** Makes texts comparable without regard to case, code point by code point; for patterns. */
final class CaseFolding {

  private CaseFolding() {}

  static String fold(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> Character.toLowerCase(Character.toUpperCase(point)))
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }
}
