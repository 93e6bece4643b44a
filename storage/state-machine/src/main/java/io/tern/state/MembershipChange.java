package io.tern.state;

import io.tern.state.catalogue.ClusterSettings;
import io.tern.state.catalogue.NodeDefinition;
import io.tern.state.catalogue.PeerId;
import io.tern.state.catalogue.Placement;

/** One fact about nodes and placements that became true in the catalogue. */
public sealed interface MembershipChange extends Change.CatalogueChange {

  /** A node is as given here. */
  record NodeDefined(NodeDefinition node) implements MembershipChange {}

  /** A peer that is gone and holds nothing is remembered no longer. */
  record NodeForgotten(PeerId peer) implements MembershipChange {}

  /** There are so many data partitions in all; new ones are open once their group is made. */
  record PartitionsAdded(int total) implements MembershipChange {}

  /** The placement is as given here. */
  record PlacementRecorded(Placement placement) implements MembershipChange {}

  /** The settings are as given here. */
  record SettingsChanged(ClusterSettings settings) implements MembershipChange {}
}
