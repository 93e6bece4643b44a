package io.tern.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.tern.proto.sqs.MessageAttributeValue;
import io.tern.protocols.TernException;
import io.tern.state.limits.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message may hold: the alphabet, names, types, numbers. */
class MessageChecksTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "\t\n\r", "gr\u00fcn", "\u20ac", "\ud83d\ude00 emoji", "\uFFFD"})
  void aLegalBodyHasItsLengthInUtf8(String body) {
    assertThat(MessageChecks.bodyBytes(body))
        .isEqualTo(body.getBytes(StandardCharsets.UTF_8).length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "a\u0008", "\uFFFE", "\uFFFF", "\ud800", "\udc00x", "x\ud83d"})
  void anIllegalCharacterIsInvalidContents(String body) {
    assertThatThrownBy(() -> MessageChecks.bodyBytes(body))
        .isInstanceOfSatisfying(
            TernException.class,
            mistake -> assertThat(mistake.code()).isEqualTo(ErrorCode.INVALID_MESSAGE_CONTENTS));
  }

  @ParameterizedTest
  @CsvSource({
    "a, true",
    "a.b-c_9, true",
    "a..b, true",
    ".a, false",
    "a., false",
    "AWS.a, false",
    "aws.a, false",
    "Amazon.x, false",
    "a b, false",
  })
  void attributeNames(String name, boolean legal) {
    expect(Map.of(name, text("String", "x")), legal);
  }

  @ParameterizedTest
  @CsvSource({
    "String, x, true",
    "String.custom, x, true",
    "string, x, false",
    "Number, 42, true",
    "Number.int, -0.5e10, true",
    "Number, 1e-127, true",
    "Number, 1e200, false",
    "Number, 12345678901234567890123456789012345678, true",
    "Number, 123456789012345678901234567890123456789, false",
    "Number, x, false",
    "Float, 1, false",
  })
  void attributeTypesAndValues(String type, String value, boolean legal) {
    expect(Map.of("a", text(type, value)), legal);
  }

  @Test
  void bytesCountNameTypeAndValue() {
    assertThat(MessageChecks.attributeBytes(Map.of("name", text("String", "\u20ac"))))
        .isEqualTo(4 + 6 + 3);
    assertThat(
            MessageChecks.attributeBytes(
                Map.of(
                    "n",
                    MessageAttributeValue.newBuilder()
                        .setDataType("Binary")
                        .setBinaryValue(ByteString.copyFrom(new byte[5]))
                        .build())))
        .isEqualTo(1 + 6 + 5);
  }

  @Test
  void anEmptyValueIsNamed() {
    assertThatThrownBy(() -> MessageChecks.attributeBytes(Map.of("n", text("String", ""))))
        .hasMessage(
            "Message (user) attribute 'n' must contain a non-empty value of type 'String'.");
  }

  private static MessageAttributeValue text(String type, String value) {
    return MessageAttributeValue.newBuilder().setDataType(type).setStringValue(value).build();
  }

  private static void expect(Map<String, MessageAttributeValue> attributes, boolean legal) {
    if (legal) {
      assertThat(MessageChecks.attributeBytes(attributes)).isPositive();
    } else {
      assertThatThrownBy(() -> MessageChecks.attributeBytes(attributes))
          .isInstanceOfSatisfying(
              TernException.class,
              mistake -> assertThat(mistake.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE));
    }
  }
}
