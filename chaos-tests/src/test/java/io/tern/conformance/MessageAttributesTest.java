package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Message attributes: values, digests as recorded from AWS, filters, the trace header. */
@OnEachDeployment
class MessageAttributesTest {
  private static final String TRACE =
      "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
  private static final String TRACE_DIGEST = "5ae4d5d7636402d80f4eb6d213245a88";
  private static final Map<String, MessageAttributeValue> KENOBI =
      Map.of("Help.Me", string("Me"), "Hello", string("There"), "General", string("Kenobi"));

  private final Deployment service;

  MessageAttributesTest(Deployment service) {
    this.service = service;
  }

  static Stream<Arguments> digests() {
    return Stream.of(
        Arguments.of(Map.of("k", string("x")), "a45daa70926828a2f0a1db3418e6feb4"),
        Arguments.of(Map.of("Foo", string("Bar")), "ae7155c6026991b6d54b11589678bf9c"),
        Arguments.of(
            Map.of("timestamp", typed("Number", "1493147359900")),
            "235c5c510d26fb653d073faed50ae77c"),
        Arguments.of(KENOBI, "4c360f3fdafd970e05fae2f149d997f5"),
        Arguments.of(
            Map.of(
                "attr1",
                binary("traceparent\u001e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01")),
            "8cbe4db156db8a94db8b801b7addb984"));
  }

  @ParameterizedTest
  @MethodSource("digests")
  void digestsAreThoseOfAws(Map<String, MessageAttributeValue> attributes, String digest) {
    String url = service.newQueue("digest");
    SendMessageResponse sent =
        service
            .sqs()
            .sendMessage(r -> r.queueUrl(url).messageBody("m").messageAttributes(attributes));
    assertThat(sent.md5OfMessageAttributes()).isEqualTo(digest);

    Message received = receive(url, "All");
    assertThat(received.messageAttributes()).isEqualTo(attributes);
    assertThat(received.md5OfMessageAttributes()).isEqualTo(digest);
  }

