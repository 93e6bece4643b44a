package io.tern.topics.filter;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.event.ruler.JsonRuleCompiler;

/**
 * Whether a tree is a filter policy by the grammar of event-ruler, whose words clients know; for
 * FilterPolicy. Only its compiler is asked. Its machine would be busy for seconds with two long
 * arrays, looks up what resembles an address at name servers, hides exceptions in partial results,
 * and forgets branches of $or that share a pattern.
 */
final class PolicyGrammar {

  private static final String CIDR = "cidr";

  private PolicyGrammar() {}

  /** The first mistake in the policy. */
  static Optional<String> problem(Json.Members policy) {
    try {
      JsonRuleCompiler.compile(JsonTree.write(withoutNames(policy)));
      return Optional.empty();
    } catch (PolicyException e) {
      return Optional.of(e.text());
    } catch (JsonProcessingException e) {
      return Optional.of(textOf(e));
    } catch (IOException | RuntimeException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** As clients know it: where the mistake is, but not the policy again. */
  static String textOf(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    if (location == null) {
      return e.getOriginalMessage();
    }
    return e.getOriginalMessage()
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
