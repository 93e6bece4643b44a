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
 * Many seeds, each a history of topics. {@code -Dsimulator.topicSeeds=N} runs more of them, {@code
 * -Dsimulator.seed=S} one.
 */
class TopicSimulatorTest {
  private static final int SEEDS = Integer.getInteger("simulator.topicSeeds", 30);
  private static final int SEEDS_FOR_A_BUG = 30;

  @Test
  void promisesOfTopicsHold() {
    Long only = Long.getLong("simulator.seed");
    long first = only == null ? 1 : only;
    long last = only == null ? SEEDS : only;
    TopicSimulation.Summary all =
        LongStream.rangeClosed(first, last)
            .parallel()
            .mapToObj(TopicSimulatorTest::run)
            .reduce(new TopicSimulation.Summary(0, 0, 0, 0), TopicSimulation.Summary::and);
    long histories = last - first + 1;
    assertThat(all.accepted()).as("messages published in all").isGreaterThan((int) histories * 50);
    assertThat(all.repeated()).as("publishes repeated in all").isGreaterThan((int) histories);
    assertThat(all.forgotten()).as("times bodies were forgotten").isGreaterThan((int) histories);
    assertThat(all.replayed()).as("messages replayed in all").isGreaterThan((int) histories);
  }

  private static TopicSimulation.Summary run(long seed) {
    try {
      return new TopicSimulation(seed, PlantedBug.NONE).run();
    } catch (AssertionError | RuntimeException failure) {
      throw new AssertionError("Failed with -Dsimulator.seed=" + seed, failure);
    }
  }

  /** A checker that never fails checks nothing. */
  @ParameterizedTest
  @MethodSource("bugs")
  void plantedBugsOfTopicsAreFound(PlantedBug bug) {
    List<String> found = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS_FOR_A_BUG && found.isEmpty(); seed++) {
      try {
        new TopicSimulation(seed, bug).run();
      } catch (AssertionError | RuntimeException seen) {
        found.add(Objects.requireNonNullElse(seen.getMessage(), seen.toString()));
      }
    }
    assertThat(found).as("complaints about %s", bug).isNotEmpty();
    assertThat(found.getFirst()).containsPattern(complaint(bug));
  }

  private static Stream<PlantedBug> bugs() {
    return Stream.of(PlantedBug.values()).filter(PlantedBug::isOfTopics);
  }

  private static String complaint(PlantedBug bug) {
    return switch (bug) {
      case TARGET_FORGOTTEN, FAN_OUT_NOT_CARRIED, REPLAY_ENDED_EARLY -> "got of its topics";
      case REPLAY_BESIDE_NEW_MESSAGES -> "got of its topics|order";
      case PUBLISH_REPEATED -> "a publish taken twice";
      case BODIES_FORGOTTEN_EARLY, HOLDERS_FORGOTTEN_AT_RESTART ->
          "body is gone|replicas (disagree|of .* differ)";
      default -> "";
    };
  }
}
