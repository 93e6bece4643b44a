package io.tern.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.simulator.ClusterSimulation.Summary;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole cluster, a history for each seed. {@code make simulate SEEDS=N} runs more of them,
 * {@code make simulate SEED=S} one, {@code make simulate TRACE=S} prints all that happens in it.
 */
@Tag("once")
class ClusterSimulatorTest {
  private static final int SEEDS = Integer.getInteger("simulator.seeds", 120);
  private static final long FIRST = Long.getLong("simulator.first", 1);
  private static final int SEEDS_FOR_A_BUG = 150;
  private static final long NANOS = 1_000_000_000;

  @Test
  void promisesHold() {
    Long only = Long.getLong("simulator.seed", Long.getLong("simulator.trace"));
    long first = only == null ? FIRST : only;
    long last = only == null ? FIRST + SEEDS - 1 : only;
    long begunNanos = System.nanoTime();
    Summary all =
        LongStream.rangeClosed(first, last)
            .parallel()
            .mapToObj(ClusterSimulatorTest::run)
            .reduce(Summary.NOTHING, Summary::and);
    tell(last - first + 1, all, System.nanoTime() - begunNanos);
    if (only == null) {
      checkNotIdle(last - first + 1, all);
    }
  }

  private static void checkNotIdle(long histories, Summary all) {
    assertThat(all.sent()).as("messages sent in all").isGreaterThan(histories * 20);
    assertThat(all.received()).as("messages received in all").isGreaterThan(histories * 20);
    assertThat(all.published()).as("messages published in all").isGreaterThan(histories * 20);
    assertThat(all.arrived()).as("notifications in all").isGreaterThan(histories * 20);
    assertThat(all.elections()).as("elections in all").isGreaterThan(histories * 5);
    if (histories >= 100) {
      assertThat(all.faults().keySet()).as("faults").containsExactly(Nemesis.Fault.values());
      assertThat(all.moved()).as("messages moved in all").isGreaterThan(histories);
      assertThat(all.installs()).as("checkpoints fetched in all").isPositive();
    }
  }

  private static void tell(long histories, Summary all, long nanos) {
    double seconds = (double) nanos / NANOS;
    double simulated = all.simulatedMillis() / 1_000.0;
    System.out.printf(
        Locale.ROOT,
        "%d seeds, no failure: %d commands in %d entries, %d sent, %d received, %d published,"
            + " %d notifications, %d moved; %d faults %s, %d elections, %d checkpoints fetched,"
            + " %d definitions looked up; %.0f simulated seconds in %.1f s, %.0f a second;"
            + " trace %016x%n",
        histories,
        all.commands(),
        all.entries(),
        all.sent(),
        all.received(),
        all.published(),
        all.arrived(),
        all.moved(),
        all.allFaults(),
        all.faults(),
        all.elections(),
        all.installs(),
        all.barriers(),
        simulated,
        seconds,
        simulated / seconds,
        all.hash());
  }

  private static Summary run(long seed) {
    try {
      return new ClusterSimulation(seed, PlantedBug.NONE, lines(seed)).run();
    } catch (AssertionError | RuntimeException failure) {
      throw new AssertionError(
          "seed=%d failed; replay it with: make simulate SEED=%d, or TRACE=%d to see every event: %s"
              .formatted(seed, seed, seed, failure.getMessage()),
          failure);
    }
  }

  private static @Nullable PrintStream lines(long seed) {
    return Objects.equals(Long.getLong("simulator.trace"), seed) ? System.out : null;
  }

  /** Nothing in a simulation comes from elsewhere than its seed. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 8})
  void seedsReplayBitByBit(long seed) {
    Summary first = new ClusterSimulation(seed, PlantedBug.NONE, null).run();
    Summary second = new ClusterSimulation(seed, PlantedBug.NONE, null).run();
    assertThat(second).isEqualTo(first);
    assertThat(first.hash()).isNotZero();
  }

  @Test
  void seedsDiffer() {
    assertThat(new ClusterSimulation(1, PlantedBug.NONE, null).run().hash())
        .isNotEqualTo(new ClusterSimulation(2, PlantedBug.NONE, null).run().hash());
  }

  /** A checker that never fails checks nothing; each mistake is found for what it does. */
  @ParameterizedTest
  @EnumSource(
      names = {"NONE", "REPLAY_ENDED_EARLY"},
      mode = EnumSource.Mode.EXCLUDE)
  void plantedBugsAreFound(PlantedBug bug) {
    Pattern complaint = Pattern.compile(complaint(bug));
    List<String> found = new ArrayList<>();
    boolean fits = false;
    for (long seed = 1; seed <= SEEDS_FOR_A_BUG && !fits; seed++) {
      try {
        new ClusterSimulation(seed, bug, null).run();
      } catch (AssertionError | RuntimeException seen) {
        String message = Objects.requireNonNullElse(seen.getMessage(), seen.toString());
        fits = complaint.matcher(message).find();
        found.add(message);
      }
    }
    assertThat(fits).as("complaints about %s: %s", bug, found).isTrue();
  }

  private static String complaint(PlantedBug bug) {
    return switch (bug) {
      case NONE, REPLAY_ENDED_EARLY -> "";
      case FSYNC_OFF -> "acknowledged entry is lost";
      case DEDUPLICATION_FORGOTTEN_AT_RESTART -> "stored twice within its window";
      case DELIVERIES_WITHOUT_PREVIOUS_CHECK -> "taken twice";
      case CLOCK_NOT_CLAMPED -> "queue time goes back";
      case IMAGES_WITHOUT_TOUCHED_MESSAGES -> "rows and image";
      case CLOCK_OF_THE_REPLICA -> "replicas disagree";
      case SHORT_LEASES, FORGOTTEN_DELETES -> "messages found|came back";
      case EARLY_EXPIRY, PARKED_NOWHERE -> "lost before its retention";
      case PARKED_AND_KEPT -> "No row of a parked message|came back";
      case NOT_SENT_BACK -> "in no place";
      case DEDUPLICATION_IGNORED -> "stored twice within its window";
      case LOCK_IGNORED -> "messages found|earlier message of its group";
      case TARGET_FORGOTTEN, FAN_OUT_NOT_CARRIED -> "got of what was published";
      case PUBLISH_REPEATED -> "a publish taken twice";
      case BODIES_FORGOTTEN_EARLY, HOLDERS_FORGOTTEN_AT_RESTART -> "A body is gone";
      case REPLAY_BESIDE_NEW_MESSAGES -> "that nobody published";
    };
  }
}
