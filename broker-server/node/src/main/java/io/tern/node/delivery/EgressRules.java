package io.tern.node.delivery;

import io.tern.node.config.Cidr;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses a subscriber may make this node connect to: public ones, and those the operator
 * allows. Anybody who may subscribe could otherwise reach the machine's own network through us.
 */
final class EgressRules {
  /** Not public, by the registries of special addresses; multicast and reserved ones too. */
  private static final List<Cidr> PRIVATE =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/3",
              "64:ff9b:1::/48",
              "100::/64",
              "2001::/23",
              "2001:db8::/32",
              "3fff::/20")
          .map(Cidr::parse)
          .toList();

  private static final Cidr GLOBAL_IPV6 = Cidr.parse("2000::/3");
  private static final Cidr TRANSLATED = Cidr.parse("64:ff9b::/96");
  private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16");

  private final List<Cidr> allowed;

  EgressRules(List<Cidr> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  boolean permits(InetAddress address) {
    InetAddress real = unwrapped(address);
    return allows(address)
        || allows(real)
        || (isGlobal(real) && PRIVATE.stream().noneMatch(range -> range.contains(real)));
  }

  private boolean allows(InetAddress address) {
    return allowed.stream().anyMatch(range -> range.contains(address));
  }

  private static boolean isGlobal(InetAddress address) {
    return address instanceof Inet4Address || GLOBAL_IPV6.contains(address);
  }

  /** The IPv4 address that an IPv6 address leads to, if it is one of those. */
  private static InetAddress unwrapped(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet6Address && (TRANSLATED.contains(address) || isMapped(bytes))) {
      return fourth(bytes, 12);
    }
    return SIX_TO_FOUR.contains(address) ? fourth(bytes, 2) : address;
  }

  /** ::ffff:a.b.c.d, and the old ::a.b.c.d; loopback and unspecified fall among the latter. */
  private static boolean isMapped(byte[] bytes) {
    boolean zeros = true;
    for (int at = 0; at < 10; at++) {
      zeros &= bytes[at] == 0;
    }
    boolean mark = bytes[10] == bytes[11] && (bytes[10] == 0 || bytes[10] == (byte) 0xff);
    return zeros && mark;
  }

  private static InetAddress fourth(byte[] bytes, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
