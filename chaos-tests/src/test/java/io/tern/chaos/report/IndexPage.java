package io.tern.chaos.report;

import io.tern.chaos.checker.GapsChecker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Many runs added up: a page for people and the tables of docs/reliability.md. Made after a series
 * of runs from the {@link RunFigures} that they left.
 */
public final class IndexPage {
  private final List<RunFigures> runs;

  private IndexPage(List<RunFigures> runs) {
    this.runs = runs;
  }

  /** Reads all files of the folder whose names end with ".figures.json". */
  public static void write(Path folder, Path html, Path markdown) throws IOException {
    try (var files = Files.list(folder)) {
      List<Path> found =
          files.filter(file -> file.toString().endsWith(".figures.json")).sorted().toList();
      List<RunFigures> runs = new ArrayList<>();
      for (Path file : found) {
        runs.add(RunFigures.read(file));
      }
      write(runs, html, markdown);
    }
  }

  public static void write(List<RunFigures> runs, Path html, Path markdown) throws IOException {
    IndexPage index = new IndexPage(runs);
    Files.writeString(html, index.html());
    Files.writeString(markdown, index.markdown());
  }

  private long total(Function<RunFigures, Long> figure) {
    return runs.stream().mapToLong(figure::apply).sum();
  }

  private SortedMap<String, Long> sums(Function<RunFigures, SortedMap<String, Long>> counts) {
    SortedMap<String, Long> sums = new TreeMap<>();
    runs.forEach(run -> counts.apply(run).forEach((name, n) -> sums.merge(name, n, Long::sum)));
    return sums;
  }

  private SortedMap<String, Long> longestGaps() {
    SortedMap<String, Long> longest = new TreeMap<>();
    runs.forEach(run -> run.longestGapMillis().forEach((k, n) -> longest.merge(k, n, Math::max)));
    return longest;
  }

  private String totals() {
    return "%s runs with %s seeds, %.1f hours of load, %s operations, %s faults, %s violations, %s undecided"
        .formatted(
            Markup.number(runs.size()),
            Markup.number(runs.stream().mapToLong(RunFigures::seed).distinct().count()),
            total(RunFigures::seconds) / 3_600.0,
            Markup.number(total(RunFigures::operationCount)),
            Markup.number(total(RunFigures::faultCount)),
            Markup.number(total(RunFigures::violationCount)),
            Markup.number(total(RunFigures::undecided)));
  }

  private String html() {
    StringBuilder content = new StringBuilder("<h1>Chaos runs</h1>\n");
    content.append(Markup.element("p", Markup.escape(totals()))).append("\n<h2>Faults</h2>\n");
    SortedMap<String, Long> gaps = longestGaps();
    Table faults =
        new Table("fault", "times", "longest time without an acknowledged send, when alone");
    sums(RunFigures::faults)
        .forEach((kind, times) ->
            faults
                .row()
                .text(kind)
                .number(times)
                .figure(Markup.duration(gaps.getOrDefault(kind, 0L)))
                .end());
    content.append(faults.html()).append(Markup.element("p", several(gaps)));
    content.append("<h2>Checkers</h2>\n");
    SortedMap<String, Long> violations = sums(RunFigures::violations);
    Table checkers = new Table("checker", "checked", "violations");
    sums(RunFigures::checked)
        .forEach((name, checked) -> {
          long found = violations.getOrDefault(name, 0L);
          checkers.row().text(name).number(checked);
          checkers.cell(found == 0 ? "good" : "bad", Markup.number(found), "").end();
        });
    content.append(checkers.html()).append("<h2>Runs</h2>\n").append(runTable());
    return PageStyle.page("Chaos runs", content.toString());
  }

  private static String several(SortedMap<String, Long> gaps) {
    return "Longest with several faults at once: "
        + Markup.duration(gaps.getOrDefault(GapsChecker.SEVERAL, 0L))
        + ".";
  }

  private String runTable() {
    Table table =
        new Table(
            "run",
            "verdict",
            "seed",
            "commit",
            "seconds",
            "ok",
            "refused",
            "in doubt",
            "faults",
            "longest gap");
    for (RunFigures run : runs) {
      String link =
          "<a href=\"%s.html\">%s</a>"
              .formatted(Markup.escape(run.name()), Markup.escape(run.name()));
      table
          .row()
          .raw(link)
          .raw(PageStyle.word(word(run)))
          .number(run.seed())
          .text(run.commit())
          .number(run.seconds())
          .number(run.operations().getOrDefault("ok", 0L))
          .number(run.operations().getOrDefault("fail", 0L))
          .number(run.operations().getOrDefault("unknown", 0L))
          .number(run.faultCount())
          .figure(Markup.duration(run.longestGapMillis().getOrDefault("", 0L)))
          .end();
    }
    return table.html();
  }

  private static String word(RunFigures run) {
    if (!run.isGreen()) {
      return "RED";
    }
    return run.undecided() > 0 ? "OPEN" : "GREEN";
  }

  private String markdown() {
    StringBuilder text = new StringBuilder(totals()).append(".\n\n");
    text.append("| Fault | Times | Longest time without an acknowledged send, when alone |\n");
    text.append("|---|---|---|\n");
    SortedMap<String, Long> gaps = longestGaps();
    sums(RunFigures::faults)
        .forEach((kind, times) ->
            text.append(
                "| %s | %s | %s |\n"
                    .formatted(
                        cell(kind),
                        Markup.number(times),
                        Markup.duration(gaps.getOrDefault(kind, 0L)))));
    text.append("\n").append(several(gaps)).append("\n");
    text.append("\n| Checker | Checked | Violations |\n|---|---|---|\n");
    SortedMap<String, Long> violations = sums(RunFigures::violations);
    sums(RunFigures::checked)
        .forEach((name, checked) ->
            text.append(
                "| %s | %s | %s |\n"
                    .formatted(
                        cell(name),
                        Markup.number(checked),
                        Markup.number(violations.getOrDefault(name, 0L)))));
    return text.toString();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
