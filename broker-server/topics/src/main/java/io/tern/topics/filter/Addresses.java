package io.tern.topics.filter;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads texts as addresses of the Internet Protocol, never asking a name server; for patterns. */
final class Addresses {

  private static final int LONGEST = 45;
  private static final Pattern IPV4_FORM = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+");
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])(?:\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*");

  private Addresses() {}

  /** Whether event-ruler would take the text for an address and perhaps look its name up. */
  static boolean isOutOfRange(String text) {
    return IPV4_FORM.matcher(text).matches() && !IPV4.matcher(text).matches();
  }

  /** The bytes of the address, 4 or 16. */
  static Optional<List<Byte>> parse(String text) {
    if (text.length() > LONGEST || !mayBe(text)) {
      return Optional.empty();
    }
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      List<Byte> bytes = new ArrayList<>();
      for (byte part : InetAddress.ofLiteral(text).getAddress()) {
        bytes.add(part);
      }
      return Optional.of(bytes);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Cheap, because every text of every message comes here once a topic has one such pattern. */
  private static boolean mayBe(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '.' && c != ':' && Character.digit(c, 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
