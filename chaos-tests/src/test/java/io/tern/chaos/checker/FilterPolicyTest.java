package io.tern.chaos.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checkers' own evaluator says what the documentation of filter policies says. */
class FilterPolicyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"red\",\"blue\"]                      | red   | true",
        "[\"red\",\"blue\"]                      | blue  | true",
        "[\"red\",\"blue\"]                      | green | false",
        "[\"red\"]                               |       | false",
        "[\"5\"]                                 | 5     | false",
        "[5]                                     | 5.0   | true",
        "[5]                                     | 6     | false",
        "[{\"prefix\":\"re\"}]                   | red   | true",
        "[{\"prefix\":\"re\"}]                   | bred  | false",
        "[{\"prefix\":\"re\"}]                   |       | false",
        "[{\"suffix\":\"ed\"}]                   | red   | true",
        "[{\"numeric\":[\">\",0,\"<=\",10]}]     | 10    | true",
        "[{\"numeric\":[\">\",0,\"<=\",10]}]     | 0     | false",
        "[{\"numeric\":[\">\",0,\"<=\",10]}]     | 10.1  | false",
        "[{\"numeric\":[\"=\",3]}]               | 3     | true",
        "[{\"numeric\":[\">=\",3]}]              | 3     | true",
        "[{\"numeric\":[\"<\",3]}]               | 3     | false",
        "[{\"numeric\":[\"=\",3]}]               | red   | false",
        "[{\"exists\":true}]                     | red   | true",
        "[{\"exists\":true}]                     |       | false",
        "[{\"exists\":false}]                    | red   | false",
        "[{\"exists\":false}]                    |       | true",
        "[{\"anything-but\":[\"red\",\"blue\"]}] | green | true",
        "[{\"anything-but\":[\"red\",\"blue\"]}] | red   | false",
        "[{\"anything-but\":\"red\"}]            | red   | false",
        "[{\"anything-but\":\"red\"}]            |       | false",
        "[{\"anything-but\":[5]}]                | 5     | false",
        "[{\"anything-but\":[5]}]                | 6     | true",
        "[{\"anything-but\":{\"prefix\":\"re\"}}] | red  | false",
        "[{\"anything-but\":{\"prefix\":\"re\"}}] | blue | true",
        "[\"blue\",{\"prefix\":\"re\"}]          | red   | true"
      })
  void aKeyTakesItsValues(String choices, String value, boolean takes) {
    FilterPolicy policy = FilterPolicy.of("{\"k\":" + choices + "}");
    assertThat(policy.takes(value == null ? Map.of() : Map.of("k", value))).isEqualTo(takes);
  }

  @Test
  void allKeysMustMatch() {
    FilterPolicy policy = FilterPolicy.of("{\"a\":[\"x\"],\"b\":[\"y\"]}");
    assertThat(policy.takes(Map.of("a", "x", "b", "y"))).isTrue();
    assertThat(policy.takes(Map.of("a", "x", "b", "z"))).isFalse();
    assertThat(policy.takes(Map.of("a", "x"))).isFalse();
  }

  @Test
  void noPolicyTakesEverything() {
    assertThat(FilterPolicy.of(null).takes(Map.of())).isTrue();
    assertThat(FilterPolicy.of("{}").takes(Map.of("a", "b"))).isTrue();
  }

  @Test
  void whatItDoesNotKnowItDoesNotGuess() {
    FilterPolicy policy = FilterPolicy.of("{\"a\":[{\"cidr\":\"10.0.0.0/8\"}]}");
    assertThatThrownBy(() -> policy.takes(Map.of("a", "x")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FilterPolicy.of("[]")).isInstanceOf(IllegalArgumentException.class);
  }
}
