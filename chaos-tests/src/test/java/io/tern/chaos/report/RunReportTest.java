package io.tern.chaos.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tern.chaos.checker.Judgement;
import io.tern.chaos.checker.WorkloadVerdicts;
import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call;
import io.tern.chaos.history.Delivery;
import io.tern.chaos.history.FaultEvent;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import io.tern.chaos.history.Outcome;
import io.tern.chaos.history.QueueFact;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Pages are well formed, say everything, and let no text become markup. */
class RunReportTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int MESSAGES = 2_000;

  @TempDir private Path folder;

  @Test
  void thePageIsWellFormedAndSaysWhatHappened() throws Exception {
    String page = report(history("standard", "fifo"));
    Document document = parsed(page);

    assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(1 + 2 * 2);
    assertThat(page).contains("kill of node1").contains("partition-one").contains("seed <b>7</b>");
    assertThat(page).contains("no send acknowledged for").contains("RED").contains("lost: ");
    assertThat(page).contains("prefers-color-scheme");
    assertThat(page).doesNotContain("http").doesNotContain("<script").doesNotContain("NaN");
  }

  @Test
  void textBecomesNoMarkup() throws Exception {
    String page = report(history("<script>alert('&\"')</script>\u0001\uD800"));
    parsed(page);
    assertThat(page).doesNotContain("<script").contains("&lt;script&gt;");
  }

  @Test
  void anEmptyRunHasAPageToo() throws Exception {
    String page = report(new History(List.of(), List.of(), List.of(), List.of()));
    parsed(page);
    assertThat(page).contains("OPEN").doesNotContain("NaN");
  }

  @Test
  void aFaultThatWasNeverHealedIsDrawnToTheEnd() throws Exception {
    History history = history("w");
    FaultEvent open =
        new FaultEvent("pause", "node3", "", 40 * SECOND, Long.MAX_VALUE, Long.MAX_VALUE);
    String page =
        report(
            new History(
                history.operations(), history.queues(), history.subscriptions(), List.of(open)));
    parsed(page);
    assertThat(page).contains("pause of node3");
  }

  @Test
  void eachWorkloadHasALine() {
    List<WorkloadVerdicts> judged = Judgement.of(history("a", "b"));
    assertThat(judged).hasSize(2);
    assertThat(SummaryLine.of(judged.getFirst()))
        .startsWith("a: RED (no-loss), ")
        .contains(" in doubt), ")
        .contains("longest gap 6,9");
  }

  @Test
  void figuresAreReadAsTheyWereWritten() throws IOException {
    History history = history("a", "b");
    RunFigures figures = RunFigures.of(info(), history, Judgement.of(history));
    Path file = folder.resolve("r.figures.json");
    figures.write(file);

    assertThat(RunFigures.read(file)).isEqualTo(figures);
    assertThat(figures.faults()).containsEntry("kill", 2L).containsEntry("partition-one", 1L);
    assertThat(figures.isGreen()).isFalse();
    assertThat(figures.operationCount()).isEqualTo(history.operations().size());
    assertThat(figures.longestGapMillis()).containsKeys("", "kill", "partition-one");
  }

  @Test
  void manyRunsAreAddedUp() throws Exception {
    History history = history("a");
    RunFigures figures = RunFigures.of(info(), history, Judgement.of(history));
    figures.write(folder.resolve("1.figures.json"));
    figures.write(folder.resolve("2.figures.json"));
    Path html = folder.resolve("index.html");
    Path markdown = folder.resolve("index.md");
    IndexPage.write(folder, html, markdown);

    parsed(Files.readString(html));
    assertThat(Files.readString(markdown))
        .startsWith("2 runs with 1 seeds, ")
        .contains("| kill | 4 | ")
        .contains("| no-loss | ");
  }

  private String report(History history) throws IOException {
    Path file = folder.resolve("run.html");
    RunReport.write(file, info(), history, Judgement.of(history));
    return Files.readString(file);
  }

  private static RunInfo info() {
    return new RunInfo("run-7", 7, "abc1234", 100);
  }

  /** Our pages are XML as well, but for their first line. */
  private static Document parsed(String page) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page.substring(page.indexOf("<html")))));
  }

  /** Two minutes with three faults, a gap of seven seconds, and a message lost by each workload. */
  static History history(String... workloads) {
    List<Operation> operations = new ArrayList<>();
    List<QueueFact> queues = new ArrayList<>();
    Random random = new Random(1);
    for (String workload : workloads) {
      queues.add(new QueueFact(workload, "q-" + workload, false, 5, 0, null, 0, false, false));
      for (int i = 0; i < MESSAGES; i++) {
        message(operations, workload, i, (long) (Math.exp(random.nextGaussian()) * 4_000_000));
      }
      operations.add(
          operation(
              operations.size(),
              workload,
              120 * SECOND,
              121 * SECOND,
              Outcome.OK,
              new Call.Receive("q-" + workload, 10, 5, 0),
              new Answer.Received(List.of())));
    }
    return new History(operations, queues, List.of(), faults());
  }

  /** Sent, received and deleted; of the last one only the first. */
  private static void message(List<Operation> operations, String workload, int i, long took) {
    String queue = "q-" + workload;
    String id = workload + i;
    long begin = i * SECOND / 20;
    boolean away = begin > 50 * SECOND && begin < 57 * SECOND;
    Outcome outcome = away ? Outcome.UNKNOWN : i % 97 == 1 ? Outcome.FAIL : Outcome.OK;
    Call send = new Call.Send(queue, id, 0, null, null);
    long end = begin + took;
    operations.add(
        operation(
            operations.size(),
            workload,
            begin,
            end,
            outcome,
            send,
            new Answer.Stored(id, null, null)));
    if (outcome == Outcome.OK && i + 1 < MESSAGES) {
      Delivery delivery = new Delivery(id, id, md5(id), id, 1, null, null, Map.of());
      operations.add(
          operation(
              operations.size(),
              workload,
              end,
              end + took,
              outcome,
              new Call.Receive(queue, 1, 5, 0),
              new Answer.Received(List.of(delivery))));
      operations.add(
          operation(
              operations.size(),
              workload,
              end + took,
              end + 2 * took,
              outcome,
              new Call.Delete(queue, id, id),
              new Answer.Nothing()));
    }
  }

  private static String md5(String body) {
    try {
      byte[] digest = MessageDigest.getInstance("MD5").digest(body.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<FaultEvent> faults() {
    return List.of(
        new FaultEvent("kill", "node1", "kill -9", 20 * SECOND, 22 * SECOND, 26 * SECOND),
        new FaultEvent("partition-one", "node2", "", 50 * SECOND, 60 * SECOND, 63 * SECOND),
        new FaultEvent("kill", "node3", "kill -9", 80 * SECOND, 83 * SECOND, 85 * SECOND));
  }

  private static Operation operation(
      long id, String workload, long begin, long end, Outcome outcome, Call call, Answer answer) {
    boolean ok = outcome == Outcome.OK;
    return new Operation(
        id,
        workload,
        "c",
        "node1",
        begin,
        end,
        outcome,
        ok ? null : "503",
        call,
        ok ? answer : new Answer.Nothing());
  }
}
