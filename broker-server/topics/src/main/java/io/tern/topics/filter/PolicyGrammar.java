package io.tern.topics.filter;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.event.ruler.JsonRuleCompiler;

/**
 * Whether a tree is a filter policy by the grammar of event-ruler, whose words clients know; for
 * FilterPolicy. Only its compiler is asked. Its machine would be busy for seconds with two long
 * arrays, looks up what resembles an address at name servers, hides exceptions in partial results,
 * and forgets branches of $or that share a pattern.
 */
final class PolicyGrammar {

  private static final String CIDR = "cidr";

  /** Where AWS has words of its own for an operand that is no text; event-ruler has others. */
  private static final String EXCLUDED_PREFIX = "{\"anything-but\":{\"prefix\":";

  private static final List<String> NO_TEXTS = List.of("false", "true", "null", "{");

  private PolicyGrammar() {}

  /** The first mistake in the policy. */
  static Optional<String> problem(Json policy) {
    try {
      return problem(JsonTree.write(withoutNames(policy)));
    } catch (PolicyException e) {
      return Optional.of(e.text());
    }
  }

  private static Optional<String> problem(String policy) {
    try {
      JsonRuleCompiler.compile(policy);
      return Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.of(
          isExcludedPrefix(policy, e.getLocation())
              ? located("prefix match pattern must be a string", e.getLocation())
              : textOf(e));
    } catch (IOException | RuntimeException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Whether the mistake is an excluded prefix; the policy is compact, so all is in one line. */
  private static boolean isExcludedPrefix(String policy, @Nullable JsonLocation location) {
    if (location == null) {
      return false;
    }
    String read = policy.substring(0, Math.clamp(location.getColumnNr() - 1L, 0, policy.length()));
    return NO_TEXTS.stream().anyMatch(each -> read.endsWith(EXCLUDED_PREFIX + each));
  }

  static String textOf(JsonProcessingException e) {
    return located(e.getOriginalMessage(), e.getLocation());
  }

  /** As clients know it: where the mistake is, but not the policy again. */
  private static String located(String message, @Nullable JsonLocation location) {
    if (location == null) {
      return message;
    }
    return message
        + "\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled);"
        + " line: "
        + location.getLineNr()
        + ", column: "
        + location.getColumnNr()
        + "]";
  }

  /** The same policy for the compiler, which would ask a name server about such texts. */
  private static Json withoutNames(Json tree) throws PolicyException {
    return switch (tree) {
      case Json.Members members -> {
        Map<String, Json> byName = new LinkedHashMap<>();
        for (Map.Entry<String, Json> member : members.byName().entrySet()) {
          if (member.getKey().equals(CIDR) && member.getValue() instanceof Json.Text(String cidr)) {
            refuseName(cidr.split("/", -1)[0]);
          }
          byName.put(member.getKey(), withoutNames(member.getValue()));
        }
        yield new Json.Members(byName);
      }
      case Json.Elements elements -> {
        List<Json> inOrder = new ArrayList<>();
        for (Json element : elements.inOrder()) {
          inOrder.add(withoutNames(element));
        }
        yield new Json.Elements(inOrder);
      }
      case Json.Text(String text) when Addresses.isOutOfRange(text) -> new Json.Text("");
      case Json.Text _, Json.Numeral _, Json.Literal _ -> tree;
    };
  }

  private static void refuseName(String address) throws PolicyException {
    if (Addresses.isOutOfRange(address)) {
      throw new PolicyException("Nonstandard IP address: " + address);
    }
  }
}
