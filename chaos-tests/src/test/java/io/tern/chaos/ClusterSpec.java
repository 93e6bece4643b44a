package io.tern.chaos;

import java.util.ArrayList;
import java.util.List;

/** What kind of cluster a suite wants. {@link TernCluster} starts it. */
public record ClusterSpec(String name, int nodeCount, List<String> extraFlags) {
  /** The rules of SQS as they are, the 60-second waits included. */
  public static ClusterSpec ofNodes(String name, int nodeCount) {
    return new ClusterSpec(name, nodeCount, List.of());
  }

  /** Without the 60-second waits after a purge and a deletion. */
  public ClusterSpec relaxed() {
    return with("--relaxed");
  }

  /** Snapshots after so many bytes of log, so that a test need not write gigabytes. */
  public ClusterSpec snapshotLogBytes(long bytes) {
    return with("--snapshot-log-bytes", Long.toString(bytes));
  }

  private ClusterSpec with(String... flags) {
    List<String> all = new ArrayList<>(extraFlags);
    all.addAll(List.of(flags));
    return new ClusterSpec(name, nodeCount, List.copyOf(all));
  }
}
