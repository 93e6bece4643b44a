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

  /** Web servers on loopback may subscribe to topics. */
  public ClusterSpec deliversToLoopback() {
    return with("--delivery-allow", "127.0.0.1");
  }

  /** With these flags too. */
  public ClusterSpec withFlags(String... flags) {
    return with(flags);
  }

  private ClusterSpec with(String... flags) {
    List<String> all = new ArrayList<>(extraFlags);
    all.addAll(List.of(flags));
    return new ClusterSpec(name, nodeCount, List.copyOf(all));
  }
}
