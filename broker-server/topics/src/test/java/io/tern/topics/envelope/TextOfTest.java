package io.tern.topics.envelope;

import static io.tern.topics.envelope.Samples.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.tern.proto.content.TopicMessage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Structured messages give each protocol its text. */
class TextOfTest {
  private static final TopicMessage STRUCTURED =
      message(
              """
              {"default":"d","sqs":"s","http":1,"email":null,"GCM":"{\\"data\\":{}}",
               "lambda":"first","lambda":"last","sms":"half \\ud800 and \\ud83d\\ude00"}\
              """)
          .setStructured(true)
          .build();

  @ParameterizedTest
  @CsvSource({"sqs, s", "http, d", "email, d", "https, d", "lambda, last"})
  void aProtocolGetsItsTextOrTheDefault(String protocol, String text) {
    assertThat(TextOf.protocol(STRUCTURED, protocol)).isEqualTo(text);
  }

  @Test
  void halfCharactersAreReplaced() {
    assertThat(TextOf.protocol(STRUCTURED, "sms")).isEqualTo("half \uFFFD and \uD83D\uDE00");
  }

  @Test
  void platformsHaveTheirOwn() {
    assertThat(TextOf.platform(STRUCTURED, "GCM")).contains("{\"data\":{}}");
    assertThat(TextOf.platform(STRUCTURED, "APNS")).isEmpty();
    assertThat(TextOf.application(STRUCTURED)).isEqualTo("d");
  }

  @Test
  void aPlainMessageIsForAll() {
    TopicMessage plain = message("{\"default\":\"d\"}").build();
    assertThat(TextOf.protocol(plain, "sqs")).isEqualTo("{\"default\":\"d\"}");
    assertThat(TextOf.platform(plain, "GCM")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "\"x\"", "{} {}", "{'default':'x'}", "nonsense"})
  void otherTextsAreNotStructured(String text) {
    assertThat(TextOf.texts(text)).isEmpty();
  }

  @Test
  void ofAKeyGivenTwiceTheLastValueCounts() {
    assertThat(TextOf.texts("{\"default\":\"a\",\"default\":1}")).contains(Map.of());
  }
}
