package io.tern.state.catalogue;

import io.tern.state.Logic;
import java.util.Collection;

/** Says how far the level of logic may rise; used by the catalogue's rules and the controller. */
public final class LogicGate {
  private LogicGate() {}

  /**
   * The level that may be proposed to the catalogue: what this version and every node know that may
   * have a replica. A data partition may be raised to the level that the catalogue has, since no
   * node that knows less can register from then on.
   *
   * @param voters all peers that have replicas by configuration or record; one that never
   *     registered is of a version without gates
   */
  public static int proposable(MembershipView membership, Collection<PeerId> voters) {
    boolean unknown = voters.stream().anyMatch(peer -> membership.node(peer) == null);
    return unknown ? 0 : Math.min(Logic.newest(), knownToAll(membership));
  }

  /**
   * The highest level that every registered node knows that may have a replica; 0 without nodes.
   */
  static int knownToAll(MembershipView membership) {
    int known = Integer.MAX_VALUE;
    boolean any = false;
    for (NodeDefinition node : membership.nodes()) {
      if (mayHoldReplicas(membership, node)) {
        known = Math.min(known, node.knownLogic());
        any = true;
      }
    }
    return any ? known : 0;
  }

  private static boolean mayHoldReplicas(MembershipView membership, NodeDefinition node) {
    return switch (node.state()) {
      case ACTIVE, DRAINING -> true;
      case REMOVED -> membership.isPlaced(node.peer());
      // Its disk is gone; it does not run any more.
      case LOST -> false;
    };
  }
}
