package io.tern.state.catalogue;

import io.tern.state.PartitionId;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The read-only face of what the catalogue knows of nodes and placements. */
public interface MembershipView {

  /** All nodes, those that are gone too, by their peers. */
  Collection<NodeDefinition> nodes();

  @Nullable NodeDefinition node(PeerId peer);

  /** What is recorded, by partition; one that is missing has the members it was configured with. */
  Collection<Placement> placements();

  /** What is recorded of the partition; version 0 when nothing is. */
  Placement placement(PartitionId partition);

  ClusterSettings settings();

  /** Data partitions that were added to those of the first start. */
  int addedPartitions();

  /** Whether a recorded placement, or its move, names the peer. */
  boolean isPlaced(PeerId peer);
}
