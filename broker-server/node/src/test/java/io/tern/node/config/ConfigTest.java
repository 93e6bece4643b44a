package io.tern.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members as operators write them, and whose data folder is whose. */
class ConfigTest {

  @Test
  void aMemberHasZoneHostAndTwoPorts() {
    assertThat(Member.parse("n1/zone-a=10.0.0.1:9326:9327"))
        .isEqualTo(new Member("n1", "zone-a", "10.0.0.1", 9326, 9327, 9328));
  }

  @Test
  void aMemberMayNameItsPortForClientsOverGrpc() {
    assertThat(Member.parse("n1/zone-a=10.0.0.1:9326:9327:7000").grpcAddress())
        .isEqualTo("10.0.0.1:7000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n1",
        "n1=h:1:2",
        "n1/z=h:1",
        "n1/z=h:1:2:3:4",
        "n1/z=h:1:2:",
        "/z=h:1:2",
        "n1/=h:1:2",
        "n1/z=h:1:x"
      })
  void anotherFormIsRefused(String text) {
    assertThatThrownBy(() -> Member.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFolderKeepsItsNodeAndItsNumberOfPartitions(@TempDir Path folder) throws IOException {
    try (NodeFolder first = NodeFolder.open(config(folder, "n1", 3))) {
      assertThat(first.dataPartitions()).isEqualTo(3);
    }
    try (NodeFolder again = NodeFolder.open(config(folder, "n1", 8))) {
      assertThat(again.dataPartitions()).isEqualTo(3);
    }
    assertThatThrownBy(() -> NodeFolder.open(config(folder, "n2", 3)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("belongs to node n1");
  }

  private static TernConfig config(Path folder, String node, int partitions) {
    return new TernConfig(
        node,
        List.of(new Member(node, "zone-a", "127.0.0.1", 9326, 9327)),
        new TernConfig.Listen("127.0.0.1", 9324, 9325, 9328),
        folder,
        partitions,
        new TernConfig.Identity("000000000000", "us-east-1", ""),
        false,
        1 << 26,
        DeliveryConfig.PUBLIC_WEB);
  }
}
