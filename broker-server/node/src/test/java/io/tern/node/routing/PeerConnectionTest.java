package io.tern.node.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tern.node.config.WallClock;
import io.tern.node.raft.RaftFailure;
import io.tern.proto.peer.PeerAnswer;
import io.tern.state.PartitionId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

  private static int portOfNobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
