package io.tern.state.catalogue;

import io.tern.state.limits.Limits;

/**
 * How boldly {@link PlacementPlanner} plans.
 *
 * @param moves partitions of the cluster that may be moved at once, each by one replica
 * @param graceMillis for how long a node may be away before its replicas are made anew elsewhere
 * @param catalogueVoters replicas of the catalogue, where there are so many nodes
 */
public record PlacementLimits(int moves, long graceMillis, int catalogueVoters) {
  public static final PlacementLimits DEFAULT =
      new PlacementLimits(Limits.REPLICA_MOVES, Limits.NODE_GRACE_MILLIS, Limits.CATALOGUE_VOTERS);
}
