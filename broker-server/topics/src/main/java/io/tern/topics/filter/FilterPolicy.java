package io.tern.topics.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tern.state.limits.Limits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A valid filter policy of a subscription, ready for {@link TopicFilter}. Its text is compact and
 * is what callers are shown; parsing that text gives an equal policy.
 */
public final class FilterPolicy implements ParsedPolicy {

  private final FilterScope scope;
  private final String text;
  private final List<Rule> rules;

  private FilterPolicy(FilterScope scope, String text, List<Rule> rules) {
    this.scope = scope;
    this.text = text;
    this.rules = rules;
  }

  public FilterScope scope() {
    return scope;
  }

  public String text() {
    return text;
  }

  /** A message matches if it satisfies one of them. */
  List<Rule> rules() {
    return rules;
  }

  /** The text must not be empty: callers remove the policy with an empty one. */
  public static ParsedPolicy parse(String text, FilterScope scope) {
    if (text.getBytes(StandardCharsets.UTF_8).length > Limits.FILTER_BYTES) {
      return new PolicyRefusal.Malformed(PolicySize.TOO_COMPLEX);
    }
    Json tree;
    try {
      tree = JsonTree.readPolicy(text);
    } catch (JsonProcessingException e) {
      return new PolicyRefusal.Malformed("failed to parse JSON. " + PolicyGrammar.textOf(e));
    }
    return tree instanceof Json.Members members
        ? check(members, scope)
        : new PolicyRefusal.Malformed(PolicyGrammar.problem(tree).orElseThrow());
  }

  private static ParsedPolicy check(Json.Members tree, FilterScope scope) {
    if (scope == FilterScope.MESSAGE_ATTRIBUTES && PolicySize.isNested(tree)) {
      return nested(tree);
    }
    String text = JsonTree.write(tree);
    if (tree.byName().isEmpty()) {
      return new FilterPolicy(scope, text, List.of(new Rule(List.of())));
    }
    Optional<String> problem =
        PolicySize.problem(tree)
            .or(() -> PolicyGrammar.problem(tree))
            .or(() -> WildcardPoints.problem(tree));
    if (problem.isPresent()) {
      return new PolicyRefusal.Malformed(problem.get());
    }
    try {
      return new FilterPolicy(scope, text, RuleReader.read(tree));
    } catch (PolicyException e) {
      return new PolicyRefusal.Malformed(e.text());
    }
  }

  /** A mistake that no scope allows is told first, as AWS does it; large ones are not read. */
  private static PolicyRefusal nested(Json.Members tree) {
    return PolicySize.problem(tree).isPresent()
        ? new PolicyRefusal.Nested()
        : PolicyGrammar.problem(tree)
            .<PolicyRefusal>map(PolicyRefusal.Malformed::new)
            .orElseGet(PolicyRefusal.Nested::new);
  }
}
