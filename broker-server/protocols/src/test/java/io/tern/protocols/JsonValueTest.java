package io.tern.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents inside attribute values: read, compared, written. */
class JsonValueTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "\"\"",
        "null",
        "{\"a\":[1,2.50,true,null,\"x\\\"\\\\\\n\"],\"b\":{\"c\":{}}}",
      })
  void aDocumentInItsShortestFormIsWrittenAsItWasRead(String document) {
    assertThat(JsonValue.parse(document).map(JsonValue::toJson)).contains(document);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "{}x", "{} {}", "{'a':1}", "{\"a\":01}", "nul", "[1,]"})
  void whatIsNoDocumentIsEmpty(String document) {
    assertThat(JsonValue.parse(document)).isEmpty();
  }

  @Test
  void aDocumentThatIsTooDeepIsEmpty() {
    assertThat(JsonValue.parse("[".repeat(1_000) + "]".repeat(1_000))).isEmpty();
  }

  @Test
  void theOrderOfMembersDoesNotCount() {
    assertThat(JsonValue.parse("{\"a\":1, \"b\":[2]}"))
        .isEqualTo(JsonValue.parse("{\"b\":[2],\"a\":1}"));
    assertThat(JsonValue.parse("[1,2]")).isNotEqualTo(JsonValue.parse("[2,1]"));
  }

  @Test
  void onlyAnObjectIsAnObject() {
    assertThat(JsonValue.parseObject("{\"a\":1}")).isPresent();
    assertThat(JsonValue.parseObject("[1]")).isEmpty();
  }
}
