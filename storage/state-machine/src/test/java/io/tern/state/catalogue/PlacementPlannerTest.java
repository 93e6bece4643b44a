package io.tern.state.catalogue;

import static io.tern.state.catalogue.PlannedCluster.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.catalogue.PlacementStep.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Clusters that grow, shrink, lose nodes and zones: what is planned, and that it ends well. */
class PlacementPlannerTest {

  @Test
  void threeNodesInThreeZonesNeedNothing() {
    PlannedCluster cluster = PlannedCluster.of(6, "a1", "b1", "c1");
    assertThat(cluster.round(new Random(0), 0)).isFalse();
    cluster.checkRest();
  }

  @Test
  void aNodeAloneNeedsNothing() {
    PlannedCluster cluster = PlannedCluster.of(2, "a1");
    assertThat(cluster.round(new Random(0), 0)).isFalse();
    cluster.checkRest();
  }

  @Test
  void fromOneNodeToThree() {
    PlannedCluster cluster = PlannedCluster.of(2, "a1");
    cluster.join("b1");
    cluster.settle();
    cluster.checkRest();
    cluster.join("c1");
    cluster.settle();
    cluster.checkRest();
  }

  @Test
  void fromThreeNodesToSixAndBack() {
    PlannedCluster cluster = PlannedCluster.of(6, "a1", "b1", "c1");
    Stream.of("a2", "b2", "c2").forEach(cluster::join);
    cluster.settle();
    cluster.checkRest();
    assertThat(cluster.nodes.keySet()).allMatch(node -> cluster.load(node) == 3);
    // Half of the replicas, and two voters of the catalogue.
    assertThat(cluster.begun()).isEqualTo(9 + 2);

    Stream.of("a1", "b1", "c1").forEach(name -> cluster.set(name, NodeState.REMOVED));
    cluster.settle();
    cluster.checkRest();
    assertThat(cluster.load(peer("a1"))).isZero();
    assertThat(cluster.placement(0).replicas()).containsExactly(peer("a2"), peer("b2"), peer("c2"));
  }

  @Test
  void aDeadNodeIsReplacedAfterAWhile() {
    PlannedCluster cluster = PlannedCluster.of(6, "a1", "b1", "c1");
    cluster.join("c2");
    cluster.settle();
    cluster.checkRest();
    cluster.kill("c1");
    assertThat(cluster.round(new Random(0), 0)).isFalse();
    cluster.pass(PlannedCluster.GRACE_MILLIS);
    cluster.settle();
    cluster.checkRest();
    assertThat(cluster.load(peer("c2"))).isEqualTo(6);

    cluster.revive("c1");
    cluster.settle();
    cluster.checkRest();
    assertThat(cluster.load(peer("c1"))).isEqualTo(3);
  }

  @Test
  void aDeadNodeThatNobodyReplacesKeepsItsReplicas() {
    PlannedCluster cluster = PlannedCluster.of(6, "a1", "b1", "c1");
    cluster.kill("c1");
    cluster.pass(10 * PlannedCluster.GRACE_MILLIS);
    assertThat(cluster.round(new Random(0), 0)).isFalse();
    // Until an operator says that it will not return.
    cluster.set("c1", NodeState.REMOVED);
    cluster.settle();
    cluster.checkRest();
    assertThat(cluster.records.values()).allMatch(placement -> placement.replicas().size() == 2);
  }

  @Test
  void anEmptyDiskIsAnotherPeerThatIsFilledAtOnce() {
    PlannedCluster cluster = PlannedCluster.of(6, "a1", "b1", "c1");
    cluster.wipe("b1");
    cluster.settle();
    cluster.checkRest();
    assertThat(cluster.load(peer("b1"))).isZero();
    assertThat(cluster.load(cluster.current("b1"))).isEqualTo(6);
  }

  @Test
  void aZoneIsLostForLongAndReturns() {
    PlannedCluster cluster = PlannedCluster.of(8, "a1", "b1", "c1");
    Stream.of("a2", "b2", "c2").forEach(cluster::join);
    cluster.settle();
    cluster.kill("c1");
    cluster.kill("c2");
    assertThat(cluster.round(new Random(0), 0)).isFalse();
    cluster.pass(PlannedCluster.GRACE_MILLIS);
    cluster.settle();
    cluster.checkRest();
    assertThat(cluster.load(peer("c1")) + cluster.load(peer("c2"))).isZero();
    // Of the five voters of the catalogue four nodes cannot replace the one that is dead.
    assertThat(cluster.placement(0).replicas()).hasSize(5);

    cluster.revive("c1");
    cluster.revive("c2");
    cluster.settle();
    cluster.checkRest();
  }

  @Test
  void twoZonesOfTwoNodesShareEvenly() {
    PlannedCluster cluster = PlannedCluster.of(5, "a1", "b1");
    cluster.join("a2");
    cluster.join("b2");
    cluster.settle();
    cluster.checkRest();
  }

  @Test
  void aDrainedNodeIsEmptiedWhereOthersCanTakeOver() {
    PlannedCluster cluster = PlannedCluster.of(6, "a1", "b1", "c1");
    cluster.set("c1", NodeState.DRAINING);
    assertThat(cluster.round(new Random(0), 0)).isFalse();
    cluster.join("c2");
    cluster.settle();
    cluster.checkRest();
    assertThat(cluster.load(peer("c1"))).isZero();
    assertThat(cluster.load(peer("c2"))).isEqualTo(6);
  }

