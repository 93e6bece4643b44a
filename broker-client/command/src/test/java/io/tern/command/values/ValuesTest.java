package io.tern.command.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations and attributes as people type them. */
class ValuesTest {
  @ParameterizedTest
  @CsvSource({"30s,30", "5m,300", "12h,43200", "4d,345600", "45,45", "0,0", "1D,86400"})
  void aDurationIsReadInItsUnit(String text, int seconds) {
    assertThat(Seconds.parse(text).count()).isEqualTo(seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-1s", "1.5m", "5 minutes", "99999999999", "9999999999d"})
  void whatIsNoDurationIsRefusedWithItsText(String text) {
    assertThatThrownBy(() -> Seconds.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource({"0,0s", "59,59s", "300,5m", "3600,1h", "5400,90m", "345600,4d"})
  void aDurationIsWrittenInTheLargestUnitThatFits(long seconds, String written) {
    assertThat(Seconds.written(seconds)).isEqualTo(written);
  }

  @Test
  void anAttributeIsTextUnlessItSaysSo() {
    assertThat(TypedAttribute.parse("kind=tea=green"))
        .isEqualTo(new TypedAttribute("kind", "String", "tea=green"));
    assertThat(TypedAttribute.parse("cups:Number=2"))
        .isEqualTo(new TypedAttribute("cups", "Number", "2"));
    assertThat(TypedAttribute.parse("b:Binary=AQI=").bytes().toByteArray()).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "kind", "=tea", "b:Binary=%%"})
  void whatIsNoAttributeIsRefused(String text) {
    assertThatThrownBy(() -> TypedAttribute.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
