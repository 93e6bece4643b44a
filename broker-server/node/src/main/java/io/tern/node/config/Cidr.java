package io.tern.node.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A range of IP addresses, as operators write it; a single address is the smallest range. */
public record Cidr(InetAddress first, int prefixBits) {

  /**
   * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or one address.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    String address = (slash < 0 ? text : text.substring(0, slash)).strip();
    // Only literals: a name would be looked up here, once, which is not what anybody means.
    if (!address.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
      throw malformed(text);
    }
    try {
      InetAddress first = InetAddress.getByName(address);
      int most = first.getAddress().length * 8;
      int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1).strip());
      if (bits < 0 || bits > most) {
        throw malformed(text);
      }
      return new Cidr(first, bits);
    } catch (UnknownHostException | NumberFormatException notAnAddress) {
      throw malformed(text);
    }
  }

  /** Whether the address is in the range; one of the other family never is. */
  public boolean contains(InetAddress address) {
    byte[] range = first.getAddress();
    byte[] asked = address.getAddress();
    if (range.length != asked.length) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit += 8) {
      int shift = Math.max(0, 8 - (prefixBits - bit));
      if ((range[bit / 8] & 0xff) >> shift != (asked[bit / 8] & 0xff) >> shift) {
        return false;
      }
    }
    return true;
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is not a range of addresses; write 10.0.0.0/8 or fd00::/8");
  }
}
