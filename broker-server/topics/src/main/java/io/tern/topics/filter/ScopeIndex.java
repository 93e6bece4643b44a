package io.tern.topics.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All rules of many filter policies of one scope, arranged by path and pattern so that a message is
 * compared with each distinct pattern of its paths once; TopicFilter asks it through Matching. It
 * never changes, so any number of threads may ask it.
 */
final class ScopeIndex {

  /** The patterns of one path; an array of numbers says which tests a pattern satisfies. */
  record PathPatterns(
      Map<Value, int[]> equal, Map<List<Byte>, int[]> addresses, List<TestsOf> others) {}

  /** A pattern and the tests that it satisfies. */
  static final class TestsOf {
    private final Pattern pattern;
    private final int[] tests;

    private TestsOf(Pattern pattern, int[] tests) {
      this.pattern = pattern;
      this.tests = tests;
    }

    Pattern pattern() {
      return pattern;
    }

    int[] tests() {
      return tests;
    }
  }

  private final Map<String, PathPatterns> paths = new HashMap<>();
  private final Set<String> wanted = new HashSet<>();
  private final List<FieldTest> tests = new ArrayList<>();
  private final List<int[]> rulesOfTests = new ArrayList<>();
  private final List<int[]> testsOfRules = new ArrayList<>();
  private final List<Long> subscriptionsOfRules = new ArrayList<>();
  private final List<Long> unconditional = new ArrayList<>();
  private final List<Integer> absenceTests = new ArrayList<>();

  private ScopeIndex() {}

  /** Of the policies in this scope, by the number of the subscription. */
  static ScopeIndex of(Map<Long, FilterPolicy> policies, FilterScope scope) {
    ScopeIndex index = new ScopeIndex();
    Map<FieldTest, Integer> numbers = new HashMap<>();
    List<List<Integer>> rulesOfTests = new ArrayList<>();
    for (Map.Entry<Long, FilterPolicy> entry : policies.entrySet()) {
      if (entry.getValue().scope() == scope) {
        for (Rule rule : entry.getValue().rules()) {
          index.add(entry.getKey(), rule, numbers, rulesOfTests);
        }
      }
    }
    for (List<Integer> rules : rulesOfTests) {
      index.rulesOfTests.add(toArray(rules));
    }
    index.arrange();
    return index;
  }

  private void add(
      long subscription,
      Rule rule,
      Map<FieldTest, Integer> numbers,
      List<List<Integer>> rulesOfTests) {
    if (rule.tests().isEmpty()) {
      unconditional.add(subscription);
      return;
    }
    int number = testsOfRules.size();
    List<Integer> testsOfRule = new ArrayList<>();
    for (FieldTest test : rule.tests()) {
      int testNumber = numbers.computeIfAbsent(test, _ -> tests.size());
      if (testNumber == tests.size()) {
        tests.add(test);
        rulesOfTests.add(new ArrayList<>());
      }
      rulesOfTests.get(testNumber).add(number);
      testsOfRule.add(testNumber);
    }
    testsOfRules.add(toArray(testsOfRule));
    subscriptionsOfRules.add(subscription);
  }

  private void arrange() {
    Map<String, Map<Pattern, List<Integer>>> testsByPattern = new HashMap<>();
    for (int number = 0; number < tests.size(); number++) {
      FieldTest test = tests.get(number);
      want(test.path());
      if (test.absent()) {
        absenceTests.add(number);
      }
      Map<Pattern, List<Integer>> ofPath =
          testsByPattern.computeIfAbsent(test.path(), _ -> new HashMap<>());
      for (Pattern pattern : new HashSet<>(test.patterns())) {
        ofPath.computeIfAbsent(pattern, _ -> new ArrayList<>()).add(number);
      }
    }
    testsByPattern.forEach((path, ofPath) -> paths.put(path, arranged(ofPath)));
  }

  private static PathPatterns arranged(Map<Pattern, List<Integer>> testsByPattern) {
    PathPatterns patterns = new PathPatterns(new HashMap<>(), new HashMap<>(), new ArrayList<>());
    testsByPattern.forEach((pattern, numbers) -> {
      int[] tests = toArray(numbers);
      if (pattern instanceof Pattern.Equal(Value expected)) {
        patterns.equal().put(expected, tests);
      } else if (pattern instanceof Pattern.SameAddress(List<Byte> address)) {
        patterns.addresses().put(address, tests);
      } else {
        patterns.others().add(new TestsOf(pattern, tests));
      }
    });
    return patterns;
  }

  /** The path and all that leads to it. */
  private void want(String path) {
    wanted.add(path);
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      wanted.add(path.substring(0, dot));
    }
  }

  private static int[] toArray(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Whether a value at this path, or below it, can make a difference. */
  boolean wants(String path) {
    return wanted.contains(path);
  }

  boolean isEmpty() {
    return testsOfRules.isEmpty() && unconditional.isEmpty();
  }

  Map<String, PathPatterns> paths() {
    return paths;
  }

  FieldTest test(int test) {
    return tests.get(test);
  }

  int testCount() {
    return tests.size();
  }

  int[] rulesOf(int test) {
    return rulesOfTests.get(test);
  }

  int ruleCount() {
    return testsOfRules.size();
  }

  /** In ascending order of path. */
  int[] testsOf(int rule) {
    return testsOfRules.get(rule);
  }

  long subscriptionOf(int rule) {
    return subscriptionsOfRules.get(rule);
  }

  /** Subscriptions that every message matches. */
  List<Long> unconditional() {
    return unconditional;
  }

  /** Tests that the absence of their path satisfies. */
  List<Integer> absenceTests() {
    return absenceTests;
  }
}
