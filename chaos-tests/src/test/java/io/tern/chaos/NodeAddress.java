package io.tern.chaos;

import java.net.URI;

/** Who a node is and where it listens; the same before and after a restart. */
public record NodeAddress(
    String nodeId, String zone, int port, int adminPort, int peerPort, int raftPort, int grpcPort) {
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Where the node serves clients over gRPC: host:port. */
  public String grpc() {
    return "127.0.0.1:" + grpcPort;
  }

  public URI admin(String path) {
    return URI.create("http://127.0.0.1:" + adminPort + path);
  }

  /** This node's part of the {@code --cluster} flag. */
  String member() {
    return "%s/%s=127.0.0.1:%d:%d:%d".formatted(nodeId, zone, peerPort, raftPort, grpcPort);
  }
}
