package io.tern.state.catalogue;

import io.tern.state.PartitionId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Says which leadership to hand over next, so that nodes lead equally many partitions as far as
 * their replicas allow, in the preferred zone where one is set. Called by the controller, again
 * after each transfer: like {@link PlacementPlanner} it remembers nothing.
 */
public final class LeaderPlan {
  private final ClusterView view;
  private final TreeMap<PeerId, NodeDefinition> nodes = new TreeMap<>();
  private final TreeMap<PeerId, Integer> led = new TreeMap<>();

  /** Of partitions that have a leader and somebody who may lead. */
  private final TreeMap<PartitionId, List<PeerId>> mayLead = new TreeMap<>();

  private LeaderPlan(ClusterView view) {
    this.view = view;
  }

  /** The replica that leads the partition hands over to the other one. */
  public record Transfer(PartitionId partition, PeerId from, PeerId to) {}

  /**
   * The next transfer; empty when leaders are as they should be.
   *
   * @param leaders of the partitions that have one
   */
  public static Optional<Transfer> next(ClusterView view, SortedMap<PartitionId, PeerId> leaders) {
    return Optional.ofNullable(new LeaderPlan(view).transfer(leaders));
  }

  private @Nullable Transfer transfer(SortedMap<PartitionId, PeerId> leaders) {
    view.nodes().forEach(node -> nodes.put(node.peer(), node));
    for (Placement placement : view.placements()) {
      PeerId leader = leaders.get(placement.partition());
      // One that does not answer loses its leadership by itself.
      if (leader != null && view.health().isHere(leader)) {
        look(placement, leader);
      }
    }
    Transfer needed = needed(leaders);
    return needed == null ? evening(leaders) : needed;
  }

  private void look(Placement placement, PeerId leader) {
    List<PeerId> able =
        placement.replicas().stream().filter(peer -> isAble(placement, peer)).toList();
    List<PeerId> preferred =
        able.stream().filter(peer -> zone(peer).equals(view.settings().leaderZone())).toList();
    List<PeerId> best = preferred.isEmpty() ? able : preferred;
    if (!best.isEmpty()) {
      mayLead.put(placement.partition(), best);
      best.forEach(peer -> led.putIfAbsent(peer, 0));
      led.merge(leader, 1, Integer::sum);
    }
  }

  private boolean isAble(Placement placement, PeerId peer) {
    NodeDefinition node = nodes.get(peer);
    ReplicaMove move = placement.move();
    return node != null
        && node.state() == NodeState.ACTIVE
        && view.health().isHere(peer)
        && !view.health().isBehind(placement.partition(), peer)
        && (move == null || !peer.equals(move.removing()));
  }

  private String zone(PeerId peer) {
    NodeDefinition node = nodes.get(peer);
    return node == null ? "" : node.zone();
  }

  /** A leader that should not be one hands over to the one that leads fewest. */
  private @Nullable Transfer needed(SortedMap<PartitionId, PeerId> leaders) {
    for (PartitionId partition : mayLead.keySet()) {
      PeerId leader = leaders.get(partition);
      List<PeerId> able = mayLead.getOrDefault(partition, List.of());
      if (leader != null && !able.contains(leader)) {
        return new Transfer(
            partition,
            leader,
            able.stream()
                .min(
                    Comparator.comparingInt((PeerId peer) -> led.getOrDefault(peer, 0))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow());
      }
    }
    return null;
  }

  /** Partitions that are being moved are left alone: each transfer costs an election's wait. */
  private @Nullable Transfer evening(SortedMap<PartitionId, PeerId> leaders) {
    TreeMap<PartitionId, PeerId> free = new TreeMap<>();
    for (Placement placement : view.placements()) {
      PeerId leader = leaders.get(placement.partition());
      if (leader != null
          && placement.move() == null
          && mayLead.containsKey(placement.partition())) {
        free.put(placement.partition(), leader);
      }
    }
    EvenLoads.Link link = new EvenLoads(led, (from, to) -> carried(free, from, to)).next();
    return link == null ? null : new Transfer(link.partition(), link.from(), link.to());
  }

  private @Nullable PartitionId carried(
      SortedMap<PartitionId, PeerId> free, PeerId from, PeerId to) {
    for (var entry : free.entrySet()) {
      if (entry.getValue().equals(from)
          && mayLead.getOrDefault(entry.getKey(), List.of()).contains(to)) {
        return entry.getKey();
      }
    }
    return null;
  }
}
