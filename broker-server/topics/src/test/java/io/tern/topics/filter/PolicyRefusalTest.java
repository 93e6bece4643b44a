package io.tern.topics.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.limits.Limits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of a mistake, with where it is; the scripts leave that out. */
class PolicyRefusalTest {

  private static void assertRefused(String policy, FilterScope scope, String text, int column) {
    assertThat(FilterPolicy.parse(policy, scope))
        .isEqualTo(
            new PolicyRefusal.Malformed(
                text
                    + "\n at [Source: REDACTED"
                    + " (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled);"
                    + " line: 1, column: "
                    + column
                    + "]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'key':{'suffix':'value'}} | 'suffix' must be an object or an array | 19",
        "{'key':{'suffix':'value','prefix':'value'}} | 'suffix' must be an object or an array | 19",
        "{'key':{'not-an-operator':'value'}}"
            + " | 'not-an-operator' must be an object or an array | 28",
        "{ 'key' : [ {'anything-but':{'prefix':false}} ] }"
            + " | prefix match pattern must be a string | 40",
        "{'key':[{'anything-but':{'prefix':5}}]}"
            + " | prefix/suffix match pattern must be a string | 36",
        "{'key':[{'anything-but':{'suffix':5}}]}"
            + " | prefix/suffix match pattern must be a string | 36",
        "{'key':[{'anything-but':false}]}"
            + " | Value of anything-but must be an array or single string/number value. | 30",
        "[] | Filter is not an object | 2",
        "[{'k':['v']}] | Filter is not an object | 2",
        "'x' | Filter is not an object | 2",
        "5 | Filter is not an object | 2",
        "null | Filter is not an object | 5"
      })
  void aMistakeIsToldWithItsPlaceInTheCompactPolicy(String policy, String text, int column) {
    for (FilterScope scope : FilterScope.values()) {
      assertRefused(policy.replace('\'', '"'), scope, text.replace('\'', '"'), column);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoObjectIsRefusedAtAnyLength(FilterScope scope) {
    String digits = "1".repeat(Limits.FILTER_BYTES);
    assertThat(FilterPolicy.parse(digits, scope)).isInstanceOf(PolicyRefusal.Malformed.class);
    assertRefused("[" + digits.substring(2) + "]", scope, "Filter is not an object", 2);
    String deep = "[".repeat(FilterLimits.POLICY_DEPTH) + "]".repeat(FilterLimits.POLICY_DEPTH);
    assertRefused(deep, scope, "Filter is not an object", 2);
  }
}
