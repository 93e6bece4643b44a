package io.tern.topics.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns the tree of a valid filter policy into rules, one for each combination of branches of
 * "$or"; for FilterPolicy. Of two tests of the same path the later one counts.
 */
final class RuleReader {

  private List<Map<String, FieldTest>> rules = new ArrayList<>();

  private RuleReader() {}

  static List<Rule> read(Json.Members policy) throws PolicyException {
    RuleReader reader = new RuleReader();
    reader.rules.add(new TreeMap<>());
    reader.members(policy, null);
    List<Rule> rules = new ArrayList<>();
    for (Map<String, FieldTest> tests : reader.rules) {
      rules.add(new Rule(List.copyOf(tests.values())));
    }
    return List.copyOf(rules);
  }

  private void members(Json.Members members, @Nullable String path) throws PolicyException {
    for (Map.Entry<String, Json> member : members.byName().entrySet()) {
      String name = member.getKey();
      String memberPath = path == null ? name : path + '.' + name;
      switch (member.getValue()) {
        case Json.Elements branches when name.equals(PolicySize.OR) -> branches(branches, path);
        case Json.Elements values -> {
          FieldTest test = PatternReader.read(memberPath, values);
          for (Map<String, FieldTest> rule : rules) {
            rule.put(memberPath, test);
          }
        }
        case Json.Members nested -> members(nested, memberPath);
        case Json.Text _, Json.Numeral _, Json.Literal _ ->
            throw new PolicyException("\"" + name + "\" must be an object or an array");
      }
    }
  }

  private void branches(Json.Elements branches, @Nullable String path) throws PolicyException {
    List<Map<String, FieldTest>> before = rules;
    List<Map<String, FieldTest>> after = new ArrayList<>();
    for (Json branch : branches.inOrder()) {
      rules = new ArrayList<>();
      for (Map<String, FieldTest> rule : before) {
        rules.add(new TreeMap<>(rule));
      }
      if (branch instanceof Json.Members members) {
        members(members, path);
      }
      after.addAll(rules);
    }
    rules = after;
  }
}
