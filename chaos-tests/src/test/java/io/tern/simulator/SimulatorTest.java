package io.tern.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many seeds, each a history of its own. {@code -Dsimulator.seeds=N} runs more of them, {@code
 * -Dsimulator.seed=S} one.
 */
class SimulatorTest {
  private static final int SEEDS = Integer.getInteger("simulator.seeds", 300);
  private static final int SEEDS_FOR_A_BUG = 60;

  @Test
  void promisesHold() {
    Long only = Long.getLong("simulator.seed");
    long first = only == null ? 1 : only;
    long last = only == null ? SEEDS : only;
    int sent = 0;
    int received = 0;
    for (long seed = first; seed <= last; seed++) {
      Simulation.Summary summary = run(seed);
      sent += summary.sent();
      received += summary.received();
    }
    assertThat(sent).as("messages sent in all").isGreaterThan((int) (last - first + 1) * 20);
    assertThat(received)
        .as("messages received in all")
        .isGreaterThan((int) (last - first + 1) * 20);
  }

  private static Simulation.Summary run(long seed) {
    try {
      return new Simulation(seed, PlantedBug.NONE).run();
    } catch (AssertionError | RuntimeException failure) {
      throw new AssertionError("Failed with -Dsimulator.seed=" + seed, failure);
    }
  }

  /** A checker that never fails checks nothing. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void plantedBugsAreFound(PlantedBug bug) {
    List<String> found = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS_FOR_A_BUG && found.isEmpty(); seed++) {
      try {
        new Simulation(seed, bug).run();
      } catch (AssertionError | RuntimeException seen) {
        found.add(Objects.requireNonNullElse(seen.getMessage(), seen.toString()));
      }
    }
    assertThat(found).as("complaints about %s", bug).isNotEmpty();
    assertThat(found.getFirst()).containsPattern(complaint(bug));
  }

  private static String complaint(PlantedBug bug) {
    return switch (bug) {
      case NONE -> "";
      case DELIVERIES_WITHOUT_PREVIOUS_CHECK -> "queues installed|nobody deleted";
      case IMAGES_WITHOUT_TOUCHED_MESSAGES, CLOCK_OF_THE_REPLICA -> "replicas disagree";
      case SHORT_LEASES -> "leases overlap|messages found";
      case FORGOTTEN_DELETES -> "message came back|messages found";
      case EARLY_EXPIRY -> "lost before its retention";
    };
  }
}
