package io.tern.state.catalogue;

/**
 * What an operator may choose about the whole cluster.
 *
 * @param replicas of each data partition, where there are so many nodes; odd
 * @param leaderZone where leaders should be, empty for anywhere
 */
public record ClusterSettings(int replicas, String leaderZone) {
  public static final ClusterSettings DEFAULT = new ClusterSettings(3, "");
}
