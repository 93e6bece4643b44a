package io.tern.topics.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tern.proto.content.ContentAttribute;
import io.tern.state.limits.ErrorCode;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be published, to where, under which ids. */
class PublishChecksTest {

  @ParameterizedTest
  @CsvSource({"t,,", ",t,", ",,+491", "t,'',"})
  void oneTarget(@Nullable String topic, @Nullable String target, @Nullable String phone) {
    assertThat(PublishChecks.target(topic, target, phone)).isEmpty();
  }

  @Test
  void noTargetAndSeveral() {
    assertThat(PublishChecks.target(null, "", null))
        .contains(Refusal.invalid("TopicArn or TargetArn Reason: no value for required parameter"));
    assertThat(PublishChecks.target("t", "t", null)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"+491701234567, true", "+1, true", "491701234567, false", "+1234567890123456, false"})
  void phoneNumbers(String number, boolean fine) {
    assertThat(PublishChecks.phoneNumber(number))
        .isEqualTo(
            fine
                ? Optional.empty()
                : Optional.of(
                    Refusal.invalid(
                        "PhoneNumber Reason: " + number + " is not valid to publish to")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " x", "a\nb", "a\u0007", "\u0085"})
  void badSubjects(String subject) {
    assertThat(PublishChecks.subject(subject)).contains(Refusal.invalid("Subject"));
  }

  @Test
  void subjects() {
    assertThat(PublishChecks.subject(null)).isEmpty();
    assertThat(PublishChecks.subject("Grüße 😀")).isEmpty();
    assertThat(PublishChecks.subject("x".repeat(99))).isEmpty();
    assertThat(PublishChecks.subject("x".repeat(100))).contains(Refusal.invalid("Subject"));
  }

  @Test
  void aMessageIsNeeded() {
    assertThat(PublishChecks.message(null)).contains(Refusal.invalid("Empty message"));
    assertThat(PublishChecks.message("")).contains(Refusal.invalid("Empty message"));
    assertThat(PublishChecks.message(" ")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x | json | Message Structure - JSON message body failed to parse",
        "{\"default\": | json | Message Structure - JSON message body failed to parse",
        "{} | json | Message Structure - No default entry in JSON message body",
        "{\"default\":1} | json | Message Structure - No default entry in JSON message body",
        "{\"sqs\":\"x\"} | json | Message Structure - No default entry in JSON message body",
        "{\"default\":\"x\"} | xml | MessageStructure",
        "{\"default\":\"x\"} | JSON | MessageStructure"
      })
  void badStructures(String message, String structure, String why) {
    assertThat(PublishChecks.structure(message, structure, Set.of()).refusal())
        .contains(Refusal.invalid(why));
  }

  @Test
  void structures() {
    assertThat(PublishChecks.structure("x", null, Set.of())).isEqualTo(Checked.good(false));
    assertThat(PublishChecks.structure("{\"default\":\"\",\"x\":1}", "json", Set.of()))
        .isEqualTo(Checked.good(true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"GCM\":\"{}\"} | true",
        "{\"application\":\"x\"} | true",
        "{\"default\":\"x\"} | true",
        "{\"ADM\":\"{}\"} | false",
        "{\"GCM\":{}} | false",
        "{} | false"
      })
  void aDeviceNeedsItsPlatformsTextOrTheDefault(String message, boolean fine) {
    assertThat(
            PublishChecks.structure(message, "json", Set.of("GCM", "application"))
                .refusal()
                .isEmpty())
        .isEqualTo(fine);
  }

  @Test
  void theTextThatIsSentToATelephoneIsShort() {
    String others = "\"http\":\"" + "x".repeat(1_601) + "\",";
    String fine = "{" + others + "\"default\":\"" + "ä".repeat(1_600) + "\"}";
    assertThat(PublishChecks.smsSize(fine, true)).isEmpty();
    assertThat(PublishChecks.smsSize(fine, false)).isPresent();
    assertThat(PublishChecks.smsSize("{\"sms\":\"x\"," + others + "\"default\":\"x\"}", true))
        .isEmpty();
    assertThat(
            PublishChecks.smsSize(
                "{\"default\":\"x\",\"sms\":\"" + "x".repeat(1_601) + "\"}", true))
        .contains(Refusal.invalid("Message too long"));
  }

  @Test
  void sizeCountsNamesTypesAndValues() {
    ContentAttribute text =
        ContentAttribute.newBuilder().setName("ab").setDataType("String").setText("ö").build();
    ContentAttribute binary =
        ContentAttribute.newBuilder()
            .setName("c")
            .setDataType("Binary")
            .setBinary(ByteString.copyFrom(new byte[5]))
            .build();
    assertThat(PublishChecks.bytes("日😀", List.of(text, binary)))
        .isEqualTo(7 + 2 + 6 + 2 + 1 + 6 + 5);
    assertThat(PublishChecks.size("x".repeat(262_144 - 10), List.of(text))).isEmpty();
    assertThat(PublishChecks.size("x".repeat(262_144 - 9), List.of(text)))
        .contains(Refusal.invalid("Message too long"));
    assertThat(PublishChecks.smsSize("x".repeat(1_600), false)).isEmpty();
    assertThat(PublishChecks.smsSize("x".repeat(1_601), false)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true | false | g | d | ",
        "true | true | g | | ",
        "true | true | | d | The MessageGroupId parameter is required for FIFO topics",
        "true | true | '' | d | The MessageGroupId parameter is required for FIFO topics",
        "true | false | g | | The topic should either have ContentBasedDeduplication enabled or"
            + " MessageDeduplicationId provided explicitly",
        "false | false | | | ",
        "false | false | g | | ",
        "false | false | g | d | MessageDeduplicationId Reason: The request includes"
            + " MessageDeduplicationId parameter that is not valid for this topic type",
        "true | true | a b | d | MessageGroupId Reason: can only include alphanumeric and"
            + " punctuation characters, 1 to 128 in length",
        "true | true | g | ä | MessageDeduplicationId Reason: can only include alphanumeric and"
            + " punctuation characters, 1 to 128 in length"
      })
  void idsOfFifoTopics(
      boolean fifo,
      boolean contentBased,
      @Nullable String group,
      @Nullable String deduplication,
      @Nullable String why) {
    assertThat(FifoIds.check(fifo, contentBased, group, deduplication))
        .isEqualTo(Optional.ofNullable(why).map(Refusal::invalid));
  }

  @Test
  void theLongestId() {
    assertThat(FifoIds.check(true, true, "~".repeat(128), null)).isEmpty();
    assertThat(FifoIds.check(true, true, "~".repeat(129), null)).isPresent();
  }

  @Test
  void anIdIsMadeOfTheMessage() {
    assertThat(FifoIds.deduplicationId("d", "x")).isEqualTo("d");
    assertThat(FifoIds.deduplicationId(null, "abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void batches() {
    assertThat(BatchChecks.ids(List.of("a", "b_-9"))).isEmpty();
    assertThat(BatchChecks.ids(List.of()).map(Refusal::code))
        .contains(ErrorCode.SNS_EMPTY_BATCH_REQUEST);
    assertThat(BatchChecks.ids(Collections.nCopies(11, "a")))
        .contains(
            new Refusal(
                ErrorCode.SNS_TOO_MANY_ENTRIES_IN_BATCH_REQUEST,
                "The batch request contains more entries than permissible."));
    assertThat(BatchChecks.ids(List.of("a", "a")))
        .contains(
            new Refusal(
                ErrorCode.SNS_BATCH_ENTRY_IDS_NOT_DISTINCT,
                "Two or more batch entries in the request have the same Id."));
    assertThat(BatchChecks.ids(List.of("a", "b c")))
        .contains(
            new Refusal(
                ErrorCode.SNS_INVALID_BATCH_ENTRY_ID,
                "The Id of a batch entry in the batch request contains an impermissible"
                    + " character: b c"));
    assertThat(BatchChecks.ids(List.of("a".repeat(81))).map(Refusal::text))
        .contains("The Id of a batch entry in the batch request is too long: " + "a".repeat(81));
    assertThat(BatchChecks.size(262_144)).isEmpty();
    assertThat(BatchChecks.size(262_145))
        .contains(
            new Refusal(
                ErrorCode.SNS_BATCH_REQUEST_TOO_LONG,
                "The length of all the messages put together is more than the limit."));
  }
}