  @Test
  void newPartitionsAreCreatedWhereThereIsRoom() {
    PlannedCluster cluster = PlannedCluster.of(2, "a1", "b1", "c1");
    Stream.of("a2", "b2", "c2").forEach(cluster::join);
    Stream.of(3, 4, 5, 6).forEach(_ -> cluster.addPartition());
    cluster.settle();
    cluster.checkRest();
    // Two for the catalogue; the old partitions need not move, as the new ones come to others.
    assertThat(cluster.begun()).isLessThanOrEqualTo(2 + 3);
  }

  @Test
  void moreReplicasAreAddedWhenTheSettingSaysSo() {
    PlannedCluster cluster = PlannedCluster.of(4, "a1", "b1", "c1");
    Stream.of("a2", "b2", "c2").forEach(cluster::join);
    cluster.settings(new ClusterSettings(5, ""));
    cluster.settle();
    cluster.checkRest();
    cluster.settings(new ClusterSettings(1, ""));
    cluster.settle();
    cluster.checkRest();
  }

  @Test
  void nothingMovesWithoutAMajority() {
    PlannedCluster cluster = PlannedCluster.of(6, "a1", "b1", "c1");
    cluster.kill("b1");
    cluster.kill("c1");
    cluster.join("b2");
    cluster.join("c2");
    cluster.pass(PlannedCluster.GRACE_MILLIS);
    assertThat(cluster.round(new Random(0), 0)).isFalse();
  }

  @Test
  void aReplicaThatDiesWhileItIsAddedIsGivenUp() {
    PlannedCluster cluster = PlannedCluster.of(1, "a1", "b1", "c1");
    cluster.settings(ClusterSettings.DEFAULT);
    cluster.kill("c1");
    cluster.pass(PlannedCluster.GRACE_MILLIS);
    cluster.join("c2");
    cluster.round(new Random(0), 0);
    assertThat(cluster.placement(1).move()).isNotNull();
    // The addition is done, but its record is lost with the controller.
    cluster.round(new Random(0), 100);
    cluster.join("c3");
    cluster.kill("c2");
    cluster.revive("c1");
    assertThat(cluster.round(new Random(0), 0)).isFalse();
    cluster.pass(PlannedCluster.GRACE_MILLIS);
    cluster.settle();
    cluster.checkRest();
  }

  /** Nodes come, die, return, lose their disks, are drained and removed; controllers die too. */
  @Property(tries = 300)
  void anyHistoryComesToRest(@ForAll long seed) {
    Random random = new Random(seed);
    String[] zones = {"a", "b", "c", "d", "e"};
    int zoneCount = 1 + random.nextInt(5);
    PlannedCluster cluster =
        switch (random.nextInt(3)) {
          case 0 -> PlannedCluster.of(1 + random.nextInt(4), "a1");
          case 1 -> PlannedCluster.of(1 + random.nextInt(8), "a1", "b1", "c1");
          default -> PlannedCluster.of(1 + random.nextInt(8), "a1", "a2", "b1", "b2", "c1");
        };
    int lost = random.nextBoolean() ? 0 : 25;
    for (int event = 0; event < 25; event++) {
      List<String> names =
          cluster.nodes.values().stream()
              .filter(node -> !node.state().isGone())
              .map(NodeDefinition::name)
              .toList();
      happen(cluster, random, names, zones[random.nextInt(zoneCount)] + (10 + event));
      for (int i = random.nextInt(6); i > 0; i--) {
        cluster.round(random, lost);
      }
    }
    cluster.settle(random, lost);
    cluster.pass(PlannedCluster.GRACE_MILLIS);
    cluster.settle(random, lost);
    cluster.checkRest();
  }

  private static void happen(
      PlannedCluster cluster, Random random, List<String> names, String fresh) {
    String name = names.get(random.nextInt(names.size()));
    PeerId peer = cluster.current(name);
    boolean dispensable = names.size() > 1 && cluster.hasMajorityWithout(peer);
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> cluster.join(fresh);
      case 3, 4 -> {
        if (dispensable) {
          cluster.kill(name);
        }
      }
      case 5, 6 -> cluster.revive(name);
      case 7 -> {
        if (dispensable) {
          cluster.wipe(name);
        }
      }
      case 8 -> cluster.set(name, NodeState.DRAINING);
      case 9 -> cluster.set(name, NodeState.ACTIVE);
      case 10 -> {
        if (names.size() > 1) {
          cluster.set(name, NodeState.REMOVED);
        }
      }
      default -> {
        cluster.pass(random.nextLong(2 * PlannedCluster.GRACE_MILLIS));
        if (random.nextInt(4) == 0) {
          cluster.addPartition();
        }
      }
    }
  }

  @Test
  void theWorkOfAMoveIsDoneInOrder() {
    PlannedCluster cluster = PlannedCluster.of(2, "a1", "b1", "c1");
    cluster.join("a2");
    List<Work> works = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      List<PlacementStep> plan =
          PlacementPlanner.plan(
              cluster.view(), new PlacementLimits(1, PlannedCluster.GRACE_MILLIS, 5));
      works.add(plan.getFirst().work());
      cluster.round(new Random(0), 0);
    }
    assertThat(works).containsExactly(Work.RECORD, Work.ADD, Work.REMOVE, Work.CLEAN);
  }
}
