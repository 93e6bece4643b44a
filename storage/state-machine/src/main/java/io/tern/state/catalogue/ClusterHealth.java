package io.tern.state.catalogue;

import io.tern.state.PartitionId;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What the leader of the catalogue sees of the nodes; not part of the state, and given to planners
 * as data.
 *
 * @param awayMillis for how long each node has not answered, 0 for one that does; a node that is
 *     missing is not heard of yet
 * @param behind replicas that have not caught up, or are being healed, though their nodes answer
 */
public record ClusterHealth(SortedMap<PeerId, Long> awayMillis, SortedSet<ReplicaOf> behind) {

  /** One node's copy of a partition. */
  public record ReplicaOf(PartitionId partition, PeerId peer) implements Comparable<ReplicaOf> {
    private static final Comparator<ReplicaOf> ORDER =
        Comparator.comparing(ReplicaOf::partition).thenComparing(ReplicaOf::peer);

    @Override
    public int compareTo(ReplicaOf other) {
      return ORDER.compare(this, other);
    }
  }

  boolean isHere(PeerId peer) {
    Long away = awayMillis.get(peer);
    return away != null && away == 0;
  }

  boolean isAwayFor(PeerId peer, long millis) {
    Long away = awayMillis.get(peer);
    return away != null && away >= millis;
  }

  boolean isBehind(PartitionId partition, PeerId peer) {
    return behind.contains(new ReplicaOf(partition, peer));
  }
}
