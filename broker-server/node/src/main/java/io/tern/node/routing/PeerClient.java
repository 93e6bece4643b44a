package io.tern.node.routing;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.tern.node.config.Member;
import io.tern.node.config.WallClock;
import io.tern.node.leader.ReceiveRequest;
import io.tern.node.leader.ReceivedMessages;
import io.tern.node.raft.RaftFailure;
import io.tern.proto.peer.PeerAnswer;
import io.tern.proto.peer.PeerCall;
import io.tern.state.Command;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.Reply;
import io.tern.state.limits.Limits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Calls to the leaders on other nodes. A call whose node is unknown to it fails as not served. */
public final class PeerClient {
  private final Map<String, PeerConnection> connections = new TreeMap<>();

  public PeerClient(List<Member> others, WallClock clock) {
    for (Member member : others) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(member.host(), member.peerPort())
              .usePlaintext()
              .maxInboundMessageSize(Limits.PEER_MESSAGE_BYTES)
              .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, Limits.PEER_CONNECT_MILLIS)
              .keepAliveTime(10, TimeUnit.SECONDS)
              .keepAliveTimeout(5, TimeUnit.SECONDS)
              .build();
      connections.put(member.id(), new PeerConnection(channel, clock));
    }
  }

  CompletableFuture<List<Reply>> execute(
      String node, PartitionId partition, List<Command> commands) {
    return call(node, partition, Limits.CALL_MILLIS, c -> c.setExecute(PeerCodec.execute(commands)))
        .thenApply(answer -> PeerCodec.replies(answer.getExecuted()));
  }

  CompletableFuture<ReceivedMessages> receive(
      String node, PartitionId partition, ReceiveRequest request) {
    CompletableFuture<PeerAnswer> answer =
        call(
            node,
            partition,
            Limits.CALL_MILLIS + request.waitMillis(),
            c -> c.setReceive(PeerCodec.receive(request)));
    CompletableFuture<ReceivedMessages> received =
        answer.thenApply(told -> PeerCodec.received(told.getReceived()));
    var _ =
        received.whenComplete((messages, failure) -> {
          if (received.isCancelled()) {
            answer.cancel(false);
          }
        });
    return received;
  }

  CompletableFuture<Optional<QueueCounts>> inspect(
      String node, PartitionId partition, QueueId queue) {
    return call(
            node,
            partition,
            Limits.CALL_MILLIS,
            c -> c.getInspectBuilder().setQueue(queue.number()))
        .thenApply(answer -> PeerCodec.counts(answer.getInspected()));
  }

  /**
   * Whether there is a connection to the node. One that nobody needed before is tried now, and
   * waited for as long as a call may.
   */
  public CompletableFuture<Boolean> isReachable(String node) {
    PeerConnection connection = connections.get(node);
    return connection == null ? CompletableFuture.completedFuture(false) : connection.isReachable();
  }

  /** The channel to a node, for transfers that have a call of their own. */
  Optional<ManagedChannel> channel(String node) {
    return Optional.ofNullable(connections.get(node)).map(PeerConnection::channel);
  }

  /** Ends calls whose time is over; called about once a second. */
  public void endOverdue() {
    connections.values().forEach(PeerConnection::endOverdue);
  }

  /** What ends the calls about a partition that are pending now, except those to that node. */
  Runnable callsToOthers(PartitionId partition, String node) {
    List<Runnable> endings =
        connections.entrySet().stream()
            .filter(connection -> !connection.getKey().equals(node))
            .map(connection -> connection.getValue().callsOf(partition))
            .toList();
    return () -> endings.forEach(Runnable::run);
  }

  public void close() {
    connections.values().forEach(PeerConnection::close);
  }

  private CompletableFuture<PeerAnswer> call(
      String node, PartitionId partition, long patienceMillis, Consumer<PeerCall.Builder> fill) {
    PeerConnection connection = connections.get(node);
    if (connection == null) {
      return CompletableFuture.failedFuture(RaftFailure.notLeader(null));
    }
    return connection.call(partition, patienceMillis, fill);
  }
}
