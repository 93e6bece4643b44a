package io.tern.state.catalogue;

/**
 * The next step of one partition's placement, as {@link PlacementPlanner} wants it. The controller
 * does the work, which may have been done before, and then records what is after it.
 *
 * @param before what is recorded
 * @param after what to record when the work is done
 */
public record PlacementStep(Work work, Placement before, Placement after) {

  /** What is to be done before the record. */
  public enum Work {
    /** Nothing: the record is the step. */
    RECORD,
    /** Make the new partition's group on all replicas of {@code before}, and see it elect. */
    CREATE,
    /** Make the replica that {@code before} adds, let it become a member, see it caught up. */
    ADD,
    /** Move the leader away from the replica that {@code before} removes; end its membership. */
    REMOVE,
    /** Delete what the replica that {@code before} removed still holds. */
    CLEAN
  }
}
