package io.tern.chaos.run;

import static org.awaitility.Awaitility.await;

import io.tern.chaos.checker.Judgement;
import io.tern.chaos.checker.Verdict;
import io.tern.chaos.checker.WorkloadVerdicts;
import io.tern.chaos.container.ClusterOptions;
import io.tern.chaos.container.ContainerCluster;
import io.tern.chaos.container.Machine;
import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import io.tern.chaos.history.Recorder;
import io.tern.chaos.workload.Workload;
import io.tern.chaos.workload.WorkloadContext;
import io.tern.chaos.workload.Workloads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One run: a new cluster, all workloads on it, the faults of a plan, then heal, drain and judge. A
 * run that cannot end as planned is red, with the reason as a violation.
 */
final class ChaosRun {
  private static final Duration ALL_WORK_WITHIN = Duration.ofSeconds(60);

  /** Of the whole cluster, beside the verdicts of workloads. */
  private static final String CLUSTER = "cluster";

  /**
   * What came of it.
   *
   * @param seconds from the first operation to the end of the drain
   */
  record Result(RunPlan plan, History history, List<WorkloadVerdicts> verdicts, double seconds) {
    boolean isGreen() {
      return verdicts.stream().allMatch(WorkloadVerdicts::isGreen);
    }
  }

  private final RunPlan plan;
  private final Recorder recorder = new Recorder();
  private final List<Verdict> clusterVerdicts = new ArrayList<>();

  private ChaosRun(RunPlan plan) {
    this.plan = plan;
  }

  static Result execute(Machine machine, ClusterOptions options, RunPlan plan) {
    ChaosRun run = new ChaosRun(plan);
    long began;
    try (ContainerCluster cluster = ContainerCluster.start(machine, options)) {
      began = System.nanoTime();
      run.pass(cluster);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    History history = run.recorder.history();
    List<WorkloadVerdicts> verdicts = new ArrayList<>(Judgement.of(history));
    verdicts.add(new WorkloadVerdicts(CLUSTER, 0, 0, 0, run.clusterVerdicts));
    return new Result(plan, history, verdicts, seconds);
  }

  private void pass(ContainerCluster cluster) {
    List<Workload> workloads = workloads(cluster);
    Faults faults = new Faults(cluster, recorder, plan.seed());
    String doing = "prepare";
    try {
      workloads.forEach(Workload::prepare);
      doing = "start";
      workloads.forEach(Workload::start);
      awaitAllWork();
      for (Step step : plan.steps()) {
        doing = step.toString();
        faults.pass(step);
      }
      doing = "stop";
      workloads.parallelStream().forEach(Workload::stop);
      doing = "drain";
      workloads.parallelStream().forEach(Workload::drain);
      doing = "compare replicas";
      clusterVerdicts.add(ClusterChecks.replicas(cluster));
    } catch (RuntimeException | AssertionError failed) {
      String why = "while doing \"%s\": %s".formatted(doing, failed.getMessage());
      clusterVerdicts.add(new Verdict("course", 1, 1, List.of(why), Map.of()));
      workloads.parallelStream().forEach(Workload::stop);
    }
    clusterVerdicts.add(ClusterChecks.logs(cluster));
  }

  private List<Workload> workloads(ContainerCluster cluster) {
    int each = Math.max(1, plan.operationsPerSecond() / plan.workloads().size());
    List<Workload> workloads = new ArrayList<>();
    for (String name : plan.workloads()) {
      long seed = plan.seed() * 31 + name.hashCode();
      workloads.add(
          Workloads.create(name, new WorkloadContext(cluster.endpoints(), recorder, seed, each)));
    }
    return workloads;
  }

  /** The first fault comes when every workload has got something done. */
  private void awaitAllWork() {
    await("every workload works")
        .atMost(ALL_WORK_WITHIN)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          Set<String> working = new HashSet<>();
          for (Operation operation : recorder.history().operations()) {
            if (operation.isOk()) {
              working.add(operation.workload());
            }
          }
          return working.containsAll(plan.workloads());
        });
  }
}
