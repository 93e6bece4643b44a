package io.tern.chaos;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * The body of a message of the fault tests: {@code worker:sequence:random:checksum}. Unique, and
 * shows whether a single character changed. The scripts under src/test/clients make the same.
 */
record LoadBody(String key, String text) {
  private static final int CHECKSUM_CHARS = 8;

  /** A new one with up to so many random bytes, each written as two characters. */
  static LoadBody create(String worker, int sequence, int maxPadBytes, Random random) {
    String key = worker + ":" + sequence;
    byte[] pad = new byte[random.nextInt(maxPadBytes / 2, maxPadBytes)];
    random.nextBytes(pad);
    String start = key + ":" + HexFormat.of().formatHex(pad);
    return new LoadBody(key, start + ":" + checksum(start));
  }

  /** Reads a received body; fails when it is not one of ours or was altered. */
  static LoadBody parse(String text) {
    int colon = text.length() - CHECKSUM_CHARS - 1;
    if (colon < 0 || !text.substring(colon).equals(":" + checksum(text.substring(0, colon)))) {
      throw new AssertionError("invented or altered body: " + text);
    }
    return new LoadBody(text.substring(0, text.indexOf(':', text.indexOf(':') + 1)), text);
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
