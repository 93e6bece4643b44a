package io.tern.state.catalogue;

import static io.tern.state.catalogue.PlannedCluster.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.PartitionId;
import io.tern.state.catalogue.ClusterHealth.ReplicaOf;
import io.tern.state.catalogue.LeaderPlan.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Which leaderships are handed over, one after the other, and where that ends. */
class LeaderPlanTest {
  private final TreeMap<PartitionId, PeerId> leaders = new TreeMap<>();

  @Test
  void leadersAreSpreadEvenly() {
    PlannedCluster cluster = PlannedCluster.of(6, "a1", "b1", "c1");
    allLedBy(cluster, "a1");
    assertThat(settle(cluster.view())).isEqualTo(4);
    assertThat(ledBy("a1")).isEqualTo(3);
    assertThat(ledBy("b1")).isEqualTo(2);
    assertThat(ledBy("c1")).isEqualTo(2);
  }

  @Test
  void aPreferredZoneLeadsAllThatItCan() {
    PlannedCluster cluster = PlannedCluster.of(6, "a1", "b1", "c1");
    cluster.settings(new ClusterSettings(3, "b"));
    allLedBy(cluster, "a1");
    settle(cluster.view());
    assertThat(ledBy("b1")).isEqualTo(7);
    cluster.set("b1", NodeState.DRAINING);
    settle(cluster.view());
    assertThat(ledBy("b1")).isZero();
    assertThat(ledBy("a1")).isBetween(3, 4);
  }

  @Test
  void aNodeThatIsDrainedOrAwayLeadsNothing() {
    PlannedCluster cluster = PlannedCluster.of(4, "a1", "b1", "c1");
    allLedBy(cluster, "a1");
    cluster.set("a1", NodeState.DRAINING);
    cluster.kill("b1");
    settle(cluster.view());
    assertThat(ledBy("c1")).isEqualTo(5);
  }

  @Test
  void aReplicaThatIsBehindIsLeftAlone() {
    PlannedCluster cluster = PlannedCluster.of(1, "a1", "b1");
    ClusterView view = cluster.view();
    TreeSet<ReplicaOf> behind = new TreeSet<>();
    behind.add(new ReplicaOf(new PartitionId(1), peer("b1")));
    ClusterView lagging =
        new ClusterView(
            view.nodes(),
            view.placements(),
            view.settings(),
            new ClusterHealth(view.health().awayMillis(), behind));
    allLedBy(cluster, "a1");
    assertThat(LeaderPlan.next(lagging, leaders))
        .contains(new Transfer(PartitionId.CATALOGUE, peer("a1"), peer("b1")));
    leaders.remove(PartitionId.CATALOGUE);
    assertThat(LeaderPlan.next(lagging, leaders)).isEmpty();
  }

  @Test
  void whatHasNoLeaderElectsOneByItself() {
    PlannedCluster cluster = PlannedCluster.of(4, "a1", "b1", "c1");
    assertThat(LeaderPlan.next(cluster.view(), leaders)).isEmpty();
    allLedBy(cluster, "a1");
    cluster.kill("a1");
    assertThat(LeaderPlan.next(cluster.view(), leaders)).isEmpty();
  }

  /** As even as trying everything out finds, within few transfers, whoever led before. */
  @Property(tries = 200)
  void noOtherChoiceIsMoreEven(@ForAll long seed) {
    Random random = new Random(seed);
    PlannedCluster cluster = PlannedCluster.of(1 + random.nextInt(5), "a1", "b1", "c1");
    for (int i = random.nextInt(4); i > 0; i--) {
      cluster.join("abcd".charAt(random.nextInt(4)) + "" + (1 + i));
    }
    cluster.settle(random, 0);
    leaders.clear();
    List<List<PeerId>> choices = new ArrayList<>();
    for (Placement placement : cluster.records.values()) {
      List<PeerId> replicas = placement.replicas();
      leaders.put(placement.partition(), replicas.get(random.nextInt(replicas.size())));
      choices.add(replicas);
    }
    assertThat(settle(cluster.view())).isLessThanOrEqualTo(2 * choices.size());
    assertThat(unevenness(new ArrayList<>(leaders.values())))
        .isEqualTo(best(choices, new ArrayList<>()));
  }

  private int settle(ClusterView view) {
    int transfers = 0;
    Optional<Transfer> next = LeaderPlan.next(view, leaders);
    while (next.isPresent()) {
      Transfer transfer = next.get();
      assertThat(leaders).containsEntry(transfer.partition(), transfer.from());
      leaders.put(transfer.partition(), transfer.to());
      assertThat(++transfers).isLessThan(100);
      next = LeaderPlan.next(view, leaders);
    }
    return transfers;
  }

  private static int best(List<List<PeerId>> choices, List<PeerId> chosen) {
    if (chosen.size() == choices.size()) {
      return unevenness(chosen);
    }
    int best = Integer.MAX_VALUE;
    for (PeerId peer : choices.get(chosen.size())) {
      chosen.add(peer);
      best = Math.min(best, best(choices, chosen));
      chosen.removeLast();
    }
    return best;
  }

  private static int unevenness(List<PeerId> leaders) {
    TreeMap<PeerId, Integer> counts = new TreeMap<>();
    leaders.forEach(peer -> counts.merge(peer, 1, Integer::sum));
    return counts.values().stream().mapToInt(count -> count * count).sum();
  }

  private void allLedBy(PlannedCluster cluster, String name) {
    leaders.clear();
    cluster.records.keySet().forEach(partition -> leaders.put(partition, peer(name)));
  }

  private int ledBy(String name) {
    return (int) leaders.values().stream().filter(peer(name)::equals).count();
  }
}
