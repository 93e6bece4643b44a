package io.tern.state.catalogue;

import io.tern.state.PartitionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans what a partition lacks: a replica for one whose node is gone, as many as it should have, a
 * replica in each zone; a part of {@link PlacementPlanner}.
 */
final class PlacementRepairs {
  private final PlanDraft draft;

  PlacementRepairs(PlanDraft draft) {
    this.draft = draft;
  }

  /** Begins what the partition needs most; whether it needs anything that can be done. */
  boolean plan(Placement placement) {
    if (placement.version() == 0 && placement.replicas().isEmpty()) {
      return create(placement);
    }
    List<PeerId> going = placement.replicas().stream().filter(draft::isGoing).toList();
    Placement begun = going.isEmpty() ? resized(placement) : replaced(placement, going);
    if (begun != null) {
      draft.begin(placement, begun);
    }
    return begun != null;
  }

  private boolean create(Placement placement) {
    int desired = draft.desired(placement.partition());
    List<PeerId> chosen = new ArrayList<>();
    PeerId candidate = draft.candidate(placement, chosen);
    while (candidate != null && chosen.size() < desired) {
      chosen.add(candidate);
      candidate = draft.candidate(placement, chosen);
    }
    boolean enough = 2 * chosen.size() > desired;
    if (enough) {
      draft.begin(placement, placement.created(chosen));
    }
    return enough;
  }

  private @Nullable Placement replaced(Placement placement, List<PeerId> going) {
    PartitionId partition = placement.partition();
    List<PeerId> staying =
        placement.replicas().stream().filter(peer -> !going.contains(peer)).toList();
    PeerId worst = worst(partition, going);
    int desired = draft.desired(partition);
    if (staying.size() >= desired || placement.replicas().size() > desired) {
      return removed(placement, worst);
    }
    return added(placement, draft.candidate(placement, staying), worst);
  }

  /** One that is not healthy before one that is. */
  private PeerId worst(PartitionId partition, List<PeerId> going) {
    return going.stream()
        .min(
            Comparator.comparing((PeerId peer) -> draft.isHealthy(partition, peer))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  private @Nullable Placement resized(Placement placement) {
    PartitionId partition = placement.partition();
    int desired = draft.desired(partition);
    int size = placement.replicas().size();
    if (size < desired) {
      return added(placement, draft.candidate(placement, placement.replicas()), null);
    }
    if (!draft.areHealthy(partition, placement.replicas())) {
      // What is away for a while only may be missed most, once it is back.
      return null;
    }
    return size > desired
        ? removed(placement, draft.victim(placement.replicas()))
        : respread(placement);
  }

  /** Moves a replica out of a zone that has too many. */
  private @Nullable Placement respread(Placement placement) {
    PeerId crowded = draft.victim(placement.replicas());
    PeerId candidate = draft.candidate(placement, placement.replicas());
    boolean better =
        candidate != null
            && draft.inZoneOf(candidate, placement.replicas()) + 2
                <= draft.inZoneOf(crowded, placement.replicas());
    return better ? added(placement, candidate, crowded) : null;
  }

  private @Nullable Placement added(
      Placement placement, @Nullable PeerId candidate, @Nullable PeerId instead) {
    return candidate != null
            && draft.mayChange(
                placement.partition(), placement.replicas(), placement.with(candidate))
        ? placement.adding(candidate, instead)
        : null;
  }

  private @Nullable Placement removed(Placement placement, PeerId peer) {
    return draft.mayChange(placement.partition(), placement.replicas(), placement.without(peer))
        ? placement.removing(peer)
        : null;
  }
}
