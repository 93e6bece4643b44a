package io.tern.state.catalogue;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.PartitionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Nodes and Raft groups for tests of {@link PlacementPlanner}: does what is planned, step by step,
 * may lose the record of a step that is done, and checks that each step is harmless.
 */
final class PlannedCluster {
  static final long GRACE_MILLIS = 1_000;

  final TreeMap<PeerId, NodeDefinition> nodes = new TreeMap<>();
  final TreeMap<PartitionId, Placement> records = new TreeMap<>();

  /** Whom Raft believes to be members. */
  final TreeMap<PartitionId, TreeSet<PeerId>> members = new TreeMap<>();

  private final TreeMap<PeerId, Long> downSince = new TreeMap<>();
  private final PlacementLimits limits = new PlacementLimits(2, GRACE_MILLIS, 5);
  private ClusterSettings settings = ClusterSettings.DEFAULT;
  private long nowMillis;
  private int wiped;
  private int begun;

  static PeerId peer(String name) {
    return new PeerId(name);
  }

  /** Nodes such as a1: the first letter is the zone. */
  static PlannedCluster of(int partitions, String... names) {
    PlannedCluster cluster = new PlannedCluster();
    List<PeerId> peers = new ArrayList<>();
    for (String name : names) {
      cluster.join(name);
      peers.add(peer(name));
    }
    for (int i = 0; i <= partitions; i++) {
      PartitionId partition = new PartitionId(i);
      Placement first = Placement.unrecorded(partition).configured(peers);
      cluster.records.put(partition, first);
      cluster.members.put(partition, new TreeSet<>(first.replicas()));
    }
    return cluster;
  }

  void settings(ClusterSettings next) {
    settings = next;
  }

  void join(String name) {
    define(peer(name), name, NodeState.ACTIVE);
  }

  private void define(PeerId peer, String name, NodeState state) {
    nodes.put(
        peer,
        new NodeDefinition(
            peer, name, name.substring(0, 1), new NodeAddresses("p", "r", ""), 1, state, 0));
  }

  void set(String name, NodeState state) {
    PeerId peer = current(name);
    nodes.put(peer, node(peer).in(state, nowMillis));
  }

  NodeDefinition node(PeerId peer) {
    return requireNonNull(nodes.get(peer));
  }

  Placement placement(int partition) {
    return requireNonNull(records.get(new PartitionId(partition)));
  }

  private SortedSet<PeerId> group(PartitionId partition) {
    return requireNonNull(members.get(partition));
  }

  PeerId current(String name) {
    return nodes.values().stream()
        .filter(node -> node.name().equals(name) && node.state() != NodeState.LOST)
        .map(NodeDefinition::peer)
        .findFirst()
        .orElseThrow();
  }

  void kill(String name) {
    downSince.put(current(name), nowMillis);
  }

  void revive(String name) {
    downSince.remove(current(name));
  }

  /** The node is back with an empty disk, as another peer. */
  void wipe(String name) {
    PeerId old = current(name);
    downSince.put(old, nowMillis);
    nodes.put(old, node(old).in(NodeState.LOST, nowMillis));
    define(peer(name + "-" + ++wiped), name, NodeState.ACTIVE);
  }

  void pass(long millis) {
    nowMillis += millis;
  }

  void addPartition() {
    PartitionId partition = new PartitionId(records.lastKey().number() + 1);
    records.put(partition, Placement.unrecorded(partition));
    members.put(partition, new TreeSet<>());
  }

  boolean isUp(PeerId peer) {
    return !downSince.containsKey(peer);
  }

  boolean isUsable(PeerId peer) {
    return isUp(peer) && node(peer).state() == NodeState.ACTIVE;
  }

  boolean hasMajorityWithout(PeerId lost) {
    for (TreeSet<PeerId> group : members.values()) {
      TreeSet<PeerId> left = new TreeSet<>(group);
      left.removeIf(peer -> peer.equals(lost) || !isUp(peer));
      if (!group.isEmpty() && 2 * left.size() <= group.size()) {
        return false;
      }
    }
    return true;
  }

  /** Replicas and leaderships that have begun to move so far. */
  int begun() {
    return begun;
  }

  ClusterView view() {
    TreeMap<PeerId, Long> away = new TreeMap<>();
    for (PeerId peer : nodes.keySet()) {
      Long since = downSince.get(peer);
      away.put(peer, since == null ? 0 : nowMillis - since + 1);
    }
    return new ClusterView(
        List.copyOf(nodes.values()),
        List.copyOf(records.values()),
        settings,
        new ClusterHealth(away, new TreeSet<>()));
  }

  /** Does one step of each partition that needs one; whether there was any. */
  boolean round(Random random, int lostRecordsPercent) {
    ClusterView view = view();
    List<PlacementStep> plan = PlacementPlanner.plan(view, limits);
    assertThat(PlacementPlanner.plan(view, limits)).isEqualTo(plan);
    assertThat(plan.stream().map(step -> step.before().partition())).doesNotHaveDuplicates();
    boolean any = false;
    for (PlacementStep step : plan) {
      check(step);
      boolean done = work(step);
      any |= done;
      if (done && random.nextInt(100) >= lostRecordsPercent) {
        records.put(step.after().partition(), step.after());
      }
    }
    assertThat(records.values().stream().filter(placement -> placement.move() != null))
        .hasSizeLessThanOrEqualTo(limits.moves());
    return any;
  }

