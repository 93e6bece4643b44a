package io.tern.chaos.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tern.chaos.ClusterSpec;
import io.tern.chaos.TernCluster;
import io.tern.chaos.checker.Judgement;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import io.tern.chaos.history.Outcome;
import io.tern.chaos.history.Recorder;
import io.tern.chaos.report.SummaryLine;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All workloads at once against three healthy nodes: each does what it is for, and ends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkloadsTest {
  private static final long SEED = 4711;
  private static final int OPERATIONS_PER_SECOND = 20;
  private static final int ENOUGH_OPERATIONS = 150;
  private static final Duration ENOUGH_WITHIN = Duration.ofMinutes(2);

  private static final Set<String> MESSAGES = Set.of("Send", "Receive", "Delete");
  private static final Set<String> PUBLISHES = Set.of("Publish", "Receive", "Delete");
  private static final Set<String> NAMES =
      Set.of(
          "CreateQueue",
          "DeleteQueue",
          "SetAttribute",
          "GetAttribute",
          "CreateTopic",
          "DeleteTopic");

  /** What each workload must have done successfully. */
  private static final Map<String, Set<String>> KINDS =
      Map.of(
          "standard", MESSAGES,
          "fifo", MESSAGES,
          "delays", MESSAGES,
          "visibility", with(MESSAGES, Set.of("ChangeVisibility")),
          "dead-letter", with(MESSAGES, Set.of("StartMove")),
          "fan-out", PUBLISHES,
          "fifo-topic", PUBLISHES,
          "administration", NAMES,
          "mixed",
              with(
                  with(MESSAGES, PUBLISHES),
                  Set.of("ChangeVisibility", "Purge", "StartMove", "CreateTopic")));

  /** Refused without faults too: late receipts of FIFO queues, races for a name or a task. */
  private static final List<String> EXPECTED_REFUSALS =
      List.of(
          "The receipt handle has expired",
          "is not available for visibility timeout change",
          "There is already a task running",
          "The specified queue does not exist",
          "A queue already exists with the same name");

  private History all = new History(List.of(), List.of(), List.of(), List.of());

  static Stream<String> names() {
    return Workloads.names().stream();
  }

  @BeforeAll
  void runAll() throws InterruptedException, ExecutionException {
    Recorder recorder = new Recorder();
    try (TernCluster cluster = TernCluster.start(ClusterSpec.ofNodes("workloads", 3).relaxed())) {
      Map<String, URI> endpoints = new LinkedHashMap<>();
      cluster.nodes().forEach(n -> endpoints.put(n.address().nodeId(), n.address().endpoint()));
      WorkloadContext context =
          new WorkloadContext(endpoints, recorder, SEED, OPERATIONS_PER_SECOND);
      List<Workload> workloads =
          Workloads.names().stream().map(name -> Workloads.create(name, context)).toList();
      workloads.forEach(Workload::prepare);
      workloads.forEach(Workload::start);
      await("every workload does enough")
          .atMost(ENOUGH_WITHIN)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> enough(recorder.history()));
      workloads.forEach(Workload::stop);
      try (ExecutorService threads = Executors.newFixedThreadPool(workloads.size())) {
        List<Future<?>> drains =
            workloads.stream().<Future<?>>map(w -> threads.submit(w::drain)).toList();
        for (Future<?> drain : drains) {
          drain.get();
        }
      }
    }
    all = recorder.history();
  }

  private static boolean enough(History history) {
    return Workloads.names().stream()
        .allMatch(name -> {
          Map<String, Long> done = done(history.of(name));
          return done.keySet().containsAll(KINDS.getOrDefault(name, Set.of()))
              && done.values().stream().mapToLong(count -> count).sum() >= ENOUGH_OPERATIONS;
        });
  }

  /** Successful operations by kind. */
  private static Map<String, Long> done(History history) {
    return history.operations().stream()
        .filter(Operation::isOk)
        .collect(
            Collectors.groupingBy(o -> o.call().getClass().getSimpleName(), Collectors.counting()));
  }

  @Test
  void everyWorkloadIsHere() {
    assertThat(KINDS.keySet()).containsExactlyInAnyOrderElementsOf(Workloads.names());
  }

  @ParameterizedTest
  @MethodSource("names")
  void nothingIsRefusedThatShouldNotBe(String name) {
    History history = all.of(name);
    System.out.printf("%s: succeeded %s%n", name, done(history));
    assertThat(history.operations())
        .filteredOn(operation -> operation.outcome() == Outcome.FAIL)
        .allMatch(o -> EXPECTED_REFUSALS.stream().anyMatch(String.valueOf(o.error())::contains));
  }

  @Test
  void allCheckersAreContent() {
    assertThat(Judgement.of(all))
        .extracting(SummaryLine::of)
        .allMatch(line -> line.contains(": GREEN, "));
  }

  private static Set<String> with(Set<String> some, Set<String> others) {
    return Stream.concat(some.stream(), others.stream()).collect(Collectors.toSet());
  }
}
