package io.tern.state.catalogue;

import java.util.List;

/**
 * What an image of the catalogue holds about nodes and placements.
 *
 * @param nodes by peer
 * @param placements by partition
 * @param addedPartitions data partitions that were added to those of the first start
 */
public record MembershipImage(
    List<NodeDefinition> nodes,
    List<Placement> placements,
    ClusterSettings settings,
    int addedPartitions) {
  public static final MembershipImage EMPTY =
      new MembershipImage(List.of(), List.of(), ClusterSettings.DEFAULT, 0);
}
