package io.tern.state.catalogue;

import java.util.List;

/**
 * What planners look at. The controller makes it of the catalogue and of what it sees.
 *
 * @param nodes of every state
 * @param placements of every partition, the catalogue's too; what is not recorded is either left
 *     out or, of a partition to be created, has no replicas
 */
public record ClusterView(
    List<NodeDefinition> nodes,
    List<Placement> placements,
    ClusterSettings settings,
    ClusterHealth health) {}
