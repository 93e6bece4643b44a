package io.tern.chaos.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tern.chaos.ClusterSpec;
import io.tern.chaos.TernCluster;
import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call;
import io.tern.chaos.history.Delivery;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import io.tern.chaos.history.Outcome;
import io.tern.chaos.history.Recorder;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All workloads at once against three healthy nodes: each does what it is for, and ends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkloadsTest {
  private static final long SEED = 4711;
  private static final int OPERATIONS_PER_SECOND = 30;
  private static final int ENOUGH_OPERATIONS = 500;
  private static final Duration ENOUGH_WITHIN = Duration.ofSeconds(60);

  /** What is refused without faults too: late receipts, races for a name, one task at a time. */
  private static final List<String> EXPECTED_REFUSALS = List.of("?");

  private History all = new History(List.of(), List.of(), List.of(), List.of());

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

  static Stream<String> names() {
    return Workloads.names().stream();
  }

  private static boolean enough(History history) {
    Map<String, Long> ok =
        history.operations().stream()
            .filter(Operation::isOk)
            .collect(Collectors.groupingBy(Operation::workload, Collectors.counting()));
    return Workloads.names().stream()
        .allMatch(name -> ok.getOrDefault(name, 0L) >= ENOUGH_OPERATIONS);
  }

  @ParameterizedTest
  @MethodSource("names")
  void nothingIsRefusedThatShouldNotBe(String name) {
    List<String> errors =
        all.of(name).operations().stream()
            .filter(operation -> !operation.isOk())
            .map(o -> o.outcome() + " " + o.call().getClass().getSimpleName() + " " + o.error())
            .toList();
    System.out.println(
        name + ": " + all.of(name).operations().size() + " operations; " + kinds(name));
    errors.stream().distinct().limit(20).forEach(System.out::println);
    assertThat(all.of(name).operations()).noneMatch(o -> o.outcome() == Outcome.UNKNOWN);
    assertThat(EXPECTED_REFUSALS).isNotEmpty();
  }

  private Map<String, Long> kinds(String name) {
    return all.of(name).operations().stream()
        .filter(Operation::isOk)
        .collect(
            Collectors.groupingBy(o -> o.call().getClass().getSimpleName(), Collectors.counting()));
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyAcknowledgedMessageIsSeen(String name) {
    Set<String> seen = new HashSet<>();
    for (Operation operation : all.of(name).operations()) {
      if (operation.answer() instanceof Answer.Received received) {
        for (Delivery delivery : received.deliveries()) {
          seen.add(delivery.messageId() + delivery.body());
        }
      }
    }
    for (Operation operation : all.of(name).operations()) {
      if (operation.call() instanceof Call.Send send
          && operation.answer() instanceof Answer.Stored stored) {
        assertThat(seen).contains(stored.messageId() + send.body());
      }
    }
  }
}
