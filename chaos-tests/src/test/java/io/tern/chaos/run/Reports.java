package io.tern.chaos.run;

import io.tern.chaos.checker.Verdict;
import io.tern.chaos.checker.WorkloadVerdicts;
import io.tern.chaos.history.HistoryFile;
import io.tern.chaos.report.IndexPage;
import io.tern.chaos.report.RunFigures;
import io.tern.chaos.report.RunInfo;
import io.tern.chaos.report.RunReport;
import io.tern.chaos.report.SummaryLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Writes what a run leaves behind, under {@code target/chaos-reports}: page, figures, history. */
final class Reports {
  private static final Path FOLDER = Path.of("target", "chaos-reports").toAbsolutePath();
  private static final Path FIGURES = FOLDER.resolve("figures");
  private static final int TOLD_VIOLATIONS = 5;

  private Reports() {}

  /** Writes the files and tells the run in some lines. The history is kept of red runs only. */
  static String write(ChaosRun.Result result) {
    try {
      Files.createDirectories(FIGURES);
      RunFigures.of(info(result), result.history(), result.verdicts())
          .write(FIGURES.resolve(result.plan().name() + ".figures.json"));
      String text = page(result);
      IndexPage.write(FIGURES, FOLDER.resolve("index.html"), FOLDER.resolve("index.md"));
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same for a run with a planted bug, whose figures count nowhere. */
  static String writePageOnly(ChaosRun.Result result) {
    try {
      return page(result);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String page(ChaosRun.Result result) throws IOException {
    String name = result.plan().name();
    Path page = Files.createDirectories(FOLDER).resolve(name + ".html");
    RunReport.write(page, info(result), result.history(), result.verdicts());
    if (!result.isGreen()) {
      HistoryFile.write(FOLDER.resolve(name + ".history"), result.history());
    }
    return text(result, page);
  }

  private static RunInfo info(ChaosRun.Result result) {
    RunPlan plan = result.plan();
    return new RunInfo(plan.name(), plan.seed(), commit(), Math.round(result.seconds()));
  }

  private static String text(ChaosRun.Result result, Path page) {
    StringBuilder text = new StringBuilder();
    for (WorkloadVerdicts workload : result.verdicts()) {
      text.append("  ").append(SummaryLine.of(workload)).append('\n');
      for (Verdict verdict : workload.verdicts()) {
        verdict.violations().stream()
            .limit(TOLD_VIOLATIONS)
            .forEach(v ->
                text.append("    ").append(verdict.checker()).append(": ").append(v).append('\n'));
      }
    }
    return text.append(
            "chaos %s: %s in %.0f s, %s"
                .formatted(
                    result.plan().name(),
                    result.isGreen() ? "GREEN" : "RED",
                    result.seconds(),
                    page))
        .toString();
  }

  /** What git says the sources are; a run without git has no name for them. */
  private static String commit() {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty")
              .redirectErrorStream(true)
              .start();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? said : "unknown";
    } catch (IOException noGit) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
