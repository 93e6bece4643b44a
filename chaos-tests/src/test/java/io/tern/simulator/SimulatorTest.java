package io.tern.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Queues alone, a history for each seed, with more requests at once than {@link
 * ClusterSimulatorTest}. {@code -Dsimulator.queueSeeds=N} runs more, {@code -Dsimulator.seed=S}
 * one.
 */
class SimulatorTest {
  private static final int SEEDS = Integer.getInteger("simulator.queueSeeds", 60);
  private static final int SEEDS_FOR_A_BUG = 100;

  @Test
  void promisesHold() {
    Long only = Long.getLong("simulator.seed");
    long first = only == null ? 1 : only;
    long last = only == null ? SEEDS : only;
    Simulation.Summary all =
        LongStream.rangeClosed(first, last)
            .parallel()
            .mapToObj(SimulatorTest::run)
            .reduce(new Simulation.Summary(0, 0, 0, 0, 0, 0), Simulation.Summary::and);
    long histories = last - first + 1;
    assertThat(all.sent()).as("messages sent in all").isGreaterThan(histories * 20);
    assertThat(all.received()).as("messages received in all").isGreaterThan(histories * 20);
    if (histories >= 50) {
      assertThat(all.repeated()).as("sends repeated in all").isGreaterThan(histories);
      assertThat(all.moved()).as("messages moved in all").isGreaterThan(histories);
    }
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
  @MethodSource("bugs")
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

  private static Stream<PlantedBug> bugs() {
    return Stream.of(PlantedBug.values())
        .filter(bug -> bug != PlantedBug.NONE && !bug.isOfTopics() && !bug.isOfCluster());
  }

  private static String complaint(PlantedBug bug) {
    return switch (bug) {
      case NONE,
          FSYNC_OFF,
          CLOCK_NOT_CLAMPED,
          TARGET_FORGOTTEN,
          FAN_OUT_NOT_CARRIED,
          PUBLISH_REPEATED,
          BODIES_FORGOTTEN_EARLY,
          HOLDERS_FORGOTTEN_AT_RESTART,
          REPLAY_BESIDE_NEW_MESSAGES,
          REPLAY_ENDED_EARLY ->
          "";
      case DELIVERIES_WITHOUT_PREVIOUS_CHECK ->
          "queues installed|nobody deleted|taken twice|never on its way";
      case IMAGES_WITHOUT_TOUCHED_MESSAGES,
          CLOCK_OF_THE_REPLICA,
          DEDUPLICATION_FORGOTTEN_AT_RESTART ->
          "replicas (disagree|of .* differ)";
      case SHORT_LEASES -> "leases overlap|messages found|the same attempt";
      case FORGOTTEN_DELETES -> "came back|messages found|dead letter|visible";
      case EARLY_EXPIRY -> "lost before its retention";
      case PARKED_AND_KEPT -> "came back|visible|messages found";
      case PARKED_NOWHERE -> "lost before its retention";
      case NOT_SENT_BACK -> "in no place";
      case DEDUPLICATION_IGNORED -> "stored twice within its window";
      case LOCK_IGNORED -> "messages found|earlier message of its group";
    };
  }
}
