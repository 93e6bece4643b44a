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

  /** What was tried in vain: a test, and the choices that still matter for it. */
  private record Tried(int test, Set<Element> choices) {}

  private final List<FieldTest> tests;
  private final List<Places> satisfying = new ArrayList<>();
  private final List<Places> present = new ArrayList<>();
  private final List<Set<Integer>> arraysFrom = new ArrayList<>();
  private final Set<Tried> tried = new HashSet<>();

  /** The elements chosen for the tests before this one. */
  private final List<Element> chosen = new ArrayList<>();

  /** The indices of the chosen elements and of all that hold them, by array. */
  private final Map<Integer, Integer> pins = new HashMap<>();

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
    return search.holdsFrom(0);
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

  private boolean holdsFrom(int test) {
    if (test == tests.size()) {
      return true;
    }
    Tried now = new Tried(test, Set.copyOf(choices(test)));
    if (tried.contains(now)) {
      return false;
    }
    if (tried.size() < FilterLimits.ATTEMPTS) {
      tried.add(now);
    }
    Places places = satisfying.get(test);
    if (places.hasOutside() && holdsFrom(test + 1)) {
      return true;
    }
    Places.Walk candidates = places.agreeing(pins, steps);
    for (@Nullable Element element = candidates.next();
        element != null;
        element = candidates.next()) {
      if (holdsWith(element, test + 1)) {
        return true;
      }
    }
    return tests.get(test).absent() && isAbsent(present.get(test)) && holdsFrom(test + 1);
  }

  private boolean isAbsent(Places places) {
    return !places.hasOutside() && places.agreeing(pins, steps).next() == null && !steps.areGone();
  }

  /** The element agrees with the pins, so where it meets one the rest of its way is pinned too. */
  private boolean holdsWith(Element element, int test) {
    List<Element> pinned = new ArrayList<>();
    for (@Nullable Element link = element;
        link != null && steps.take() && pins.putIfAbsent(link.array(), link.index()) == null;
        link = link.parent()) {
      pinned.add(link);
    }
    chosen.add(element);
    boolean holds = holdsFrom(test);
    chosen.removeLast();
    for (Element link : pinned) {
      pins.remove(link.array());
    }
    return holds;
  }

  /** The innermost chosen elements, as far as the tests from this one on depend on them. */
  private Set<Element> choices(int test) {
    Set<Integer> arrays = arraysFrom.get(test);
    Set<Element> innermost = new HashSet<>();
    Set<Element> holders = new HashSet<>();
    for (Element element : chosen) {
      @Nullable Element link = element;
      while (link != null && steps.take() && !arrays.contains(link.array())) {
        link = link.parent();
      }
      if (link != null && !holders.contains(link) && innermost.add(link)) {
        for (@Nullable Element holder = link.parent();
            holder != null && steps.take() && holders.add(holder);
            holder = holder.parent()) {
          innermost.remove(holder);
        }
      }
    }
    return innermost;
  }
}
