package io.tern.state.catalogue;

/**
 * A node as the catalogue knows it.
 *
 * @param name one peer at most of those that are not gone has it
 * @param zone the place that it fails with
 * @param knownLogic the highest level of {@code Logic} that its version knows
 * @param changedMillis queue time of its last change of state
 */
public record NodeDefinition(
    PeerId peer,
    String name,
    String zone,
    NodeAddresses addresses,
    int knownLogic,
    NodeState state,
    long changedMillis) {

  /** The same node in that state since then. */
  NodeDefinition in(NodeState next, long nowMillis) {
    return new NodeDefinition(peer, name, zone, addresses, knownLogic, next, nowMillis);
  }
}
