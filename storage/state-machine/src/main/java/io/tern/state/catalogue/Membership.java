package io.tern.state.catalogue;

import io.tern.state.MembershipChange;
import io.tern.state.PartitionId;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The part of the catalogue's index about nodes and placements; {@link CatalogueState} owns it. */
final class Membership implements MembershipView {
  private final TreeMap<PeerId, NodeDefinition> nodes = new TreeMap<>();
  private final TreeMap<PartitionId, Placement> placements = new TreeMap<>();
  private ClusterSettings settings;
  private int addedPartitions;

  Membership(MembershipImage image) {
    image.nodes().forEach(node -> nodes.put(node.peer(), node));
    image.placements().forEach(placement -> placements.put(placement.partition(), placement));
    settings = image.settings();
    addedPartitions = image.addedPartitions();
  }

  MembershipImage image() {
    return new MembershipImage(
        List.copyOf(nodes.values()), List.copyOf(placements.values()), settings, addedPartitions);
  }

  /**
   * Makes the fact true.
   *
   * @param firstPartitions data partitions of the first start
   */
  void evolve(MembershipChange change, int firstPartitions) {
    switch (change) {
      case MembershipChange.NodeDefined c -> nodes.put(c.node().peer(), c.node());
      case MembershipChange.NodeForgotten c -> nodes.remove(c.peer());
      case MembershipChange.PartitionsAdded c -> addedPartitions = c.total() - firstPartitions;
      case MembershipChange.PlacementRecorded c ->
          placements.put(c.placement().partition(), c.placement());
      case MembershipChange.SettingsChanged c -> settings = c.settings();
    }
  }

  @Override
  public Collection<NodeDefinition> nodes() {
    return nodes.values();
  }

  @Override
  public @Nullable NodeDefinition node(PeerId peer) {
    return nodes.get(peer);
  }

  @Override
  public Collection<Placement> placements() {
    return placements.values();
  }

  @Override
  public Placement placement(PartitionId partition) {
    Placement recorded = placements.get(partition);
    return recorded == null ? Placement.unrecorded(partition) : recorded;
  }

  @Override
  public ClusterSettings settings() {
    return settings;
  }

  @Override
  public int addedPartitions() {
    return addedPartitions;
  }

  @Override
  public boolean isPlaced(PeerId peer) {
    return placements.values().stream().anyMatch(placement -> placement.names(peer));
  }
}
