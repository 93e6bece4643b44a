package io.tern.topics.filter;

import io.tern.topics.filter.Document.Located;
import io.tern.topics.filter.ScopeIndex.PathPatterns;
import io.tern.topics.filter.ScopeIndex.TestsOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way through a ScopeIndex. It counts for each rule how many of its tests hold;
 * a rule all of whose tests hold matches, unless values in elements of arrays still have to agree.
 */
final class Matching {

  private final ScopeIndex index;
  private final Document document;
  private final Steps steps;
  private final Set<Long> matched;

  /** Tests that hold somewhere in the message. */
  private final boolean[] holds;

  /** Tests that hold whatever elements are chosen. */
  private final boolean[] holdsAnyway;

  private final int[] holding;
  private final List<Integer> undecided = new ArrayList<>();

  private Matching(ScopeIndex index, Document document, Steps steps, Set<Long> matched) {
    this.index = index;
    this.document = document;
    this.steps = steps;
    this.matched = matched;
    this.holds = new boolean[index.testCount()];
    this.holdsAnyway = new boolean[index.testCount()];
    this.holding = new int[index.ruleCount()];
  }

  /** Adds to the matched subscriptions. */
  static void match(ScopeIndex index, Document document, Steps steps, Set<Long> matched) {
    Matching matching = new Matching(index, document, steps, matched);
    matching.absences();
    for (Map.Entry<String, List<Located>> path : document.values().entrySet()) {
      PathPatterns patterns = index.paths().get(path.getKey());
      if (patterns != null) {
        matching.values(path.getValue(), patterns);
      }
    }
    matching.decide();
  }

  private void absences() {
    for (int test : index.absenceTests()) {
      String path = index.test(test).path();
      if (!document.has(path)) {
        hold(test, true);
      } else if (isOnlyInElements(path)) {
        hold(test, false);
      }
    }
  }

  /** Then the path may be absent from those elements that the other tests choose. */
  private boolean isOnlyInElements(String path) {
    List<Located> values = document.valuesAt(path);
    for (Located located : values) {
      if (located.element() == null) {
        return false;
      }
    }
    return !values.isEmpty();
  }

  private void values(List<Located> values, PathPatterns patterns) {
    List<TestsOf> open = new ArrayList<>(patterns.others());
    for (Located located : values) {
      boolean anyway = located.element() == null;
      hold(patterns.equal().get(located.value()), anyway);
      if (!patterns.addresses().isEmpty() && located.value() instanceof Value.Text(String text)) {
        Addresses.parse(text).ifPresent(a -> hold(patterns.addresses().get(a), anyway));
      }
      if (!others(open, located.value(), anyway)) {
        return;
      }
    }
  }

  /** Whether there were steps enough; a pattern that can bring nothing new is not open any more. */
  private boolean others(List<TestsOf> open, Value value, boolean anyway) {
    int kept = 0;
    for (int i = 0; i < open.size(); i++) {
      TestsOf tests = open.get(i);
      if (!steps.take()) {
        return false;
      }
      if (tests.pattern().matches(value)) {
        hold(tests.tests(), anyway);
        if (anyway) {
          continue;
        }
      }
      open.set(kept++, tests);
    }
    open.subList(kept, open.size()).clear();
    return true;
  }

  private void hold(int @Nullable [] tests, boolean anyway) {
    if (tests != null) {
      for (int test : tests) {
        hold(test, anyway);
      }
    }
  }

  private void hold(int test, boolean anyway) {
    holdsAnyway[test] |= anyway;
    if (holds[test]) {
      return;
    }
    holds[test] = true;
    for (int rule : index.rulesOf(test)) {
      holding[rule]++;
      if (holding[rule] == index.testsOf(rule).length) {
        undecided.add(rule);
      }
    }
  }

  private void decide() {
    for (int rule : undecided) {
      long subscription = index.subscriptionOf(rule);
      if (!matched.contains(subscription) && (isSettled(rule) || agrees(rule))) {
        matched.add(subscription);
      }
    }
  }

  private boolean isSettled(int rule) {
    if (!document.hasElements()) {
      return true;
    }
    for (int test : index.testsOf(rule)) {
      if (!holdsAnyway[test]) {
        return false;
      }
    }
    return true;
  }

  private boolean agrees(int rule) {
    List<FieldTest> tests = new ArrayList<>();
    for (int test : index.testsOf(rule)) {
      tests.add(index.test(test));
    }
    return SameElement.agrees(tests, document, steps);
  }
}
