package io.tern.chaos.checker;

import io.tern.chaos.history.History;
import io.tern.chaos.history.Operation;
import io.tern.chaos.history.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Runs all checkers over what each workload did; the end of every chaos run. */
public final class Judgement {
  private Judgement() {}

  /** One for each workload, by name. */
  public static List<WorkloadVerdicts> of(History history) {
    TreeSet<String> workloads = new TreeSet<>();
    history.operations().forEach(operation -> workloads.add(operation.workload()));
    List<WorkloadVerdicts> judged = new ArrayList<>();
    for (String workload : workloads) {
      judged.add(of(workload, history.of(workload)));
    }
    return judged;
  }

  private static WorkloadVerdicts of(String workload, History history) {
    long ok = count(history.operations(), Outcome.OK);
    long fail = count(history.operations(), Outcome.FAIL);
    long unknown = count(history.operations(), Outcome.UNKNOWN);
    List<Verdict> verdicts =
        Checkers.all().stream().map(checker -> checker.check(history)).toList();
    return new WorkloadVerdicts(workload, ok, fail, unknown, verdicts);
  }

  private static long count(List<Operation> operations, Outcome outcome) {
    return operations.stream().filter(operation -> operation.outcome() == outcome).count();
  }
}
