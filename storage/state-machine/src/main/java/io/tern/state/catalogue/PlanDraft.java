package io.tern.state.catalogue;

import io.tern.state.PartitionId;
import io.tern.state.catalogue.PlacementStep.Work;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A plan that is being made by {@link PlacementPlanner}: the steps so far, what the cluster will be
 * when all moves have ended well, and the questions that rules of placement ask of both.
 */
final class PlanDraft {
  private final ClusterView view;
  private final PlacementLimits limits;
  private final TreeMap<PeerId, NodeDefinition> nodes = new TreeMap<>();
  private final TreeMap<PartitionId, TreeSet<PeerId>> targets = new TreeMap<>();

  /** Replicas of data partitions on each node that can take more. */
  private final TreeMap<PeerId, Integer> loads = new TreeMap<>();

  private final List<PlacementStep> steps = new ArrayList<>();
  private int members;
  private int moves;

  PlanDraft(ClusterView view, PlacementLimits limits) {
    this.view = view;
    this.limits = limits;
    for (NodeDefinition node : view.nodes()) {
      nodes.put(node.peer(), node);
      if (isUsable(node.peer())) {
        loads.put(node.peer(), 0);
      }
      if (!node.state().isGone()) {
        members++;
      }
    }
    for (Placement placement : view.placements()) {
      aim(placement);
      moves += placement.move() == null ? 0 : 1;
    }
  }

  List<PlacementStep> steps() {
    return steps;
  }

  /** The next step of a move under way. */
  void goOn(Work work, Placement before, Placement after) {
    steps.add(new PlacementStep(work, before, after));
    aim(after);
  }

  /** The first step of a move. */
  void begin(Placement before, Placement after) {
    goOn(Work.RECORD, before, after);
    moves++;
  }

  /** Whether one more move may begin. */
  boolean hasRoom() {
    return moves < limits.moves();
  }

  private void aim(Placement placement) {
    TreeSet<PeerId> target = placement.target();
    TreeSet<PeerId> before = targets.put(placement.partition(), target);
    if (!placement.partition().isCatalogue()) {
      count(before == null ? List.of() : before, -1);
      count(target, 1);
    }
  }

  private void count(Collection<PeerId> peers, int by) {
    for (PeerId peer : peers) {
      loads.computeIfPresent(peer, (_, load) -> load + by);
    }
  }

  /** Replicas of data partitions on each node that can take more, moves under way included. */
  SortedMap<PeerId, Integer> loads() {
    return loads;
  }

  int load(PeerId peer) {
    return loads.getOrDefault(peer, 0);
  }

  /** Whether it may get new replicas. */
  boolean isUsable(PeerId peer) {
    NodeDefinition node = nodes.get(peer);
    return node != null && node.state() == NodeState.ACTIVE && view.health().isHere(peer);
  }

  /** Whether its replicas are to be elsewhere. */
  boolean isGoing(PeerId peer) {
    NodeDefinition node = nodes.get(peer);
    return node != null
        && (node.state() != NodeState.ACTIVE
            || view.health().isAwayFor(peer, limits.graceMillis()));
  }

  /** Whether its process answers, whatever its state is. */
  boolean isHere(PeerId peer) {
    NodeDefinition node = nodes.get(peer);
    return view.health().isHere(peer) && (node == null || node.state() != NodeState.LOST);
  }

  /** Whether the replica answers and has caught up. */
  boolean isHealthy(PartitionId partition, PeerId peer) {
    return isHere(peer) && !view.health().isBehind(partition, peer);
  }

  boolean areHealthy(PartitionId partition, Collection<PeerId> peers) {
    return healthy(partition, peers) == peers.size();
  }

  int healthy(PartitionId partition, Collection<PeerId> peers) {
    int healthy = 0;
    for (PeerId peer : peers) {
      healthy += isHealthy(partition, peer) ? 1 : 0;
    }
    return healthy;
  }

  boolean hasMajority(PartitionId partition, Collection<PeerId> peers) {
    return 2 * healthy(partition, peers) > peers.size();
  }

  /** Whether these members and then those can decide, which is when the change is harmless. */
  boolean mayChange(PartitionId partition, Collection<PeerId> from, Collection<PeerId> to) {
    return hasMajority(partition, from) && hasMajority(partition, to);
  }

  /** How many replicas the partition should have. */
  int desired(PartitionId partition) {
    if (!partition.isCatalogue()) {
      return Math.min(view.settings().replicas(), members);
    }
    int voters = Math.min(limits.catalogueVoters(), members);
    // A fourth voter survives no more failures than three, and makes a majority larger.
    return voters > 2 && voters % 2 == 0 ? voters - 1 : voters;
  }

  /** Replicas in the zone of that node among those. */
  int inZoneOf(PeerId peer, Collection<PeerId> peers) {
    String zone = zone(peer);
    int count = 0;
    for (PeerId other : peers) {
      count += zone(other).equals(zone) ? 1 : 0;
    }
    return count;
  }

  String zone(PeerId peer) {
    NodeDefinition node = nodes.get(peer);
    return node == null ? "" : node.zone();
  }

  /**
   * The best node for a new replica beside those that stay: in the zone with the fewest of them,
   * then with the lowest load. Null when there is none.
   */
  @Nullable PeerId candidate(Placement placement, Collection<PeerId> staying) {
    return loads.keySet().stream()
        .filter(peer -> !placement.holds(peer) && !staying.contains(peer))
        .min(
            Comparator.comparingInt((PeerId peer) -> inZoneOf(peer, staying))
                .thenComparingInt(this::load)
                .thenComparing(Comparator.naturalOrder()))
        .orElse(null);
  }

  /** The replica that is missed least: in the fullest zone, then on the fullest node. */
  PeerId victim(Collection<PeerId> replicas) {
    return replicas.stream()
        .max(
            Comparator.comparingInt((PeerId peer) -> inZoneOf(peer, replicas))
                .thenComparingInt(this::load)
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }
}
