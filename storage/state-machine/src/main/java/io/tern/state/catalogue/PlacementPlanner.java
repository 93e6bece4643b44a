package io.tern.state.catalogue;

import io.tern.state.PartitionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Says what to do next so that each partition has its replicas, one in each zone as far as there
 * are zones, and nodes have equally many. Called by the controller, again after each step: it
 * remembers nothing, so that whoever leads the catalogue goes on where another one stopped.
 *
 * <p>Promises: the same view gives the same plan; a replica is added before another is removed; no
 * step leaves a partition with fewer healthy replicas than a majority; nothing is planned for a
 * cluster that is as it should be; doing what is planned comes to an end.
 */
public final class PlacementPlanner {
  private PlacementPlanner() {}

  /** The next step of each partition that needs one, at most so many moves at once. */
  public static List<PlacementStep> plan(ClusterView view, PlacementLimits limits) {
    PlanDraft draft = new PlanDraft(view, limits);
    List<Placement> idle = new ArrayList<>();
    MovesUnderWay underWay = new MovesUnderWay(draft);
    for (Placement placement : view.placements()) {
      ReplicaMove move = placement.move();
      if (move == null) {
        idle.add(placement);
      } else {
        underWay.plan(placement, move);
      }
    }
    if (!repair(draft, idle)) {
      balance(draft, idle);
    }
    return draft.steps();
  }

  /** What is nearest to losing its majority comes first. */
  private static boolean repair(PlanDraft draft, List<Placement> idle) {
    List<Placement> urgent = new ArrayList<>(idle);
    urgent.sort(
        Comparator.comparingInt((Placement placement) -> spare(draft, placement))
            .thenComparing(Placement::partition));
    PlacementRepairs repairs = new PlacementRepairs(draft);
    boolean needed = false;
    for (Placement placement : urgent) {
      if (!draft.hasRoom()) {
        return true;
      }
      needed |= repairs.plan(placement);
    }
    return needed;
  }

  /** Twice the healthy replicas beyond the half; those to be created can wait. */
  private static int spare(PlanDraft draft, Placement placement) {
    List<PeerId> replicas = placement.replicas();
    return replicas.isEmpty()
        ? Integer.MAX_VALUE
        : 2 * draft.healthy(placement.partition(), replicas) - replicas.size();
  }

  private static void balance(PlanDraft draft, List<Placement> idle) {
    TreeMap<PartitionId, Placement> movable = new TreeMap<>();
    for (Placement placement : idle) {
      if (!placement.partition().isCatalogue()
          && !placement.replicas().isEmpty()
          && draft.areHealthy(placement.partition(), placement.replicas())) {
        movable.put(placement.partition(), placement);
      }
    }
    while (draft.hasRoom()) {
      EvenLoads.Link link =
          new EvenLoads(draft.loads(), (from, to) -> movable(draft, movable, from, to)).next();
      Placement placement = link == null ? null : movable.remove(link.partition());
      if (link == null || placement == null) {
        return;
      }
      draft.begin(placement, placement.adding(link.to(), link.from()));
    }
  }

  /** The lowest partition that may have a replica there instead of here, its zones no worse. */
  private static @Nullable PartitionId movable(
      PlanDraft draft, SortedMap<PartitionId, Placement> movable, PeerId from, PeerId to) {
    for (Placement placement : movable.values()) {
      List<PeerId> replicas = placement.replicas();
      if (placement.holds(from)
          && !placement.holds(to)
          && (draft.zone(from).equals(draft.zone(to))
              || draft.inZoneOf(to, replicas) < draft.inZoneOf(from, replicas))) {
        return placement.partition();
      }
    }
    return null;
  }
}