  /** Goes on until nothing is planned any more. */
  void settle(Random random, int lostRecordsPercent) {
    int replicas = records.size() * (settings.replicas() + nodes.size());
    int rounds = 0;
    while (round(random, lostRecordsPercent)) {
      assertThat(++rounds).as("rounds until quiet").isLessThan(20 * replicas);
    }
  }

  void settle() {
    settle(new Random(0), 0);
  }

  private void check(PlacementStep step) {
    Placement before = step.before();
    assertThat(before).isEqualTo(records.get(before.partition()));
    assertThat(before.mayBecome(step.after())).as("%s", step).isTrue();
    ReplicaMove begins = step.after().move();
    if (before.move() == null && begins != null && begins.adding() != null) {
      begun++;
      checkZone(before, begins);
    }
  }

  /** A zone that has a replica gets another only if no other zone has a node to offer. */
  private void checkZone(Placement before, ReplicaMove move) {
    TreeSet<PeerId> staying = new TreeSet<>(before.replicas());
    staying.removeIf(peer ->
        peer.equals(move.removing())
            || node(peer).state() != NodeState.ACTIVE
            || isAwayForGood(peer));
    List<String> taken = staying.stream().map(peer -> node(peer).zone()).toList();
    if (taken.contains(node(move.fresh()).zone())) {
      assertThat(nodes.keySet())
          .filteredOn(peer -> isUsable(peer) && !before.holds(peer))
          .allSatisfy(peer -> assertThat(taken).contains(node(peer).zone()));
    }
  }

  private boolean isAwayForGood(PeerId peer) {
    Long since = downSince.get(peer);
    return since != null && nowMillis - since + 1 >= GRACE_MILLIS;
  }

  /** Whether Raft did it. */
  private boolean work(PlacementStep step) {
    SortedSet<PeerId> group = group(step.before().partition());
    ReplicaMove move = step.before().move();
    switch (step.work()) {
      case RECORD, CLEAN -> {}
      case CREATE -> group.addAll(step.before().replicas());
      case ADD -> {
        PeerId fresh = requireNonNull(move).fresh();
        assertThat(isUp(fresh)).isTrue();
        return change(group, () -> group.add(fresh));
      }
      case REMOVE -> {
        return change(group, () -> group.remove(requireNonNull(move).gone()));
      }
    }
    return true;
  }

  private boolean change(Collection<PeerId> group, Runnable changing) {
    boolean able = hasMajority(group);
    if (able) {
      changing.run();
      assertThat(hasMajority(group)).isTrue();
    }
    return able;
  }

  private boolean hasMajority(Collection<PeerId> group) {
    return 2 * group.stream().filter(this::isUp).count() > group.size();
  }

  @Override
  public String toString() {
    return "nodes "
        + nodes.values()
        + " down "
        + downSince.keySet()
        + " records "
        + records.values()
        + " members "
        + members;
  }

  /** That a cluster that has come to rest is as it should be, as far as its nodes allow. */
  void checkRest() {
    List<PeerId> usable = nodes.keySet().stream().filter(this::isUsable).toList();
    long present = nodes.values().stream().filter(node -> !node.state().isGone()).count();
    for (Placement placement : records.values()) {
      assertThat(placement.move()).as("%s", this).isNull();
      assertThat(members.get(placement.partition()))
          .containsExactlyElementsOf(placement.replicas());
      long desired = Math.min(settings.replicas(), present);
      if (placement.partition().isCatalogue()) {
        desired = present < 3 ? present : present < 5 ? 3 : 5;
      }
      if (usable.size() >= desired) {
        assertThat(placement.replicas()).hasSize((int) desired).allMatch(this::isUsable);
        checkZones(placement, usable);
      }
    }
    checkLoads(usable);
  }

  private void checkZones(Placement placement, List<PeerId> usable) {
    TreeMap<String, Integer> zones = new TreeMap<>();
    placement.replicas().forEach(peer -> zones.merge(node(peer).zone(), 1, Integer::sum));
    for (PeerId peer : usable) {
      if (!placement.holds(peer)) {
        int there = zones.getOrDefault(node(peer).zone(), 0);
        zones.forEach((zone, count) -> assertThat(count).as(zone).isLessThanOrEqualTo(there + 1));
      }
    }
  }

  private void checkLoads(List<PeerId> usable) {
    TreeMap<String, List<Integer>> byZone = new TreeMap<>();
    for (PeerId peer : usable) {
      byZone.computeIfAbsent(node(peer).zone(), _ -> new ArrayList<>()).add(load(peer));
    }
    byZone.values().forEach(PlannedCluster::checkEven);
    if (byZone.values().stream().map(List::size).distinct().count() == 1) {
      checkEven(byZone.values().stream().flatMap(List::stream).toList());
    }
  }

  private static void checkEven(List<Integer> loads) {
    int most = loads.stream().mapToInt(Integer::intValue).max().orElse(0);
    assertThat(loads).as("replicas by node").allMatch(load -> load >= most - 1);
  }

  int load(PeerId peer) {
    int load = 0;
    for (Placement placement : records.values()) {
      load += placement.holds(peer) && !placement.partition().isCatalogue() ? 1 : 0;
    }
    return load;
  }
}
