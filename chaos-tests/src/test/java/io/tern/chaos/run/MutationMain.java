package io.tern.chaos.run;

import io.tern.chaos.checker.Verdict;
import io.tern.chaos.checker.WorkloadVerdicts;
import io.tern.chaos.container.ClusterOptions;
import io.tern.chaos.container.Machine;
import io.tern.chaos.mutation.MutantJar;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs real clusters with a planted bug each, and asks that the checkers find it: what {@code make
 * mutations} calls. Ends with 1 when one was not found.
 */
public final class MutationMain {
  private MutationMain() {}

  public static void main(String[] unused) {
    Machine machine = Machine.probe();
    String only = System.getProperty("chaos.mutation", "");
    int missed = 0;
    for (PlantedBug bug : PlantedBug.all()) {
      if (only.isEmpty() || bug.name().equals(only)) {
        missed += isFound(machine, bug) ? 0 : 1;
      }
    }
    System.exit(missed == 0 ? 0 : 1);
  }

  private static boolean isFound(Machine machine, PlantedBug bug) {
    ClusterOptions options = ClusterOptions.of("mutation-" + bug.name());
    if (bug.mutation().isPresent()) {
      String jar = MutantJar.write(bug.mutation().get(), machine.toolFolder());
      options = options.withJvmFlag("-javaagent:/chaos/" + jar);
    }
    ChaosRun.Result result = ChaosRun.execute(machine, options, bug.plan());
    List<String> found = new ArrayList<>();
    boolean asExpected = false;
    for (WorkloadVerdicts workload : result.verdicts()) {
      for (Verdict verdict : workload.verdicts()) {
        if (!verdict.isGreen()) {
          found.add(
              "%s of %s (%d)"
                  .formatted(verdict.checker(), workload.workload(), verdict.violationCount()));
          asExpected |= bug.checkers().contains(verdict.checker());
        }
      }
    }
    System.out.println(Reports.writePageOnly(result));
    System.out.printf(
        "mutation %s: %s, by %s%n", bug.name(), asExpected ? "found" : "MISSED", found);
    return asExpected;
  }
}
