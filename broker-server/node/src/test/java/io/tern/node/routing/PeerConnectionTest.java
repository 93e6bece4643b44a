package io.tern.node.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tern.node.config.Member;
import io.tern.node.config.WallClock;
import io.tern.node.raft.RaftFailure;
import io.tern.proto.peer.PeerAnswer;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a call comes to when the node it is for is gone. */
class PeerConnectionTest {
  private static final long PATIENCE_MILLIS = 10_000;

  /** Else every request that comes during an election would be answered with 503. */
  @Test
  void aCallToADeadNodeNeverLeftAndMayBeTriedElsewhere() throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", portOfNobody()).usePlaintext().build();
    PeerConnection connection = new PeerConnection(channel, WallClock.system());
    try {
      CompletableFuture<PeerAnswer> answer =
          connection.call(new PartitionId(1), PATIENCE_MILLIS, call -> {});
      assertThat(answer.handle((told, failure) -> failure).get(30, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              RaftFailure.class,
              failure -> assertThat(failure.kind()).isEqualTo(RaftFailure.Kind.NOT_LEADER));
    } finally {
      connection.close();
    }
  }

  /** A machine that is gone refuses nothing. Calls waited for it while another node led. */
  @Test
  void aCallToAnAddressThatAnswersNothingMaySoonBeTriedElsewhere() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket first = new Socket();
        Socket second = new Socket()) {
      // With its queue of connections full, the kernel drops who comes next.
      first.connect(full.getLocalSocketAddress());
      second.connect(full.getLocalSocketAddress());
      Member member = new Member("n2", "zone-b", "127.0.0.1", full.getLocalPort(), 1);
      PeerClient peers = new PeerClient(List.of(member), WallClock.system());
      try {
        CompletableFuture<?> answer = peers.inspect("n2", new PartitionId(1), new QueueId(1));
        assertThat(answer.handle((told, failure) -> failure).get(10, TimeUnit.SECONDS))
            .extracting(RaftFailure::causeOf)
            .isInstanceOfSatisfying(
                RaftFailure.class,
                failure -> assertThat(failure.kind()).isEqualTo(RaftFailure.Kind.NOT_LEADER));
      } finally {
        peers.close();
      }
    }
  }

  /** A paused node keeps its connections and answers nothing. */
  @Test
  void callsToAFormerLeaderEndAsUnknownAndOthersWaitOn() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      List<Member> members =
          List.of(
              new Member("n2", "zone-b", "127.0.0.1", silent.getLocalPort(), 1),
              new Member("n3", "zone-c", "127.0.0.1", silent.getLocalPort(), 1));
      PeerClient peers = new PeerClient(members, WallClock.system());
      try {
        CompletableFuture<?> former = peers.inspect("n2", new PartitionId(1), new QueueId(1));
        CompletableFuture<?> elsewhere = peers.inspect("n2", new PartitionId(2), new QueueId(2));
        CompletableFuture<?> present = peers.inspect("n3", new PartitionId(1), new QueueId(1));
        Runnable endCalls = peers.callsToOthers(new PartitionId(1), "n3");
        CompletableFuture<?> later = peers.inspect("n2", new PartitionId(1), new QueueId(1));
        endCalls.run();
        assertThat(former.handle((told, failure) -> failure).get(10, TimeUnit.SECONDS))
            .extracting(RaftFailure::causeOf)
            .isInstanceOfSatisfying(
                RaftFailure.class,
                failure -> assertThat(failure.kind()).isEqualTo(RaftFailure.Kind.UNKNOWN));
        assertThat(List.of(elsewhere, present, later)).noneMatch(CompletableFuture::isDone);
      } finally {
        peers.close();
      }
    }
  }

  private static int portOfNobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
