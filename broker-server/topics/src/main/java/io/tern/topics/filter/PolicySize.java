package io.tern.topics.filter;

import io.tern.state.limits.Limits;
import java.util.Map;
import java.util.Optional;

/**
 * How large a filter policy may be; for FilterPolicy. Asked before the grammar, because reading a
 * policy takes as many steps as it has combinations; so it copes with trees that are no policies.
 */
final class PolicySize {

  static final String TOO_COMPLEX = "Filter policy is too complex";
  static final String OR = "$or";

  private PolicySize() {}

  /** The first limit that the policy exceeds. */
  static Optional<String> problem(Json.Members policy) {
    if (policy.byName().size() > Limits.FILTER_KEYS) {
      return Optional.of("Filter policy can not have more than " + Limits.FILTER_KEYS + " keys");
    }
    return combinations(policy, 1) > Limits.FILTER_COMBINATIONS
        ? Optional.of(TOO_COMPLEX)
        : Optional.empty();
  }

  /** Whether a key holds other keys, which only the scope of the body allows. */
  static boolean isNested(Json.Members policy) {
    for (Map.Entry<String, Json> member : policy.byName().entrySet()) {
      switch (member.getValue()) {
        case Json.Members nested -> {
          return true;
        }
        case Json.Elements elements when member.getKey().equals(OR) -> {
          for (Json branch : elements.inOrder()) {
            if (branch instanceof Json.Members members && isNested(members)) {
              return true;
            }
          }
        }
        case Json.Elements _, Json.Text _, Json.Numeral _, Json.Literal _ -> {}
      }
    }
    return false;
  }

  /** At most one more than the limit, so that it cannot overflow. */
  private static long combinations(Json.Members policy, int depth) {
    long product = 1;
    for (Map.Entry<String, Json> member : policy.byName().entrySet()) {
      long factor =
          switch (member.getValue()) {
            case Json.Members nested -> combinations(nested, depth + 1);
            case Json.Elements branches when member.getKey().equals(OR) -> sum(branches, depth);
            case Json.Elements values -> (long) values.inOrder().size() * depth;
            case Json.Text _, Json.Numeral _, Json.Literal _ -> 1;
          };
      product = Math.min(product * Math.max(1, factor), Limits.FILTER_COMBINATIONS + 1L);
    }
    return product;
  }

  private static long sum(Json.Elements branches, int depth) {
    long sum = 0;
    for (Json branch : branches.inOrder()) {
      long one = branch instanceof Json.Members members ? combinations(members, depth) : 1;
      sum = Math.min(sum + one, Limits.FILTER_COMBINATIONS + 1L);
    }
    return sum;
  }
}
