package io.tern.chaos.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one checker gathers on its way through a history, until it makes its verdict of it. */
final class Findings {
  /** More of the same tells a reader nothing; the count tells how many there are. */
  private static final int TOLD = 20;

  private final Map<String, Long> figures = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();
  private long checked;
  private long violationCount;

  void checked() {
    checked++;
  }

  void checked(long more) {
    checked += more;
  }

  void violation(String text) {
    violationCount++;
    if (violations.size() < TOLD) {
      violations.add(text);
    }
  }

  /** Something that nobody can judge from this history; it is told, never passed over. */
  void undecided(long more) {
    if (more > 0) {
      figures.merge(Verdict.UNDECIDED, more, Long::sum);
    }
  }

  void figure(String name, long value) {
    figures.put(name, value);
  }

  Verdict verdict(Checker checker) {
    return new Verdict(
        checker.name(), checked, violationCount, List.copyOf(violations), Map.copyOf(figures));
  }
}
