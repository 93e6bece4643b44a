package io.tern.topics.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tern.proto.content.ContentAttribute;
import io.tern.proto.sns.MessageAttributeValue;
import io.tern.state.limits.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of what a message attribute may be. */
class MessageAttributeChecksTest {

  @ParameterizedTest
  @ValueSource(strings = {"String", "String.  prefixed.", "String.Array", "String.ö"})
  void textTypes(String type) {
    assertThat(refusal("a", text(type, "x"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-1.5", "3.0e2", "0", "+.5", "5.", "1E-9"})
  void numbers(String value) {
    assertThat(refusal("a", text("Number", value))).isEmpty();
    assertThat(refusal("a", text("Number.java.lang.Long", value))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", " 1", "1,5", "0x10", "NaN", ".", "-", "1e", "1e1234567890"})
  void otherTextsAreNoNumbers(String value) {
    assertThat(refusal("a", text("Number", value)))
        .contains(invalid("Could not cast message attribute 'a' value to number."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"String.", "Stringprefixed", "InvalidType", "", "string", "Binary.", "."})
  void badTypes(String type) {
    assertThat(refusal("a", text(type, "x")))
        .contains(
            invalid(
                "The message attribute 'a' has an invalid message attribute type, the set of"
                    + " supported type prefixes is Binary, Number, and String."));
  }

  @Test
  void aTypeOfTooManyBytes() {
    assertThat(refusal("a", text("String." + "ä".repeat(125), "x"))).isPresent();
    assertThat(refusal("a", text("String." + "ä".repeat(124), "x"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"String", "Number", "Binary", "String.Array"})
  void aValueMustBeThere(String type) {
    Refusal empty =
        invalid(
            "The message attribute 'a' must contain non-empty message attribute value for message"
                + " attribute type '"
                + type
                + "'.");
    MessageAttributeValue.Builder none = MessageAttributeValue.newBuilder().setDataType(type);
    assertThat(refusal("a", none.build())).contains(empty);
    assertThat(refusal("a", type.equals("Binary") ? binary(type) : text(type, ""))).contains(empty);
  }

  @Test
  void aValueMustStandInItsField() {
    assertThat(refusal("a", binary("String", (byte) 1)))
        .contains(invalid("The message attribute 'a' with type 'String' must use field 'String'."));
    assertThat(refusal("a", binary("Number.x", (byte) 1)))
        .contains(
            invalid("The message attribute 'a' with type 'Number.x' must use field 'String'."));
    assertThat(refusal("a", text("Binary", "x")))
        .contains(invalid("The message attribute 'a' with type 'Binary' must use field 'Binary'."));
  }

  @Test
  void aTypeMustBeGiven() {
    Map<String, MessageAttributeValue> attributes =
        Map.of("a", MessageAttributeValue.newBuilder().setStringValue("x").build());
    assertThat(MessageAttributeChecks.types(attributes, ""))
        .contains(
            new Refusal(
                ErrorCode.VALIDATION_ERROR,
                "1 validation error detected: Value null at 'messageAttributes.a.member.dataType'"
                    + " failed to satisfy constraint: Member must not be null"));
    assertThat(MessageAttributeChecks.types(attributes, MessageAttributeChecks.entryPath(2)))
        .contains(
            new Refusal(
                ErrorCode.VALIDATION_ERROR,
                "1 validation error detected: Value null at 'publishBatchRequestEntries.2.member"
                    + ".messageAttributes.a.member.dataType' failed to satisfy constraint: Member"
                    + " must not be null"));
    assertThat(MessageAttributeChecks.types(Map.of("a^", text("", "x")), "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a^b | Invalid non-alphanumeric character '#x5E' was found in the message attribute name."
            + " Can only include alphanumeric characters, hyphens, underscores, or dots.",
        "ä | Invalid non-alphanumeric character '#xE4' was found in the message attribute name."
            + " Can only include alphanumeric characters, hyphens, underscores, or dots.",
        ".a | Invalid message attribute name starting with character '.' was found.",
        "a. | Invalid message attribute name ending with character '.' was found.",
        "a..b | Message attribute name can not have successive '.' character.",
        "AWS.x | Invalid message attribute name starting with 'AWS.' or 'Amazon.' was found.",
        "amazon.x | Invalid message attribute name starting with 'AWS.' or 'Amazon.' was found."
      })
  void badNames(String name, String why) {
    assertThat(refusal(name, text("String", "x"))).contains(invalid(why));
  }

  @Test
  void aNameOfTooManyCharacters() {
    assertThat(refusal("a".repeat(257), text("String", "x")))
        .contains(invalid("Length of message attribute name must be less than 256 bytes."));
    assertThat(refusal("a".repeat(256), text("String", "x"))).isEmpty();
    assertThat(refusal("", text("String", "x"))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.b-c_D9",
        "AWS.SNS.SMS.SenderID",
        "AWS.MM.SMS.OriginationNumber",
        "AWS.SNS.MOBILE.APNS.TTL",
        "AWSx"
      })
  void goodNames(String name) {
    assertThat(refusal(name, text("String", "x"))).isEmpty();
  }

  @Test
  void theFirstBadOneDecides() {
    Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
    attributes.put("z", text("String", "fine"));
    attributes.put("y", text("Number", "x"));
    attributes.put("a^", text("String", "x"));
    assertThat(MessageAttributeChecks.check(attributes).refusal())
        .contains(invalid("Could not cast message attribute 'y' value to number."));
  }

  @Test
  void attributesAreInOrderOfName() {
    Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
    attributes.put("b", binary("Binary", (byte) 7));
    attributes.put("a", text("Number", "1"));
    assertThat(
            MessageAttributeChecks.check(attributes).orThrow(PolicyTests::unexpected).stream()
                .map(ContentAttribute::getName))
        .containsExactly("a", "b");
  }

  private static Optional<Refusal> refusal(String name, MessageAttributeValue value) {
    return MessageAttributeChecks.check(Map.of(name, value)).refusal();
  }

  private static Refusal invalid(String text) {
    return new Refusal(ErrorCode.PARAMETER_VALUE_INVALID, text);
  }

  private static MessageAttributeValue text(String type, String value) {
    return MessageAttributeValue.newBuilder().setDataType(type).setStringValue(value).build();
  }

  private static MessageAttributeValue binary(String type, byte... value) {
    return MessageAttributeValue.newBuilder()
        .setDataType(type)
        .setBinaryValue(ByteString.copyFrom(value))
        .build();
  }
}
