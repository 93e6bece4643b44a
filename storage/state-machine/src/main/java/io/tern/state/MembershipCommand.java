package io.tern.state;

import io.tern.state.catalogue.ClusterSettings;
import io.tern.state.catalogue.NodeAddresses;
import io.tern.state.catalogue.NodeState;
import io.tern.state.catalogue.PeerId;
import io.tern.state.catalogue.Placement;

/** What can be asked of the catalogue about nodes and where replicas are; goes into its log. */
public sealed interface MembershipCommand extends Command.CatalogueCommand {

  /**
   * A node is there, or is so now; the same again changes nothing. Another peer under a known name
   * is the node with an empty disk: the peer before it is lost.
   *
   * @param knownLogic the highest level of {@link Logic} that the node's version knows
   */
  record RegisterNode(
      PeerId peer, String name, String zone, NodeAddresses addresses, int knownLogic)
      implements MembershipCommand {}

  /** An operator drains, removes or reactivates a node. */
  record SetNodeState(PeerId peer, NodeState state) implements MembershipCommand {}

  /** The cluster has so many data partitions in all from now on, never fewer than before. */
  record AddPartitions(int total) implements MembershipCommand {}

  /**
   * Records the placement that follows from the one before it. The reply is Outdated when another
   * one was recorded meanwhile; whoever asked plans again.
   */
  record RecordPlacement(Placement placement) implements MembershipCommand {}

  /** Replaces what an operator may choose about the cluster. */
  record ChangeSettings(ClusterSettings settings) implements MembershipCommand {}
}
