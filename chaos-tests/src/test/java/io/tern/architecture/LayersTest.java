package io.tern.architecture;

import static io.tern.architecture.LayerRules.livesIn;
import static io.tern.architecture.LayerRules.mustNotUse;
import static io.tern.architecture.LayerRules.noCycles;
import static io.tern.architecture.LayerRules.noUpwardUse;
import static io.tern.architecture.LayerRules.usesOnly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The arrows between modules and packages, and that a wrong arrow is found. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LayersTest {
  private static final String NODE = "io.tern.node";
  private static final String STATE = "io.tern.state";
  private static final String TERN_NODE = "io.tern.node.TernNode";
  private static final String NODE_PORTS = "io.tern.node.NodePorts";

  private final JavaClasses shipped = OurClasses.shipped();
  private final JavaClasses fixtures = OurClasses.fixtures();

  @TestFactory
  Stream<DynamicTest> theLineOfPackagesInANode() {
    return noUpwardUse(NODE).stream().map(this::holds);
  }

  @TestFactory
  Stream<DynamicTest> theArrowsBetweenModules() {
    return Stream.of(
            usesOnly("io.tern.state..", List.of("java..", "org.jspecify..", "io.tern.state..")),
            mustNotUse("io.tern.disk..", List.of("io.tern.node..", "io.tern.protocols..")),
            mustNotUse("io.tern.protocols..", List.of("io.tern.node..", "io.tern.disk..")),
            mustNotUse(
                "io.tern.proto..",
                List.of("io.tern.state..", "io.tern.disk..", "io.tern.protocols..")),
            mustNotUse(
                "io.tern.client..",
                List.of(
                    "io.tern.state..", "io.tern.disk..", "io.tern.protocols..", "io.tern.node..")),
            mustNotUse(
                "io.tern.command..",
                List.of(
                    "io.tern.state..",
                    "io.tern.disk..",
                    "io.tern.protocols..",
                    "io.tern.topics..",
                    "io.tern.node..")))
        .map(this::holds);
  }

  @TestFactory
  Stream<DynamicTest> theHomesOfLibraries() {
    return Stream.of(
            livesIn(
                List.of("org.apache.ratis.."),
                List.of("io.tern.node.raft..", "org.apache.ratis..")),
            livesIn(List.of("org.rocksdb.."), List.of("io.tern.disk..")),
            livesIn(
                List.of("io.vertx..", "io.netty.."),
                List.of("io.tern.node.edge..", "io.tern.node.delivery..", TERN_NODE, NODE_PORTS)),
            livesIn(
                List.of("io.grpc.netty.."),
                List.of(
                    "io.tern.node.grpc..",
                    "io.tern.node.routing..",
                    "io.tern.command.rpc..",
                    "io.tern.client..",
                    TERN_NODE)),
            livesIn(
                List.of("com.typesafe.config..", "org.snakeyaml.."),
                List.of("io.tern.command.imports..")))
        .map(this::holds);
  }

  @Test
  void thePackagesOfTheCoreFormNoCircle() {
    noCycles(STATE).check(shipped);
  }

  @Test
  void everyPackageOfTheNodeHasItsPlace() {
    TreeSet<String> places = new TreeSet<>(List.of(NODE));
    LayerRules.LINE.forEach(name -> places.add(NODE + "." + name));
    LayerRules.FOR_ALL.forEach(name -> places.add(NODE + "." + name));

    TreeSet<String> packages = new TreeSet<>();
    for (JavaClass type : shipped) {
      if (type.getPackageName().startsWith(NODE)) {
        packages.add(type.getPackageName());
      }
    }

    assertThat(packages).isEqualTo(places);
  }

  @Test
  void weReplaceOneClassOfRatisAndNoMore() {
    assertThat(shipped.stream().map(JavaClass::getName))
        .filteredOn(name -> name.startsWith("org.apache.ratis.") && !name.endsWith("package-info"))
        .containsExactly("org.apache.ratis.util.AtomicFileOutputStream");
  }

  @Test
  void classFilesOfThisJavaVersionAreRead() {
    assertThat(shipped.stream().map(JavaClass::getName))
        .contains("io.tern.state.Command$SendMessage", "io.tern.state.partition.PartitionMachine");
  }

  @Test
  void anUpwardUseIsFound() {
    assertThat(noUpwardUse(OurClasses.fixture("node")))
        .anySatisfy(rule -> fails(rule, "fixture.node.raft.LooksUp", "fixture.node.edge.Door"))
        .anySatisfy(rule -> fails(rule, "fixture.node.config.LooksUp", "fixture.node.edge.Door"))
        .anySatisfy(rule -> fails(rule, "fixture.node.edge.LooksUp", "fixture.node.Wiring"));
  }

  @Test
  void aWrongArrowBetweenModulesIsFound() {
    String core = LayerRules.within(OurClasses.fixture("state"));
    fails(usesOnly(core, List.of("java..")), "fixture.state.UsesLibrary", "org.assertj");
    fails(mustNotUse(core, List.of("org.assertj..")), "fixture.state.UsesLibrary", "org.assertj");
  }

  @Test
  void aLibraryFarFromItsHomeIsFound() {
    fails(
        livesIn(List.of("org.assertj.."), List.of("io.tern.node.raft..")),
        "fixture.state.UsesLibrary",
        "org.assertj");
  }

  @Test
  void aCircleIsFound() {
    fails(noCycles(OurClasses.fixture("state")), "Cycle detected", "crossing", "queue");
  }

  private DynamicTest holds(ArchRule rule) {
    return DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(shipped));
  }

  private void fails(ArchRule rule, String... reasons) {
    assertThatThrownBy(() -> rule.check(fixtures))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(reasons);
  }
}
