package io.tern.chaos.checker;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An evaluator of filter policies over message attributes that shares nothing with the product's;
 * {@link FanOutChecker} asks it. Knows what workloads use: exact values, prefix, suffix, numeric,
 * exists and anything-but. A value that reads as a number counts as published with type Number.
 */
final class FilterPolicy {
  private final Map<?, ?> rules;

  private FilterPolicy(Map<?, ?> rules) {
    this.rules = rules;
  }

  /**
   * @param json null for a subscription that takes everything
   * @throws IllegalArgumentException when a workload uses what is not known here
   */
  static FilterPolicy of(@Nullable String json) {
    if (json == null || json.isEmpty()) {
      return new FilterPolicy(Map.of());
    }
    return new FilterPolicy(
        Json.object(json).orElseThrow(() -> new IllegalArgumentException("no policy: " + json)));
  }

  boolean takes(Map<String, String> attributes) {
    return rules.entrySet().stream()
        .allMatch(rule ->
            rule.getValue() instanceof List<?> choices
                && matchesAny(choices, attributes.get(rule.getKey())));
  }

  private static boolean matchesAny(List<?> choices, @Nullable String value) {
    return choices.stream().anyMatch(choice -> matches(choice, value));
  }

  private static boolean matches(@Nullable Object choice, @Nullable String value) {
    if (choice instanceof Map<?, ?> operator) {
      return operator.entrySet().stream()
          .allMatch(e -> operate(String.valueOf(e.getKey()), e.getValue(), value));
    }
    return value != null && equals(choice, value);
  }

  private static boolean equals(@Nullable Object expected, String value) {
    Optional<BigDecimal> number = number(value);
    if (expected instanceof BigDecimal decimal) {
      return number.isPresent() && number.get().compareTo(decimal) == 0;
    }
    return number.isEmpty() && value.equals(expected);
  }

  private static boolean operate(
      String operator, @Nullable Object operand, @Nullable String value) {
    if ("exists".equals(operator)) {
      return Boolean.valueOf(value != null).equals(operand);
    }
    if (value == null) {
      return false;
    }
    boolean isText = number(value).isEmpty();
    return switch (operator) {
      case "prefix" -> isText && operand instanceof String text && value.startsWith(text);
      case "suffix" -> isText && operand instanceof String text && value.endsWith(text);
      case "numeric" ->
          operand instanceof List<?> bounds
              && number(value).filter(number -> isWithin(number, bounds)).isPresent();
      case "anything-but" -> isAnythingBut(operand, value);
      default -> throw new IllegalArgumentException("not known to the checker: " + operator);
    };
  }

  /** The list says comparison, bound, comparison, bound. */
  private static boolean isWithin(BigDecimal number, List<?> bounds) {
    for (int i = 0; i + 1 < bounds.size(); i += 2) {
      if (!(bounds.get(i + 1) instanceof BigDecimal bound)) {
        throw new IllegalArgumentException("not a bound: " + bounds.get(i + 1));
      }
      int order = number.compareTo(bound);
      boolean holds =
          switch (String.valueOf(bounds.get(i))) {
            case "=" -> order == 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> throw new IllegalArgumentException("no comparison: " + bounds.get(i));
          };
      if (!holds) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAnythingBut(@Nullable Object operand, String value) {
    if (operand instanceof List<?> values) {
      return values.stream().noneMatch(excluded -> equals(excluded, value));
    }
    if (operand instanceof Map<?, ?>) {
      return !matches(operand, value);
    }
    return !equals(operand, value);
  }

  private static Optional<BigDecimal> number(String value) {
    try {
      return Optional.of(new BigDecimal(value));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
