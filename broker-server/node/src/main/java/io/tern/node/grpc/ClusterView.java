package io.tern.node.grpc;

import io.tern.node.config.Member;
import io.tern.node.config.TernConfig;
import io.tern.node.config.Version;
import io.tern.node.raft.ReplicaStatus;
import io.tern.proto.cluster.DescribeClusterResult;
import io.tern.proto.cluster.Node;
import io.tern.proto.cluster.Partition;
import io.tern.proto.cluster.Replica;
import io.tern.proto.messaging.LocateResult;
import io.tern.state.PartitionId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** The cluster as this node sees it, for clients that look for nodes and leaders. */
public final class ClusterView {
  private static final List<String> WILDCARDS = List.of("0.0.0.0", "::", "[::]");

  /**
   * Where the view comes from.
   *
   * @param replicas of this node
   * @param leader who probably leads a partition
   * @param queues how many queues live in a partition
   * @param reachable whether another node answers
   */
  public record Sources(
      Supplier<List<ReplicaStatus>> replicas,
      Function<PartitionId, Optional<String>> leader,
      ToLongFunction<PartitionId> queues,
      Function<String, CompletableFuture<Boolean>> reachable) {}

  private final TernConfig config;
  private final Sources sources;

  public ClusterView(TernConfig config, Sources sources) {
    this.config = config;
    this.sources = sources;
  }

  /**
   * The whole cluster. Other nodes are asked whether they are there; the answer comes at the latest
   * when they had time for it.
   *
   * @param host how the caller calls this node
   */
  CompletableFuture<DescribeClusterResult> describe(String host) {
    List<CompletableFuture<Boolean>> answers =
        config.members().stream().map(this::isReachable).toList();
    return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> described(host, answers));
  }

  private CompletableFuture<Boolean> isReachable(Member member) {
    return member.id().equals(config.nodeId())
        ? CompletableFuture.completedFuture(true)
        : sources.reachable().apply(member.id());
  }

  private DescribeClusterResult described(String host, List<CompletableFuture<Boolean>> answers) {
    DescribeClusterResult.Builder result =
        DescribeClusterResult.newBuilder().setNodeId(config.nodeId()).setVersion(Version.NUMBER);
    List<Partition> partitions = sources.replicas().get().stream().map(this::partition).toList();
    result.addAllPartitions(partitions);
    for (int i = 0; i < config.members().size(); i++) {
      Member member = config.members().get(i);
      long led = partitions.stream().filter(each -> each.getLeader().equals(member.id())).count();
      result.addNodes(
          Node.newBuilder()
              .setId(member.id())
              .setZone(member.zone())
              .setApiAddress(address(member, host))
              .setPeerAddress(member.host() + ":" + member.peerPort())
              .setReachable(answers.get(i).join())
              .setPartitionsLed((int) led));
    }
    return result.build();
  }

  private Partition partition(ReplicaStatus own) {
    return Partition.newBuilder()
        .setNumber(own.partition().number())
        .setLeader(sources.leader().apply(own.partition()).orElse(""))
        .setTerm(own.term())
        .setQueues(sources.queues().applyAsLong(own.partition()))
        .addAllReplicas(config.members().stream().map(member -> replica(member, own)).toList())
        .build();
  }

  /** What the others have applied only they know. */
  private Replica replica(Member member, ReplicaStatus own) {
    Replica.Builder replica = Replica.newBuilder().setNodeId(member.id());
    if (member.id().equals(config.nodeId())) {
      replica.setHealing(own.role() == ReplicaStatus.Role.HEALING);
      if (own.appliedIndex() >= 0) {
        replica.setApplied(own.appliedIndex());
      }
    }
    return replica.build();
  }

  /** Who leads the partition, and where he serves this API. */
  LocateResult locate(PartitionId partition, String host) {
    String leader = sources.leader().apply(partition).orElse("");
    LocateResult.Builder result =
        LocateResult.newBuilder().setPartition(partition.number()).setNodeId(leader);
    Stream<Member> leaders = config.members().stream().filter(member -> member.id().equals(leader));
    leaders.findFirst().ifPresent(member -> result.setAddress(address(member, host)));
    return result.build();
  }

  /** A node that listens on every interface is reached as whoever asks has reached it. */
  private String address(Member member, String host) {
    boolean isHere = member.id().equals(config.nodeId());
    return isHere && WILDCARDS.contains(member.host())
        ? host + ":" + member.grpcPort()
        : member.grpcAddress();
  }
}
