package io.tern.command.cluster;

import io.tern.command.output.Answer;
import io.tern.command.output.Table;
import io.tern.command.output.Value;
import io.tern.proto.cluster.DescribeClusterResult;
import io.tern.proto.cluster.Node;
import io.tern.proto.cluster.Partition;
import io.tern.proto.cluster.Replica;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.stream.Collectors;

/** A cluster in tables and as data. For the commands of this package. */
final class ClusterView {
  private final DescribeClusterResult cluster;

  ClusterView(DescribeClusterResult cluster) {
    this.cluster = cluster;
  }

  /** How the cluster is, in a few lines. */
  Answer status() {
    long reachable = cluster.getNodesList().stream().filter(Node::getReachable).count();
    long led = cluster.getPartitionsList().stream().filter(ClusterView::isLed).count();
    List<Replica> replicas =
        cluster.getPartitionsList().stream().flatMap(p -> p.getReplicasList().stream()).toList();
    long healing = replicas.stream().filter(Replica::getHealing).count();
    long silent = replicas.stream().filter(replica -> !replica.hasApplied()).count();
    long queues = cluster.getPartitionsList().stream().mapToLong(Partition::getQueues).sum();
    long nodes = cluster.getNodesCount();
    long partitions = cluster.getPartitionsCount();
    boolean healthy = reachable == nodes && led == partitions && healing == 0 && silent == 0;
    List<String> lines =
        Table.pairs(
            List.of(
                List.of(
                    "state", healthy ? "healthy" : led == partitions ? "degraded" : "in part down"),
                List.of("nodes", reachable + " of " + nodes + " reachable"),
                List.of("partitions", led + " of " + partitions + " have a leader"),
                List.of(
                    "replicas",
                    "%d, of which %d heal and %d do not answer"
                        .formatted(replicas.size(), healing, silent)),
                List.of("queues", Long.toString(queues)),
                List.of("asked", cluster.getNodeId() + ", tern " + cluster.getVersion())));
    return new Answer(
        lines,
        Value.fields()
            .with("healthy", healthy)
            .with("nodes", nodes)
            .with("reachableNodes", reachable)
            .with("partitions", partitions)
            .with("ledPartitions", led)
            .with("replicas", replicas.size())
            .with("healingReplicas", healing)
            .with("silentReplicas", silent)
            .with("queues", queues)
            .with("nodeId", cluster.getNodeId())
            .with("version", cluster.getVersion()));
  }

  Answer nodes() {
    List<List<String>> rows = new ArrayList<>();
    List<Value> values = new ArrayList<>();
    for (Node node : cluster.getNodesList()) {
      rows.add(
          List.of(
              node.getId(),
              node.getZone(),
              orDash(node.getApiAddress()),
              orDash(node.getPeerAddress()),
              node.getReachable() ? "yes" : "no",
              Long.toString(Integer.toUnsignedLong(node.getPartitionsLed()))));
      values.add(
          Value.fields()
              .with("id", node.getId())
              .with("zone", node.getZone())
              .withIf(!node.getApiAddress().isEmpty(), "apiAddress", node.getApiAddress())
              .with("peerAddress", node.getPeerAddress())
              .with("reachable", node.getReachable())
              .with("partitionsLed", Integer.toUnsignedLong(node.getPartitionsLed())));
    }
    Table table =
        new Table(
            List.of("NODE", "ZONE", "API ADDRESS", "PEER ADDRESS", "REACHABLE", "LEADS"), rows);
    return Answer.of(table, "no nodes", Value.fields().with("nodes", values));
  }

  Answer partitions() {
    List<List<String>> rows = new ArrayList<>();
    List<Value> values = new ArrayList<>();
    for (Partition partition : cluster.getPartitionsList()) {
      long number = Integer.toUnsignedLong(partition.getNumber());
      rows.add(
          List.of(
              number == 0 ? "0 (catalogue)" : Long.toString(number),
              orDash(partition.getLeader()),
              Long.toString(partition.getTerm()),
              Long.toString(partition.getQueues()),
              lag(partition),
              replicas(partition)));
      values.add(value(partition, number));
    }
    Table table =
        new Table(List.of("PARTITION", "LEADER", "TERM", "QUEUES", "LAG", "REPLICAS"), rows);
    return Answer.of(table, "no partitions", Value.fields().with("partitions", values));
  }

  private static Value value(Partition partition, long number) {
    List<Value> replicas = new ArrayList<>();
    for (Replica replica : partition.getReplicasList()) {
      Value.Fields fields =
          Value.fields().with("nodeId", replica.getNodeId()).with("healing", replica.getHealing());
      replicas.add(replica.hasApplied() ? fields.with("applied", replica.getApplied()) : fields);
    }
    return Value.fields()
        .with("number", number)
        .with("catalogue", number == 0)
        .withIf(isLed(partition), "leader", partition.getLeader())
        .with("term", partition.getTerm())
        .with("queues", partition.getQueues())
        .with("replicas", replicas);
  }

  /** How many entries the slowest replica that answers is behind the fastest. */
  private static String lag(Partition partition) {
    LongSummaryStatistics applied =
        partition.getReplicasList().stream()
            .filter(Replica::hasApplied)
            .mapToLong(Replica::getApplied)
            .summaryStatistics();
    return applied.getCount() == 0 ? "-" : Long.toString(applied.getMax() - applied.getMin());
  }

  private static String replicas(Partition partition) {
    return partition.getReplicasList().stream()
        .map(replica -> replica.getNodeId() + condition(replica))
        .collect(Collectors.joining(", "));
  }

  private static String condition(Replica replica) {
    if (replica.getHealing()) {
      return " (heals)";
    }
    return replica.hasApplied() ? "" : " (silent)";
  }

  private static boolean isLed(Partition partition) {
    return !partition.getLeader().isEmpty();
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }
}
