package io.tern.command.rpc;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.netty.shaded.io.netty.util.internal.logging.InternalLoggerFactory;
import io.grpc.netty.shaded.io.netty.util.internal.logging.JdkLoggerFactory;
import io.tern.command.output.CommandFailure;
import io.tern.command.output.Exit;
import io.tern.command.values.CommandLimits;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The connection to the first node that can be reached. One thread, no native transport, no logging
 * framework: a command lives shorter than they take to load. For {@link Session}.
 */
final class Connection {
  /** Kept, for a logger that nobody holds forgets its level. */
  private static final Logger ROOT = Logger.getLogger("");

  private Connection() {}

  /**
   * Connects.
   *
   * @throws CommandFailure when no node can be reached
   */
  static ManagedChannel open(List<Endpoint> endpoints) {
    // What gRPC would log is said by our own line.
    ROOT.setLevel(Level.OFF);
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    MultiThreadIoEventLoopGroup thread =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("connection", true), NioIoHandler.newFactory());
    for (Endpoint endpoint : endpoints) {
      ManagedChannel channel = channel(endpoint, thread);
      if (isReachable(channel)) {
        return channel;
      }
      channel.shutdownNow();
    }
    throw new CommandFailure(
        Exit.UNREACHABLE,
        "no node answers at "
            + String.join(", ", endpoints.stream().map(Endpoint::toString).toList()));
  }

  private static ManagedChannel channel(Endpoint endpoint, MultiThreadIoEventLoopGroup thread) {
    return NettyChannelBuilder.forAddress(new InetSocketAddress(endpoint.host(), endpoint.port()))
        .usePlaintext()
        .directExecutor()
        .eventLoopGroup(thread)
        .channelType(NioSocketChannel.class, InetSocketAddress.class)
        .overrideAuthority(endpoint.toString())
        .disableRetry()
        .disableServiceConfigLookUp()
        .maxInboundMessageSize(CommandLimits.ANSWER_BYTES)
        .build();
  }

  private static boolean isReachable(ManagedChannel channel) {
    CountDownLatch decided = new CountDownLatch(1);
    watch(channel, decided);
    try {
      if (!decided.await(CommandLimits.CONNECT_SECONDS, TimeUnit.SECONDS)) {
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return channel.getState(false) == ConnectivityState.READY;
  }

  private static void watch(ManagedChannel channel, CountDownLatch decided) {
    ConnectivityState state = channel.getState(true);
    if (state == ConnectivityState.IDLE || state == ConnectivityState.CONNECTING) {
      channel.notifyWhenStateChanged(state, () -> watch(channel, decided));
    } else {
      decided.countDown();
    }
  }
}