  @Test
  void customTypesAndAllKindsOfValuesComeBack() {
    String url = service.newQueue("types");
    Map<String, MessageAttributeValue> attributes = new HashMap<>();
    attributes.put("string", string("\u4e16\u754c <&> \r\n\t"));
    attributes.put("string.custom", typed("String.json", "{}"));
    attributes.put("number", typed("Number", "-1.50"));
    attributes.put("number_int", typed("Number.int", "42"));
    attributes.put("number-big", typed("Number", "12345678901234567890123456789012345678"));
    attributes.put("binary", binary("\u0000\u0001\uffff"));
    attributes.put(
        "binary.png",
        MessageAttributeValue.builder()
            .dataType("Binary.png")
            .binaryValue(SdkBytes.fromByteArray(new byte[] {(byte) 0xff, 0, (byte) 0x80}))
            .build());
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("m").messageAttributes(attributes));
    assertThat(receive(url, "All").messageAttributes()).isEqualTo(attributes);
  }

  static Stream<Arguments> filters() {
    Set<String> all = KENOBI.keySet();
    return Stream.of(
        Arguments.of(List.of("All"), all),
        Arguments.of(List.of(".*"), all),
        Arguments.of(List.of("*"), all),
        Arguments.of(List.of("Hello", "General"), Set.of("Hello", "General")),
        Arguments.of(List.of("Help.*"), Set.of("Help.Me")),
        Arguments.of(List.of("Hel*"), Set.of()),
        Arguments.of(List.of("hello"), Set.of()),
        Arguments.of(List.of("Unknown", "Hello"), Set.of("Hello")),
        Arguments.of(List.of("AWS.x", "..foo", "Hello"), Set.of("Hello")),
        Arguments.of(List.of(), Set.of()));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void filtersChooseWhatIsReturned(List<String> names, Set<String> expected) {
    String url = service.newQueue("filter");
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("m").messageAttributes(KENOBI));
    Message received = receive(url, names.toArray(String[]::new));
    assertThat(received.messageAttributes().keySet()).isEqualTo(expected);
    if (expected.isEmpty()) {
      assertThat(received.md5OfMessageAttributes()).isNull();
    }
    if (expected.equals(Set.of("Hello", "General"))) {
      assertThat(received.md5OfMessageAttributes()).isEqualTo("fca026605781cb4126a1e9044df24232");
    }
  }

  @Test
  void attributesCountForTheSize() {
    String url =
        service.newQueue("attrsize", Map.of(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1024"));
    // name (1) + type (6) + value (10)
    Map<String, MessageAttributeValue> seventeenBytes = Map.of("a", string("0123456789"));
    service
        .sqs()
        .sendMessage(r ->
            r.queueUrl(url).messageBody("x".repeat(1024 - 17)).messageAttributes(seventeenBytes));
    assertThatThrownBy(() ->
            service
                .sqs()
                .sendMessage(r ->
                    r.queueUrl(url)
                        .messageBody("x".repeat(1024 - 16))
                        .messageAttributes(seventeenBytes)))
        .isInstanceOf(SqsException.class)
        .hasMessageContaining("Message must be shorter than 1024 bytes.");
  }

  @Test
  void tenAttributesAreAllowed() {
    String url = service.newQueue("ten");
    Map<String, MessageAttributeValue> ten = new HashMap<>();
    for (int i = 0; i < 10; i++) {
      ten.put("a" + i, string("v" + i));
    }
    service.sqs().sendMessage(r -> r.queueUrl(url).messageBody("m").messageAttributes(ten));
    assertThat(receive(url, "All").messageAttributes()).isEqualTo(ten);
  }

  @Test
  void traceHeaderAsSystemAttribute() {
    String url = service.newQueue("trace");
    SendMessageResponse sent =
        service
            .sqs()
            .sendMessage(r ->
                r.queueUrl(url)
                    .messageBody("m")
                    .messageSystemAttributes(
                        Map.of(
                            MessageSystemAttributeNameForSends.AWS_TRACE_HEADER,
                            MessageSystemAttributeValue.builder()
                                .dataType("String")
                                .stringValue(TRACE)
                                .build())));
    assertThat(sent.md5OfMessageSystemAttributes()).isEqualTo(TRACE_DIGEST);
    assertThat(sent.md5OfMessageAttributes()).isNull();
    assertThat(traceHeaderOf(url)).isEqualTo(TRACE);
  }

  @Test
  void traceHeaderAsHttpHeader() {
    String url = service.newQueue("tracehttp");
    HttpAnswer sent =
        service
            .http()
            .json(
                "SendMessage",
                "{\"QueueUrl\":\"" + url + "\",\"MessageBody\":\"m\"}",
                "X-Amzn-Trace-Id",
                TRACE);
    assertThat(sent.status()).as(sent.toString()).isEqualTo(200);
    assertThat(traceHeaderOf(url)).isEqualTo(TRACE);
  }

  private String traceHeaderOf(String url) {
    Message message =
        service
            .sqs()
            .receiveMessage(r -> TestQueue.everyAttribute(r.queueUrl(url).waitTimeSeconds(5)))
            .messages()
            .getFirst();
    return message.attributes().getOrDefault(MessageSystemAttributeName.AWS_TRACE_HEADER, "");
  }

  private Message receive(String url, String... names) {
    List<Message> messages =
        service
            .sqs()
            .receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(5).messageAttributeNames(names))
            .messages();
    assertThat(messages).hasSize(1);
    return messages.getFirst();
  }

  private static MessageAttributeValue string(String value) {
    return typed("String", value);
  }

  private static MessageAttributeValue typed(String type, String value) {
    return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
  }

  private static MessageAttributeValue binary(String value) {
    return MessageAttributeValue.builder()
        .dataType("Binary")
        .binaryValue(SdkBytes.fromString(value, StandardCharsets.UTF_8))
        .build();
  }
}
