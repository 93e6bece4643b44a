package io.tern.architecture;

import static io.tern.architecture.PurityRules.chanceOnlyIn;
import static io.tern.architecture.PurityRules.clocksOnlyIn;
import static io.tern.architecture.PurityRules.noHashOrder;
import static io.tern.architecture.PurityRules.noOutsideWorld;
import static io.tern.architecture.PurityRules.noSystem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The core is deterministic; clocks and chance enter at named places only. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PurityTest {
  private static final String ALL = "io.tern..";
  private static final String CORE = "io.tern.state..";
  private static final List<String> NOWHERE = List.of();

  private final JavaClasses shipped = OurClasses.shipped();
  private final JavaClasses fixtures = OurClasses.fixtures();
  private final String impure = LayerRules.within(OurClasses.fixture("impure"));

  @Test
  void theCoreKnowsNoOutsideWorld() {
    noOutsideWorld(CORE).check(shipped);
    noSystem(CORE).check(shipped);
  }

  @Test
  void nothingInTheCoreFollowsTheOrderOfAHashTable() {
    noHashOrder(CORE).check(shipped);
  }

  @Test
  void oneClassOfTheServerAndOneOfTheClientReadClocks() {
    clocksOnlyIn(ALL, List.of("io.tern.node.config.WallClock", "io.tern.client.Ticker"))
        .check(shipped);
  }

  @Test
  void chanceEntersAtNamedPlaces() {
    // Ids of requests, messages and move tasks, passwords of numbers, the jitter of retries, and
    // the cluster's keys.
    chanceOnlyIn(
            ALL,
            List.of(
                "io.tern.node.edge.RequestHandler",
                "io.tern.node.sns.OutgoingPublish",
                "io.tern.node.sns.SandboxApi",
                "io.tern.node.sns.SnsApi",
                "io.tern.node.api.Outgoing",
                "io.tern.node.api.MoveTaskApi",
                "io.tern.node.leader.CarriedContent",
                "io.tern.node.delivery.Deliveries",
                "io.tern.node.delivery.Senders",
                "io.tern.node.SigningKeys",
                "io.tern.topics.envelope.SigningIdentities",
                "io.tern.node.PartitionDuties",
                "io.tern.client.Chance"))
        .check(shipped);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"java.util.concurrent", "java.nio.file", "java.lang.Thread", "java.util.Random"})
  void theOutsideWorldIsFound(String name) {
    fails(noOutsideWorld(impure), "fixture.impure.Worldly", name);
  }

  @Test
  void askingTheSystemIsFound() {
    fails(noSystem(impure), "fixture.impure.Worldly", "getenv");
  }

  @ParameterizedTest
  @ValueSource(strings = {"currentTimeMillis", "nanoTime", "Instant.now", "Clock.systemUTC"})
  void aClockIsFound(String name) {
    fails(clocksOnlyIn(impure, NOWHERE), "fixture.impure.ReadsClocks", name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UUID.randomUUID", "Math.random", "ThreadLocalRandom.current"})
  void chanceIsFound(String name) {
    fails(chanceOnlyIn(impure, NOWHERE), "fixture.impure.UsesChance", name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HashOrder.values", "HashOrder.keys", "HashOrder.each", "HashSet.<init>"})
  void theOrderOfAHashTableIsFound(String name) {
    fails(noHashOrder(impure), name);
  }

  @Test
  void honestCodePasses() {
    assertThatCode(
            () -> {
              String pure = LayerRules.within(OurClasses.fixture("pure"));
              noHashOrder(pure).check(fixtures);
              noSystem(pure).check(fixtures);
              noOutsideWorld(pure).check(fixtures);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void aHomeIsExemptWithItsNestedClasses() {
    String home = OurClasses.fixture("impure.ReadsClocks");
    assertThat(clocksOnlyIn(impure, List.of(home)).evaluate(fixtures).hasViolation()).isFalse();
  }

  private void fails(ArchRule rule, String... reasons) {
    assertThatThrownBy(() -> rule.check(fixtures))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(reasons);
  }
}
