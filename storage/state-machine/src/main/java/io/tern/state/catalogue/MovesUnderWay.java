package io.tern.state.catalogue;

import io.tern.state.PartitionId;
import io.tern.state.catalogue.PlacementStep.Work;
import java.util.List;

/**
 * Plans the next step of each move that is under way, or gives the move up where it became wrong; a
 * part of {@link PlacementPlanner}. Nothing is planned where the partition should rather wait.
 */
final class MovesUnderWay {
  private final PlanDraft draft;

  MovesUnderWay(PlanDraft draft) {
    this.draft = draft;
  }

  void plan(Placement placement, ReplicaMove move) {
    switch (move.step()) {
      case CREATING -> create(placement);
      case ADDING -> add(placement, move.fresh());
      case REMOVING -> remove(placement, move.gone());
      case CLEANING -> clean(placement, move.gone());
    }
  }

  private void create(Placement placement) {
    if (draft.hasMajority(placement.partition(), placement.replicas())) {
      draft.goOn(Work.CREATE, placement, placement.advanced());
    }
  }

  private void add(Placement placement, PeerId fresh) {
    if (draft.isGoing(fresh) && !draft.isHere(fresh)) {
      abandon(placement);
    } else if (draft.isHere(fresh)
        && draft.hasMajority(placement.partition(), placement.with(fresh))) {
      draft.goOn(Work.ADD, placement, placement.advanced());
    }
  }

  private void remove(Placement placement, PeerId gone) {
    PartitionId partition = placement.partition();
    List<PeerId> staying = placement.without(gone);
    List<PeerId> missing =
        staying.stream().filter(peer -> !draft.isHealthy(partition, peer)).toList();
    boolean needed =
        placement.holds(gone)
            && draft.isHealthy(partition, gone)
            && !missing.isEmpty()
            && (!draft.isGoing(gone) || !draft.hasMajority(partition, staying));
    if (needed && missing.stream().anyMatch(draft::isGoing)) {
      // Another one is worse by now.
      abandon(placement);
    } else if (!needed && draft.hasMajority(partition, staying)) {
      draft.goOn(Work.REMOVE, placement, placement.advanced());
    }
  }

  private void clean(Placement placement, PeerId gone) {
    // One that is not here finds out by itself when it returns.
    draft.goOn(draft.isHere(gone) ? Work.CLEAN : Work.RECORD, placement, placement.advanced());
  }

  private void abandon(Placement placement) {
    Placement without = placement.abandoned();
    if (without != null) {
      draft.goOn(Work.RECORD, placement, without);
    }
  }
}
