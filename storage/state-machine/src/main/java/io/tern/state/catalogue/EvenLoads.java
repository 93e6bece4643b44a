package io.tern.state.catalogue;

import io.tern.state.PartitionId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds what to carry from node to node so that loads come within one of each other. Where the
 * fullest node cannot give to an emptier one directly, it gives by way of others: the shortest such
 * chain is found, and its last link is to be done first. Each link done makes the chain shorter or
 * the loads more even, so that doing one after the other ends. Used by the planners of replicas and
 * of leaders.
 */
final class EvenLoads {
  private final SortedMap<PeerId, Integer> loads;
  private final Carrier carrier;

  /** Nodes from which no emptier one can be reached, found so far. */
  private final TreeSet<PeerId> seen = new TreeSet<>();

  EvenLoads(SortedMap<PeerId, Integer> loads, Carrier carrier) {
    this.loads = loads;
    this.carrier = carrier;
  }

  /** Knows what can be carried. */
  @FunctionalInterface
  interface Carrier {
    /** The partition whose part of the load may go from the one to the other; null for none. */
    @Nullable PartitionId carried(PeerId from, PeerId to);
  }

  /** One link of a chain. */
  record Link(PartitionId partition, PeerId from, PeerId to) {}

  /** The link to be done first, or null when the loads are as even as they can be. */
  @Nullable Link next() {
    if (loads.isEmpty()) {
      return null;
    }
    int least = Collections.min(loads.values());
    // What an emptier node reaches, a fuller one that reaches it had found: none is asked twice.
    for (PeerId source : fullestFirst()) {
      if (loads.getOrDefault(source, 0) < least + 2) {
        return null;
      }
      Link link = from(source);
      if (link != null) {
        return link;
      }
    }
    return null;
  }

  private List<PeerId> fullestFirst() {
    List<PeerId> peers = new ArrayList<>(loads.keySet());
    peers.sort(Comparator.comparingInt((PeerId peer) -> -loads.getOrDefault(peer, 0)));
    return peers;
  }

  private @Nullable Link from(PeerId source) {
    if (!seen.add(source)) {
      return null;
    }
    int enough = loads.getOrDefault(source, 0) - 2;
    ArrayDeque<PeerId> reached = new ArrayDeque<>(List.of(source));
    while (!reached.isEmpty()) {
      TreeMap<PeerId, Link> further = new TreeMap<>();
      while (!reached.isEmpty()) {
        reach(reached.removeFirst(), further);
      }
      Link best = emptiest(further, enough);
      if (best != null) {
        return best;
      }
      reached.addAll(further.keySet());
    }
    return null;
  }

  private void reach(PeerId from, SortedMap<PeerId, Link> further) {
    for (PeerId to : loads.keySet()) {
      PartitionId carried = seen.contains(to) ? null : carrier.carried(from, to);
      if (carried != null) {
        seen.add(to);
        further.put(to, new Link(carried, from, to));
      }
    }
  }

  private @Nullable Link emptiest(SortedMap<PeerId, Link> reached, int enough) {
    Link best = null;
    int bestLoad = enough + 1;
    for (Link link : reached.values()) {
      int load = loads.getOrDefault(link.to(), 0);
      if (load < bestLoad) {
        best = link;
        bestLoad = load;
      }
    }
    return best;
  }
}
