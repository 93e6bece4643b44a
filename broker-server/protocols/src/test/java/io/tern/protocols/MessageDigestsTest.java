package io.tern.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tern.proto.sqs.MessageAttributeValue;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Digests AWS answered with. */
class MessageDigestsTest {
  private final MessageDigests digests = new MessageDigests();

  private static MessageAttributeValue text(String type, String value) {
    return MessageAttributeValue.newBuilder().setDataType(type).setStringValue(value).build();
  }

  private static MessageAttributeValue string(String value) {
    return text("String", value);
  }

  @Test
  void bodies() {
    assertThat(digests.ofBody("message")).isEqualTo("78e731027d8fd50ed642340b7c9a63b3");
    assertThat(digests.ofBody("")).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
  }

  @Test
  void oneAttribute() {
    assertThat(digests.ofAttributes(Map.of("k", string("x"))))
        .hasValue("a45daa70926828a2f0a1db3418e6feb4");
    assertThat(digests.ofAttributes(Map.of("Foo", string("Bar"))))
        .hasValue("ae7155c6026991b6d54b11589678bf9c");
    assertThat(digests.ofAttributes(Map.of("timestamp", text("Number", "1493147359900"))))
        .hasValue("235c5c510d26fb653d073faed50ae77c");
    assertThat(
            digests.ofAttributes(
                Map.of(
                    "AWSTraceHeader",
                    string(
                        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;"
                            + "Sampled=1"))))
        .hasValue("5ae4d5d7636402d80f4eb6d213245a88");
  }

  @Test
  void severalAttributesInTheOrderOfTheirNames() {
    var all =
        Map.of("Help.Me", string("Me"), "Hello", string("There"), "General", string("Kenobi"));
    assertThat(digests.ofAttributes(all)).hasValue("4c360f3fdafd970e05fae2f149d997f5");
    assertThat(digests.ofAttributes(Map.of("Hello", string("There"), "General", string("Kenobi"))))
        .hasValue("fca026605781cb4126a1e9044df24232");
  }

  @Test
  void binaryAttributes() {
    var value =
        MessageAttributeValue.newBuilder()
            .setDataType("Binary")
            .setBinaryValue(
                ByteString.copyFromUtf8(
                    "traceparent\u001e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01"))
            .build();
    assertThat(digests.ofAttributes(Map.of("attr1", value)))
        .hasValue("8cbe4db156db8a94db8b801b7addb984");
  }

  @Test
  void withoutAttributesThereIsNone() {
    assertThat(digests.ofAttributes(Map.of())).isEmpty();
  }
}
