package io.tern.node.grpc;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The event loops of the gRPC port. A call stays on the loop of its connection, as on HTTP: gRPC
 * calls us there, and whatever completes elsewhere comes back to it. So the calls need no locks.
 */
final class GrpcLoops {
  private static final long STOP_MILLIS = 1_000;

  private final EventLoopGroup loops;
  private final Class<? extends ServerChannel> channelType;

  GrpcLoops(int count) {
    boolean epoll = Epoll.isAvailable();
    IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    this.loops =
        new MultiThreadIoEventLoopGroup(
            count, Thread.ofPlatform().daemon().name("grpc-", 0).factory(), handlers);
    this.channelType = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  /** Lets the server run on these loops, its calls too. */
  NettyServerBuilder carry(NettyServerBuilder server) {
    return server
        .channelType(channelType)
        .bossEventLoopGroup(loops)
        .workerEventLoopGroup(loops)
        .directExecutor();
  }

  /** The loop that the caller is on. */
  Executor current() {
    for (EventExecutor loop : loops) {
      if (loop.inEventLoop()) {
        return loop;
      }
    }
    throw new IllegalStateException("a call of gRPC that is not on an event loop");
  }

  /** Ends the threads; the server is closed already. */
  void close() {
    var _ = loops.shutdownGracefully(0, STOP_MILLIS, TimeUnit.MILLISECONDS);
  }
}
