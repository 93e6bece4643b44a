package io.tern.chaos.report;

import io.tern.chaos.checker.GapsChecker;
import io.tern.chaos.checker.Verdict;
import io.tern.chaos.checker.WorkloadVerdicts;
import io.tern.chaos.history.FaultEvent;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One page for one run, with pictures: what was done to the cluster, and how it held. */
public final class RunReport {
  private final RunInfo info;
  private final List<FaultEvent> faults;
  private final List<WorkloadVerdicts> judged;
  private final Map<String, List<Operation>> byWorkload = new LinkedHashMap<>();
  private final TimeAxis axis;
  private final FaultTimeline timeline;

  private RunReport(RunInfo info, History history, List<WorkloadVerdicts> judged) {
    this.info = info;
    this.judged = judged;
    this.axis = TimeAxis.of(history);
    this.faults =
        history.faults().stream()
            .sorted(Comparator.comparingLong(FaultEvent::injectedNanos))
            .toList();
    this.timeline = new FaultTimeline(axis, faults);
    for (Operation operation : history.operations()) {
      byWorkload.computeIfAbsent(operation.workload(), _ -> new ArrayList<>()).add(operation);
    }
  }

  public static void write(Path file, RunInfo info, History history, List<WorkloadVerdicts> judged)
      throws IOException {
    Files.writeString(file, new RunReport(info, history, judged).page());
  }

  private String page() {
    StringBuilder content = new StringBuilder();
    head(content);
    content.append("<h2>Faults</h2>\n").append(timeline.svg());
    content.append(
        "<p class=\"pale\">A bar ends with the healing; pale until all nodes were ready again.</p>\n");
    content.append("<h2>Verdicts</h2>\n").append(verdicts());
    violations(content);
    content.append("<h2>Load</h2>\n");
    content.append(
        "<p class=\"pale\">Above: calls that ended well in a second; below the line those in doubt"
            + " and refused. Then latency of calls that do not wait: p50 green, p99 violet, slowest"
            + " rose. Shaded: a second or more without an acknowledged send. Dashed: a fault.</p>\n");
    for (WorkloadVerdicts workload : judged) {
      load(content, workload);
    }
    content.append("<h2>Each fault</h2>\n").append(eachFault());
    return PageStyle.page("Chaos run " + info.name() + ", seed " + info.seed(), content.toString());
  }

  private void head(StringBuilder content) {
    content.append(Markup.element("h1", "Chaos run " + Markup.escape(info.name())));
    content.append(
        "<p>%s seed <b>%d</b>, commit <b>%s</b>, %s s of load, %s operations, %s faults, %s checked, %s violations%s</p>\n"
            .formatted(
                PageStyle.word(word()),
                info.seed(),
                Markup.escape(info.commit()),
                Markup.number(info.seconds()),
                Markup.number(judged.stream().mapToLong(WorkloadVerdicts::operations).sum()),
                Markup.number(faults.size()),
                Markup.number(judged.stream().mapToLong(WorkloadVerdicts::checked).sum()),
                Markup.number(judged.stream().mapToLong(WorkloadVerdicts::violations).sum()),
                undecided()));
  }

  private String word() {
    if (judged.stream().anyMatch(workload -> !workload.isGreen())) {
      return "RED";
    }
    return undecided().isEmpty() && !judged.isEmpty() ? "GREEN" : "OPEN";
  }

  private String undecided() {
    long undecided = judged.stream().mapToLong(WorkloadVerdicts::undecided).sum();
    return undecided == 0 ? "" : ", " + Markup.number(undecided) + " undecided";
  }

  private String verdicts() {
    List<String> heads = new ArrayList<>(List.of("checker"));
    judged.forEach(workload -> heads.add(workload.workload()));
    Table table = new Table(heads.toArray(String[]::new));
    List<Verdict> all = judged.isEmpty() ? List.of() : judged.getFirst().verdicts();
    for (Verdict row : all) {
      table.row().text(row.checker());
      for (WorkloadVerdicts workload : judged) {
        Optional<Verdict> verdict =
            workload.verdicts().stream().filter(v -> v.checker().equals(row.checker())).findFirst();
        verdict.ifPresentOrElse(v -> cell(table, v), () -> table.text(""));
      }
      table.end();
    }
    return table.html();
  }

  private static void cell(Table table, Verdict verdict) {
    String checked = Markup.number(verdict.checked());
    if (!verdict.isGreen()) {
      table.cell(
          "bad",
          Markup.number(verdict.violationCount()) + " of " + checked,
          verdict.violations().isEmpty() ? "" : verdict.violations().getFirst());
    } else if (verdict.undecided() > 0) {
      table.cell(
          "open", Markup.number(verdict.undecided()) + " undecided of " + checked, "no violation");
    } else if (verdict.checked() == 0) {
      table.cell("none", "-", "nothing to check");
    } else {
      table.cell("good", checked, "checked, no violation");
    }
  }

  private void violations(StringBuilder content) {
    for (WorkloadVerdicts workload : judged) {
      for (Verdict verdict : workload.verdicts()) {
        if (!verdict.isGreen()) {
          content.append(
              Markup.element(
                  "h3",
                  Markup.escape(
                      "%s, %s: %s violations, the first %d"
                          .formatted(
                              workload.workload(),
                              verdict.checker(),
                              Markup.number(verdict.violationCount()),
                              verdict.violations().size()))));
          content.append("<ol>\n");
          for (String violation : verdict.violations()) {
            content.append(Markup.element("li", Markup.escape(violation))).append('\n');
          }
          content.append("</ol>\n");
        }
      }
    }
  }

  private void load(StringBuilder content, WorkloadVerdicts workload) {
    List<Operation> operations = byWorkload.getOrDefault(workload.workload(), List.of());
    LoadChart chart = new LoadChart(axis, new LoadSeries(axis, operations), faults, timeline);
    content.append(Markup.element("h3", Markup.escape(workload.workload())));
    content.append("<p class=\"pale\">" + Markup.escape(SummaryLine.of(workload)) + "</p>\n");
    content.append(chart.throughput()).append(chart.latency());
  }

  private String eachFault() {
    Table table =
        new Table("at", "fault", "target", "healed after", "well after", "longest gap", "detail");
    for (int i = 0; i < faults.size(); i++) {
      FaultEvent fault = faults.get(i);
      long next = i + 1 < faults.size() ? faults.get(i + 1).injectedNanos() : axis.untilNanos();
      table
          .row()
          .figure(Markup.at(axis.seconds(fault.injectedNanos())) + " s")
          .text(fault.nemesis())
          .text(fault.target())
          .figure(after(fault.injectedNanos(), fault.healedNanos()))
          .figure(after(fault.injectedNanos(), fault.recoveredNanos()))
          .figure(Markup.duration(longestGap(fault.injectedNanos(), next)))
          .text(fault.detail())
          .end();
    }
    return table.html();
  }

  private static String after(long from, long until) {
    return until < from ? "-" : Markup.duration((until - from) / 1_000_000);
  }

  /** Of the workload that suffered most. */
  private long longestGap(long from, long until) {
    long longest = 0;
    for (List<Operation> operations : byWorkload.values()) {
      List<Operation> load = GapsChecker.load(operations);
      long[] good =
          load.stream().filter(Operation::isOk).mapToLong(Operation::endedNanos).sorted().toArray();
      long end = load.stream().mapToLong(Operation::invokedNanos).max().orElse(from);
      if (end > from) {
        longest = Math.max(longest, GapsChecker.longest(good, from, Math.min(until, end)));
      }
    }
    return longest / 1_000_000;
  }
}
