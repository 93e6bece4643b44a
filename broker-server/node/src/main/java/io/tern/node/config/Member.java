package io.tern.node.config;

/**
 * A node as the others know it.
 *
 * @param zone the place that fails as one
 * @param peerPort where it answers peers over gRPC
 * @param raftPort where its Ratis server listens
 * @param grpcPort where it answers clients over gRPC
 */
public record Member(
    String id, String zone, String host, int peerPort, int raftPort, int grpcPort) {

  /** Where a node answers clients over gRPC unless told otherwise. */
  public static final int GRPC_PORT = 9328;

  private static final int PARTS = 3;

  /** A member with the usual port for clients over gRPC. */
  public Member(String id, String zone, String host, int peerPort, int raftPort) {
    this(id, zone, host, peerPort, raftPort, GRPC_PORT);
  }

  /**
   * Reads {@code id/zone=host:peerPort:raftPort[:grpcPort]}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static Member parse(String text) {
    int equals = text.indexOf('=');
    int slash = text.indexOf('/');
    String[] address = equals < 0 ? new String[0] : text.substring(equals + 1).split(":", -1);
    boolean whole = address.length == PARTS || address.length == PARTS + 1;
    if (slash <= 0 || equals < slash + 2 || !whole || address[0].isEmpty()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a member; write id/zone=host:peerPort:raftPort[:grpcPort]");
    }
    return new Member(
        text.substring(0, slash),
        text.substring(slash + 1, equals),
        address[0],
        port(text, address[1]),
        port(text, address[2]),
        address.length == PARTS ? GRPC_PORT : port(text, address[PARTS]));
  }

  /** Where clients reach it over gRPC: host:port. */
  public String grpcAddress() {
    return host + ":" + grpcPort;
  }

  private static int port(String member, String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException notANumber) {
      // Falls through to the one message for every bad port.
    }
    throw new IllegalArgumentException("'" + text + "' in member '" + member + "' is not a port");
  }
}
