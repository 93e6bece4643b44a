package io.tern.chaos.report;

import io.tern.chaos.checker.GapsChecker;
import io.tern.chaos.checker.Verdict;
import io.tern.chaos.checker.WorkloadVerdicts;
import java.util.stream.Collectors;

/** One line for each workload on the console, at the end of a run. */
public final class SummaryLine {
  private SummaryLine() {}

  public static String of(WorkloadVerdicts verdicts) {
    String red =
        verdicts.verdicts().stream()
            .filter(verdict -> !verdict.isGreen())
            .map(Verdict::checker)
            .collect(Collectors.joining(", "));
    return "%s: %s, %s operations (%s ok, %s refused, %s in doubt), %s checked, %s violations%s, %s"
        .formatted(
            verdicts.workload(),
            word(verdicts) + (red.isEmpty() ? "" : " (" + red + ")"),
            Markup.number(verdicts.operations()),
            Markup.number(verdicts.ok()),
            Markup.number(verdicts.fail()),
            Markup.number(verdicts.unknown()),
            Markup.number(verdicts.checked()),
            Markup.number(verdicts.violations()),
            verdicts.undecided() == 0
                ? ""
                : ", " + Markup.number(verdicts.undecided()) + " undecided",
            "longest gap " + Markup.duration(longestGapMillis(verdicts)));
  }

  /** GREEN, RED, or OPEN where something could not be judged. */
  static String word(WorkloadVerdicts verdicts) {
    if (!verdicts.isGreen()) {
      return "RED";
    }
    return verdicts.undecided() > 0 ? "OPEN" : "GREEN";
  }

  static long longestGapMillis(WorkloadVerdicts verdicts) {
    return verdicts.verdicts().stream()
        .mapToLong(verdict -> verdict.figures().getOrDefault(GapsChecker.LONGEST, 0L))
        .max()
        .orElse(0);
  }
}
