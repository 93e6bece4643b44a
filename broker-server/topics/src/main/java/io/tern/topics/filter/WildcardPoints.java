package io.tern.topics.filter;

import io.tern.state.limits.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How costly the wildcards of a valid filter policy may be; for FilterPolicy. A key has the sum of
 * its patterns' points times their number; the keys of the policy share the limit.
 */
final class WildcardPoints {

  private static final String WILDCARD = "wildcard";
  private static final int POINTS_OF_ONE_OF_SEVERAL = 3;

  private boolean withinPatterns = true;
  private long points;

  private WildcardPoints() {}

  static Optional<String> problem(Json.Members policy) {
    WildcardPoints counting = new WildcardPoints();
    counting.members(policy);
    return counting.withinPatterns && counting.points <= Limits.FILTER_WILDCARD_POINTS
        ? Optional.empty()
        : Optional.of(PolicySize.TOO_COMPLEX);
  }

  private void members(Json.Members members) {
    for (Map.Entry<String, Json> member : members.byName().entrySet()) {
      switch (member.getValue()) {
        case Json.Members nested -> members(nested);
        case Json.Elements(List<Json> branches) when member.getKey().equals(PolicySize.OR) -> {
          for (Json branch : branches) {
            if (branch instanceof Json.Members nested) {
              members(nested);
            }
          }
        }
        case Json.Elements(List<Json> alternatives) -> key(alternatives);
        case Json.Text _, Json.Numeral _, Json.Literal _ -> {}
      }
    }
  }

  private void key(List<Json> alternatives) {
    long sum = 0;
    long patterns = 0;
    for (Json alternative : alternatives) {
      if (!(alternative instanceof Json.Members(Map<String, Json> byName))) {
        continue;
      }
      if (byName.get(WILDCARD) instanceof Json.Text(String pattern)) {
        int wildcards = wildcards(pattern);
        patterns++;
        sum += wildcards > 1 ? (long) wildcards * POINTS_OF_ONE_OF_SEVERAL : wildcards;
      } else if (byName.get("anything-but") instanceof Json.Members(Map<String, Json> excluded)
          && excluded.containsKey(WILDCARD)) {
        for (String pattern : texts(excluded.values())) {
          wildcards(pattern);
          patterns++;
          sum++;
        }
      }
    }
    points += sum * patterns;
  }

  private static List<String> texts(Collection<Json> operands) {
    List<String> texts = new ArrayList<>();
    for (Json operand : operands) {
      if (operand instanceof Json.Elements(List<Json> inOrder)) {
        texts.addAll(texts(inOrder));
      } else if (operand instanceof Json.Text(String text)) {
        texts.add(text);
      }
    }
    return texts;
  }

  private int wildcards(String pattern) {
    int wildcards = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '*') {
        wildcards++;
      }
    }
    withinPatterns &= wildcards <= Limits.FILTER_WILDCARDS;
    return wildcards;
  }
}
