package io.tern.state.catalogue;

import io.tern.state.PartitionId;
import io.tern.state.catalogue.ReplicaMove.Step;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes have a replica of a partition, and the move under way. The planner makes the next
 * one, the catalogue records it if nobody was faster.
 *
 * @param version counts up with each record; 0 while nothing is recorded, which means the members
 *     that were configured at the first start, or a new partition without replicas
 * @param replicas in order of their names
 * @param move null when none is under way
 */
public record Placement(
    PartitionId partition, long version, List<PeerId> replicas, @Nullable ReplicaMove move) {

  public Placement {
    replicas = List.copyOf(new TreeSet<>(replicas));
  }

  /** Of a partition about which nothing is recorded. */
  public static Placement unrecorded(PartitionId partition) {
    return new Placement(partition, 0, List.of(), null);
  }

  /** Whether it is one of a new partition whose group may not exist yet. */
  public boolean isBeingCreated() {
    return move != null && move.step() == Step.CREATING;
  }

  /** Whether the peer is a replica or takes part in the move under way. */
  boolean names(PeerId peer) {
    return holds(peer)
        || (move != null && (peer.equals(move.adding()) || peer.equals(move.removing())));
  }

  public boolean holds(PeerId peer) {
    return replicas.contains(peer);
  }

  /** The first record of a partition that has these members since the first start. */
  public Placement configured(List<PeerId> members) {
    return next(members, null);
  }

  /** The first record of a new partition; its group is made after that. */
  Placement created(List<PeerId> chosen) {
    return next(chosen, ReplicaMove.creating());
  }

  /** Begins to add a replica, in place of another one if that is given. */
  Placement adding(PeerId peer, @Nullable PeerId instead) {
    return next(replicas, new ReplicaMove(Step.ADDING, peer, instead));
  }

  /** Begins to remove a replica that no other one replaces. */
  Placement removing(PeerId peer) {
    return next(replicas, ReplicaMove.removing(null, peer));
  }

  /** After the work of the step under way. */
  Placement advanced() {
    ReplicaMove now = underWay();
    return switch (now.step()) {
      case CREATING -> next(replicas, null);
      case ADDING -> {
        PeerId gone = now.removing();
        yield next(
            with(now.fresh()), gone == null ? null : ReplicaMove.removing(now.fresh(), gone));
      }
      case REMOVING -> next(without(now.gone()), ReplicaMove.cleaning(now.gone()));
      case CLEANING -> next(replicas, null);
    };
  }

  /**
   * Turns the move under way round; null where it can only go on. A replica that was being added
   * may be a member already, so it is removed; one that was being removed may be a member no
   * longer, so it is added again.
   */
  @Nullable Placement abandoned() {
    ReplicaMove now = underWay();
    return switch (now.step()) {
      case ADDING -> next(replicas, ReplicaMove.removing(null, now.fresh()));
      case REMOVING ->
          holds(now.gone())
              ? next(without(now.gone()), new ReplicaMove(Step.ADDING, now.gone(), null))
              : null;
      case CREATING, CLEANING -> null;
    };
  }

  /** Whether the other may be recorded after this one. */
  boolean mayBecome(Placement next) {
    if (version == 0) {
      return next.equals(created(next.replicas)) || next.equals(configured(next.replicas));
    }
    return move == null
        ? isBegunBy(next)
        : next.equals(advanced()) || Objects.equals(next, abandoned());
  }

  private boolean isBegunBy(Placement next) {
    ReplicaMove begun = next.move;
    if (begun == null || !next.equals(next(replicas, begun))) {
      return false;
    }
    PeerId adding = begun.adding();
    PeerId removing = begun.removing();
    boolean known = removing == null || holds(removing);
    return switch (begun.step()) {
      case ADDING -> adding != null && !holds(adding) && known;
      case REMOVING -> adding == null && removing != null && known && replicas.size() > 1;
      case CREATING, CLEANING -> false;
    };
  }

  /** The replicas when the move under way has ended well, in order of their names. */
  TreeSet<PeerId> target() {
    TreeSet<PeerId> target = new TreeSet<>(replicas);
    if (move != null && move.adding() != null) {
      target.add(move.adding());
    }
    if (move != null && move.removing() != null) {
      target.remove(move.removing());
    }
    return target;
  }

  /** The replicas and that one. */
  List<PeerId> with(PeerId peer) {
    TreeSet<PeerId> more = new TreeSet<>(replicas);
    more.add(peer);
    return List.copyOf(more);
  }

  /** The replicas but that one. */
  List<PeerId> without(PeerId peer) {
    return replicas.stream().filter(other -> !other.equals(peer)).toList();
  }

  private Placement next(List<PeerId> replicas, @Nullable ReplicaMove move) {
    return new Placement(partition, version + 1, replicas, move);
  }

  private ReplicaMove underWay() {
    if (move == null) {
      throw new IllegalStateException("No move is under way: " + this);
    }
    return move;
  }
}
