package io.tern.chaos.workload;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bodies of messages, no two alike: {@code client:sequence:destination:pad}. The pad has what wire
 * formats escape and characters of two to four bytes. For the steps that send.
 */
final class Bodies {
  private static final List<String> PAD =
      List.of(
          "a",
          "b",
          "c",
          "d",
          "e",
          "f",
          "0",
          "1",
          "2",
          "3",
          " ",
          "%",
          "+",
          "=",
          "/",
          "\\",
          "\"",
          "'",
          "<",
          ">",
          "&",
          "{",
          "}",
          "\t",
          "\n",
          "\u00e9",
          "\u00df",
          "\u6c34",
          "\ud83c\udf0a");

  private static final int LARGEST_PAD_CHARACTER_BYTES = 4;

  /** Printable ASCII without the space. */
  private static final char FIRST_SHORT = '!';

  private static final int SHORT_CHARACTERS = '~' - FIRST_SHORT + 1;

  private Bodies() {}

  /**
   * A body of nearly so many bytes, never more unless its head alone has more.
   *
   * @param key of {@link Client#nextKey}
   */
  static String create(String key, String destination, int bytes, Random random) {
    StringBuilder body = new StringBuilder(key).append(':').append(destination).append(':');
    int left = bytes - body.length();
    while (left >= LARGEST_PAD_CHARACTER_BYTES) {
      String next = PAD.get(random.nextInt(PAD.size()));
      body.append(next);
      left -= bytes(next);
    }
    return body.toString();
  }

  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The shortest bodies there are: each is made once, the first ones have one byte. */
  static final class Shortest {
    private final AtomicInteger count = new AtomicInteger();

    String next() {
      StringBuilder body = new StringBuilder();
      for (int left = count.incrementAndGet(); left > 0; left = (left - 1) / SHORT_CHARACTERS) {
        body.append((char) (FIRST_SHORT + (left - 1) % SHORT_CHARACTERS));
      }
      return body.toString();
    }
  }
}
