package io.tern.chaos.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tern.chaos.checker.GapsChecker;
import io.tern.chaos.checker.Json;
import io.tern.chaos.checker.Verdict;
import io.tern.chaos.checker.WorkloadVerdicts;
import io.tern.chaos.history.FaultEvent;
import io.tern.chaos.history.History;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What remains of a run when its page is gone: one small file of JSON. {@link IndexPage} adds many
 * of them up.
 *
 * @param operations by outcome: ok, fail, unknown
 * @param faults how many, by kind
 * @param longestGapMillis by kind of fault; in all under the empty name
 * @param checked by checker
 * @param violations by checker; those with none are left out
 */
public record RunFigures(
    String name,
    long seed,
    String commit,
    long seconds,
    SortedMap<String, Long> operations,
    SortedMap<String, Long> faults,
    SortedMap<String, Long> longestGapMillis,
    SortedMap<String, Long> checked,
    SortedMap<String, Long> violations,
    long undecided) {

  public static RunFigures of(RunInfo info, History history, List<WorkloadVerdicts> judged) {
    SortedMap<String, Long> operations = new TreeMap<>();
    SortedMap<String, Long> faults = new TreeMap<>();
    SortedMap<String, Long> gaps = new TreeMap<>();
    SortedMap<String, Long> checked = new TreeMap<>();
    SortedMap<String, Long> violations = new TreeMap<>();
    for (FaultEvent fault : history.faults()) {
      faults.merge(fault.nemesis(), 1L, Long::sum);
    }
    for (WorkloadVerdicts workload : judged) {
      operations.merge("ok", workload.ok(), Long::sum);
      operations.merge("fail", workload.fail(), Long::sum);
      operations.merge("unknown", workload.unknown(), Long::sum);
      for (Verdict verdict : workload.verdicts()) {
        checked.merge(verdict.checker(), verdict.checked(), Long::sum);
        if (verdict.violationCount() > 0) {
          violations.merge(verdict.checker(), verdict.violationCount(), Long::sum);
        }
        verdict.figures().forEach((name, value) -> gap(gaps, name, value));
      }
    }
    long undecided = judged.stream().mapToLong(WorkloadVerdicts::undecided).sum();
    return new RunFigures(
        info.name(),
        info.seed(),
        info.commit(),
        info.seconds(),
        operations,
        faults,
        gaps,
        checked,
        violations,
        undecided);
  }

  private static void gap(SortedMap<String, Long> gaps, String figure, long value) {
    if (figure.startsWith(GapsChecker.LONGEST)) {
      gaps.merge(figure.substring(GapsChecker.LONGEST.length()).strip(), value, Math::max);
    }
  }

  public boolean isGreen() {
    return violations.isEmpty();
  }

  public long operationCount() {
    return sum(operations);
  }

  public long faultCount() {
    return sum(faults);
  }

  public long violationCount() {
    return sum(violations);
  }

  static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  public void write(Path file) throws IOException {
    try (JsonGenerator json =
        new JsonFactory()
            .createGenerator(Files.newBufferedWriter(file))
            .useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeStringField("name", name);
      json.writeNumberField("seed", seed);
      json.writeStringField("commit", commit);
      json.writeNumberField("seconds", seconds);
      counts(json, "operations", operations);
      counts(json, "faults", faults);
      counts(json, "longestGapMillis", longestGapMillis);
      counts(json, "checked", checked);
      counts(json, "violations", violations);
      json.writeNumberField("undecided", undecided);
      json.writeEndObject();
    }
  }

  private static void counts(JsonGenerator json, String name, SortedMap<String, Long> counts)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
  }

  /**
   * @throws IOException also when the file is another one
   */
  public static RunFigures read(Path file) throws IOException {
    Map<?, ?> json =
        Json.object(Files.readString(file))
            .orElseThrow(() -> new IOException("no figures: " + file));
    return new RunFigures(
        text(json, "name"),
        number(json, "seed"),
        text(json, "commit"),
        number(json, "seconds"),
        counts(json, "operations"),
        counts(json, "faults"),
        counts(json, "longestGapMillis"),
        counts(json, "checked"),
        counts(json, "violations"),
        number(json, "undecided"));
  }

  private static String text(Map<?, ?> json, String name) throws IOException {
    if (json.get(name) instanceof String text) {
      return text;
    }
    throw new IOException("no text called " + name);
  }

  private static long number(Map<?, ?> json, String name) throws IOException {
    if (json.get(name) instanceof BigDecimal number) {
      return number.longValue();
    }
    throw new IOException("no number called " + name);
  }

  private static SortedMap<String, Long> counts(Map<?, ?> json, String name) throws IOException {
    if (!(json.get(name) instanceof Map<?, ?> map)) {
      throw new IOException("no counts called " + name);
    }
    SortedMap<String, Long> counts = new TreeMap<>();
    for (Object key : map.keySet()) {
      counts.put(String.valueOf(key), number(map, String.valueOf(key)));
    }
    return counts;
  }
}
