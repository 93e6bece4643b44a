package io.tern.node.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tern.node.config.Cidr;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses a subscriber may make the node connect to. */
class EgressRulesTest {
  private final EgressRules rules = new EgressRules(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.9.10",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:db8::1",
        "2001::1",
        "fec0::1"
      })
  void whatIsNotPublicIsRefused(String address) {
    assertThat(rules.permits(InetAddress.ofLiteral(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "172.15.0.1",
        "172.32.0.1",
        "192.169.0.1",
        "100.128.0.1",
        "1.1.1.1",
        "2606:4700::1111",
        "2a00:1450::1",
        "64:ff9b::808:808",
        "::ffff:8.8.8.8"
      })
  void whatIsPublicIsPermitted(String address) {
    assertThat(rules.permits(InetAddress.ofLiteral(address))).isTrue();
  }

  @Test
  void theOperatorOpensRanges() {
    EgressRules open = new EgressRules(List.of(Cidr.parse("127.0.0.1"), Cidr.parse("fd00::/8")));

    assertThat(open.permits(InetAddress.ofLiteral("127.0.0.1"))).isTrue();
    assertThat(open.permits(InetAddress.ofLiteral("127.0.0.2"))).isFalse();
    assertThat(open.permits(InetAddress.ofLiteral("fd99::1"))).isTrue();
    assertThat(open.permits(InetAddress.ofLiteral("fc99::1"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "fd00::/129"})
  void anotherFormOfRangeIsRefused(String text) {
    assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
