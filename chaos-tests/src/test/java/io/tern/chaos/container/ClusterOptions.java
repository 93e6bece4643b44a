package io.tern.chaos.container;

import java.util.ArrayList;
import java.util.List;

/**
 * What kind of cluster of containers a run wants.
 *
 * @param name for its folder under target/chaos
 * @param zones one node in each
 * @param nodeFlags what every node is told besides who it is
 * @param jvmFlags what every JVM is told besides its size; a mutation comes this way
 * @param diskBytes size of each node's disk
 */
public record ClusterOptions(
    String name, int zones, List<String> nodeFlags, List<String> jvmFlags, long diskBytes) {
  private static final long DISK_BYTES = 1L << 30;

  /** Three zones, no 60-second waits, and checkpoints often enough to matter in a short run. */
  public static ClusterOptions of(String name) {
    return new ClusterOptions(
        name,
        3,
        List.of("--relaxed", "--snapshot-log-bytes", Integer.toString(1 << 20)),
        List.of(),
        DISK_BYTES);
  }

  /** With so many data partitions instead of the default. */
  public ClusterOptions withPartitions(int partitions) {
    List<String> flags = new ArrayList<>(nodeFlags);
    flags.addAll(List.of("--partitions", Integer.toString(partitions)));
    return new ClusterOptions(name, zones, List.copyOf(flags), jvmFlags, diskBytes);
  }

  public ClusterOptions withJvmFlag(String flag) {
    List<String> flags = new ArrayList<>(jvmFlags);
    flags.add(flag);
    return new ClusterOptions(name, zones, nodeFlags, List.copyOf(flags), diskBytes);
  }
}
