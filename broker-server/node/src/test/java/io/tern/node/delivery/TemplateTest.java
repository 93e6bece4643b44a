package io.tern.node.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Values in the operator's texts. */
class TemplateTest {
  private static final Set<String> NAMES = Set.of("to", "text");

  @Test
  void eachPlaceEscapesAsItMust() {
    Map<String, String> values = Map.of("to", "+1 2", "text", "a\"b\n{to}$1\\");

    assertThat(new Template("{\"t\":\"{text}\"}", NAMES).fill(values, Template.Escape.JSON))
        .isEqualTo("{\"t\":\"a\\\"b\\n{to}$1\\\\\"}");
    assertThat(new Template("To={to}&B={text}", NAMES).fill(values, Template.Escape.FORM))
        .isEqualTo("To=%2B1+2&B=a%22b%0A%7Bto%7D%241%5C");
    assertThat(new Template("/{to}/x", NAMES).fill(values, Template.Escape.URL))
        .isEqualTo("/%2B1%202/x");
    assertThat(new Template("k {text}", NAMES).fill(values, Template.Escape.HEADER))
        .isEqualTo("k a\"b?{to}$1\\");
  }

  @Test
  void anUnknownPlaceholderIsTheOperatorsMistake() {
    assertThatThrownBy(() -> new Template("{who}", NAMES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("{who}");
  }
}
