package io.tern.chaos.run;

import io.tern.chaos.ReplicaState;
import io.tern.chaos.checker.Verdict;
import io.tern.chaos.container.ContainerCluster;
import io.tern.chaos.container.ContainerNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** What the nodes themselves say at the end: equal replicas, and logs without faults of ours. */
final class ClusterChecks {
  private static final Duration EQUAL_WITHIN = Duration.ofSeconds(60);
  private static final int MAX_LINES = 20;

  /** Lines that name a fault of the product whatever was done to it. */
  private static final List<String> NEVER =
      List.of("a rule failed", "a request failed", "OutOfMemoryError", "outbox gap");

  private ClusterChecks() {}

  /** Waits until all replicas of each partition have applied the same entries, then compares. */
  static Verdict replicas(ContainerCluster cluster) {
    Map<Integer, Map<String, ReplicaState>> last = new TreeMap<>();
    try {
      Awaitility.await("replicas at one entry")
          .atMost(EQUAL_WITHIN)
          .pollInterval(Duration.ofMillis(300))
          .until(() -> {
            last.clear();
            last.putAll(byPartition(cluster));
            return last.values().stream().allMatch(ClusterChecks::atOneEntry);
          });
    } catch (ConditionTimeoutException apart) {
      // Told below, with where each of them stands.
    }
    List<String> violations = new ArrayList<>();
    last.forEach((partition, statuses) -> {
      long hashes = statuses.values().stream().map(ReplicaState::hash).distinct().count();
      if (hashes != 1 || statuses.size() != cluster.nodes().size()) {
        violations.add("partition " + partition + ": " + statuses);
      }
    });
    return new Verdict("replicas", last.size(), violations.size(), violations, Map.of());
  }

  private static boolean atOneEntry(Map<String, ReplicaState> statuses) {
    return statuses.values().stream().map(ReplicaState::applied).distinct().count() == 1;
  }

  private static Map<Integer, Map<String, ReplicaState>> byPartition(ContainerCluster cluster) {
    Map<Integer, Map<String, ReplicaState>> all = new HashMap<>();
    for (ContainerNode node : cluster.nodes()) {
      for (ReplicaState status : node.replicas()) {
        all.computeIfAbsent(status.partition(), p -> new TreeMap<>()).put(node.nodeId(), status);
      }
    }
    return all;
  }

  /** No node may have logged a fault of ours. */
  static Verdict logs(ContainerCluster cluster) {
    List<String> violations = new ArrayList<>();
    long lines = 0;
    long bad = 0;
    for (ContainerNode node : cluster.nodes()) {
      for (String line : node.log()) {
        lines++;
        if (NEVER.stream().anyMatch(line::contains)) {
          bad++;
          if (violations.size() < MAX_LINES) {
            violations.add(node.nodeId() + ": " + line);
          }
        }
      }
    }
    return new Verdict("logs", lines, bad, violations, Map.of());
  }
}
