package io.tern.topics.filter;

import io.tern.topics.filter.Document.Element;
import io.tern.topics.filter.Document.Located;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the tests of one rule hold for values that go together: no two of them in
 * different elements of the same array. Matching asks it where a count of tests is not enough.
 * Tests are satisfied in order of path, and absence means from the elements chosen so far, as
 * event-ruler has it.
 */
final class SameElement {

  /** What was tried in vain; only arrays that still matter are among the pins. */
  private record Tried(int test, Map<Integer, Integer> pins) {}

  private final List<FieldTest> tests;
  private final List<Places> satisfying = new ArrayList<>();
  private final List<Places> present = new ArrayList<>();
  private final List<Set<Integer>> arraysFrom = new ArrayList<>();
  private final Set<Tried> tried = new HashSet<>();
  private final Steps steps;

  private SameElement(List<FieldTest> tests, Steps steps) {
    this.tests = tests;
    this.steps = steps;
  }

  /** The tests are in ascending order of path; with no steps left they do not agree. */
  static boolean agrees(List<FieldTest> tests, Document document, Steps steps) {
    SameElement search = new SameElement(tests, steps);
    for (FieldTest test : tests) {
      if (!search.locate(test, document)) {
        return false;
      }
    }
    search.collectArrays();
    return search.holdsFrom(0, Map.of());
  }

  private boolean locate(FieldTest test, Document document) {
    Places satisfyingHere = new Places();
    Places presentHere = new Places();
    for (Located located : document.valuesAt(test.path())) {
      if (!steps.take()) {
        return false;
      }
      if (test.absent()) {
        presentHere.add(located);
      }
      if (test.matches(located.value())) {
        satisfyingHere.add(located);
      }
    }
    satisfying.add(satisfyingHere);
    present.add(presentHere);
    return true;
  }

  private void collectArrays() {
    Set<Integer> arrays = new HashSet<>();
    List<Set<Integer>> fromLast = new ArrayList<>();
    for (int test = tests.size() - 1; test >= 0; test--) {
      arrays.addAll(satisfying.get(test).arrays());
      arrays.addAll(present.get(test).arrays());
      fromLast.add(new HashSet<>(arrays));
    }
    arraysFrom.addAll(fromLast.reversed());
    arraysFrom.add(Set.of());
  }

  private boolean holdsFrom(int test, Map<Integer, Integer> pins) {
    if (test == tests.size()) {
      return true;
    }
    if (!tried.add(new Tried(test, pins))) {
      return false;
    }
    Places places = satisfying.get(test);
    if (places.hasOutside() && holdsFrom(test + 1, relevant(test + 1, pins, null))) {
      return true;
    }
    for (Element element : places.candidates(pins)) {
      if (!steps.take()) {
        return false;
      }
      if (agree(element, pins) && holdsFrom(test + 1, relevant(test + 1, pins, element))) {
        return true;
      }
    }
    return tests.get(test).absent()
        && isAbsent(present.get(test), pins)
        && holdsFrom(test + 1, relevant(test + 1, pins, null));
  }

  private boolean isAbsent(Places places, Map<Integer, Integer> pins) {
    if (places.hasOutside()) {
      return false;
    }
    for (Element element : places.candidates(pins)) {
      if (!steps.take() || agree(element, pins)) {
        return false;
      }
    }
    return true;
  }

  private static boolean agree(Element element, Map<Integer, Integer> pins) {
    for (@Nullable Element link = element; link != null; link = link.parent()) {
      int pinned = pins.getOrDefault(link.array(), link.index());
      if (pinned != link.index()) {
        return false;
      }
    }
    return true;
  }

  /** The pins with those of one more element, as far as later tests depend on them. */
  private Map<Integer, Integer> relevant(
      int test, Map<Integer, Integer> pins, @Nullable Element element) {
    Map<Integer, Integer> relevant = new HashMap<>(pins);
    for (@Nullable Element link = element; link != null; link = link.parent()) {
      relevant.put(link.array(), link.index());
    }
    relevant.keySet().retainAll(arraysFrom.get(test));
    return relevant;
  }
}
