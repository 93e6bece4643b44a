package io.tern.client;

import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The connections of one client: one for each address, made when first needed. Unary calls and
 * streams take theirs from here. Endpoints are taken in turn; a failure moves the turn on.
 */
final class Channels implements AutoCloseable {
  private final List<String> endpoints;
  private final ChannelCredentials credentials;
  private final Map<String, ManagedChannel> open = new LinkedHashMap<>(16, 0.75f, true);
  private int turn;
  private boolean closed;

  Channels(List<String> endpoints, ChannelCredentials credentials) {
    this.endpoints = List.copyOf(endpoints);
    this.credentials = credentials;
    this.turn = (int) (Chance.fraction() * endpoints.size());
  }

  /** The endpoint whose turn it is. */
  synchronized String endpoint() {
    return endpoints.get(turn);
  }

  /** What was asked of this address failed: if it is the endpoint in use, the next one's turn. */
  synchronized void failed(String address) {
    if (endpoints.get(turn).equals(address)) {
      turn = (turn + 1) % endpoints.size();
    }
  }

  /**
   * The connection to an address.
   *
   * @throws TernClientException when the client is closed
   */
  synchronized ManagedChannel to(String address) {
    if (closed) {
      throw TernClientException.closed("the client");
    }
    ManagedChannel channel = open.get(address);
    if (channel == null) {
      makeRoom();
      channel = connect(address);
      open.put(address, channel);
    }
    // Our own retries decide when to try again; the channel must not wait longer than they do.
    channel.resetConnectBackoff();
    return channel;
  }

  /** Ends all connections; calls that still run end with an error. */
  @Override
  public void close() {
    List<ManagedChannel> ending;
    synchronized (this) {
      closed = true;
      ending = new ArrayList<>(open.values());
      open.clear();
    }
    ending.forEach(ManagedChannel::shutdownNow);
    for (ManagedChannel channel : ending) {
      try {
        if (!channel.awaitTermination(ClientLimits.CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Calls on a connection that goes may finish: shutdown only refuses new ones. */
  private void makeRoom() {
    Iterator<Map.Entry<String, ManagedChannel>> oldestFirst = open.entrySet().iterator();
    while (open.size() >= ClientLimits.CHANNELS && oldestFirst.hasNext()) {
      ManagedChannel unused = oldestFirst.next().getValue();
      oldestFirst.remove();
      unused.shutdown();
    }
  }

  private ManagedChannel connect(String address) {
    return NettyChannelBuilder.forTarget("dns:///" + address, credentials)
        .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, ClientLimits.CONNECT_MILLIS)
        .maxInboundMessageSize(ClientLimits.ANSWER_BYTES)
        .keepAliveTime(ClientLimits.KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(ClientLimits.KEEP_ALIVE_ANSWER_SECONDS, TimeUnit.SECONDS)
        .keepAliveWithoutCalls(false)
        .defaultLoadBalancingPolicy("pick_first")
        .disableServiceConfigLookUp()
        .disableRetry()
        .build();
  }
}
