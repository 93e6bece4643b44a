package io.tern.topics.envelope;

/** How long texts are as SNS and SQS count them: in bytes of UTF-8, without encoding them. */
public final class Utf8 {
  private static final int ONE_BYTE = 0x80;
  private static final int TWO_BYTES = 0x800;

  private Utf8() {}

  public static long bytes(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ONE_BYTE) {
        bytes++;
      } else if (c < TWO_BYTES || Character.isSurrogate(c)) {
        // Two halves of a character have four bytes together.
        bytes += 2;
      } else {
        bytes += 3;
      }
    }
    return bytes;
  }
}
