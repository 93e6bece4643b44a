package io.tern.state.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * The change of a partition's replicas that is under way. Whoever leads the catalogue can go on
 * with it: each step may be done again.
 *
 * @param adding the new replica; null when there is none, or no more
 * @param removing the replica that goes; null when there is none
 */
public record ReplicaMove(Step step, @Nullable PeerId adding, @Nullable PeerId removing) {

  /** What is to be done next. */
  public enum Step {
    /** The partition is new: make its group on all its replicas. */
    CREATING,
    /** Make an empty replica, let it become a member and catch up; then it counts as a replica. */
    ADDING,
    /** Let the member go; then it counts as a replica no longer. */
    REMOVING,
    /** Delete what the former member still holds. */
    CLEANING
  }

  static ReplicaMove creating() {
    return new ReplicaMove(Step.CREATING, null, null);
  }

  static ReplicaMove removing(@Nullable PeerId added, PeerId peer) {
    return new ReplicaMove(Step.REMOVING, added, peer);
  }

  static ReplicaMove cleaning(PeerId peer) {
    return new ReplicaMove(Step.CLEANING, null, peer);
  }

  /** The replica that a step of this move is about. */
  PeerId gone() {
    if (removing == null) {
      throw new IllegalStateException("A move that removes nothing: " + this);
    }
    return removing;
  }

  PeerId fresh() {
    if (adding == null) {
      throw new IllegalStateException("A move that adds nothing: " + this);
    }
    return adding;
  }
}
