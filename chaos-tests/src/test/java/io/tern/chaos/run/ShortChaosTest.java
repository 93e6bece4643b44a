package io.tern.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tern.chaos.container.Capability;
import io.tern.chaos.container.ClusterOptions;
import io.tern.chaos.container.Machine;
import io.tern.chaos.nemesis.Nemeses;
import io.tern.chaos.nemesis.Nemesis;
import io.tern.chaos.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The short suite: two clusters, each with every workload and half of the nemeses, one after the
 * other. Says in one line what the machine cannot do.
 */
class ShortChaosTest {
  private static final int CLUSTERS = 2;
  private static final int HOLD_MILLIS = 2_000;

  private static final Machine MACHINE = Machine.probe();

  @BeforeAll
  static void sayWhatIsSkipped() {
    if (!MACHINE.missing().isEmpty()) {
      String skipped =
          Nemeses.all().stream()
              .filter(nemesis -> !Nemeses.possible(MACHINE).contains(nemesis))
              .map(Nemesis::name)
              .collect(Collectors.joining(", "));
      System.out.println(
          "chaos: skipped "
              + (MACHINE.has(Capability.DOCKER) ? skipped : "all of it")
              + ", because "
              + String.join("; ", MACHINE.missing().values().stream().distinct().toList()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void everyNemesisOnceAndEveryWorkload(int which) {
    assumeTrue(MACHINE.has(Capability.DOCKER), "no Docker daemon answers");
    List<Nemesis> mine = new ArrayList<>();
    List<Nemesis> possible = Nemeses.possible(MACHINE);
    for (int i = which; i < possible.size(); i += CLUSTERS) {
      mine.add(possible.get(i));
    }
    RunPlan plan = RunPlan.each("short-" + which, which, mine, Workloads.names(), HOLD_MILLIS);
    ChaosRun.Result result = ChaosRun.execute(MACHINE, ClusterOptions.of(plan.name()), plan);
    String report = Reports.write(result);
    assertThat(result.isGreen()).as(report).isTrue();
  }
}
