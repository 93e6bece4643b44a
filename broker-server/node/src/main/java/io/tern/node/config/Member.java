package io.tern.node.config;

/**
 * A node as the others know it.
 *
 * @param zone the place that fails as one
 * @param peerPort where it answers peers over gRPC
 * @param raftPort where its Ratis server listens
 */
public record Member(String id, String zone, String host, int peerPort, int raftPort) {

  /**
   * Reads {@code id/zone=host:peerPort:raftPort}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static Member parse(String text) {
    int equals = text.indexOf('=');
    int slash = text.indexOf('/');
    String[] address = equals < 0 ? new String[0] : text.substring(equals + 1).split(":", -1);
    if (slash <= 0 || equals < slash + 2 || address.length != 3 || address[0].isEmpty()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a member; write id/zone=host:peerPort:raftPort");
    }
    return new Member(
        text.substring(0, slash),
        text.substring(slash + 1, equals),
        address[0],
        port(text, address[1]),
        port(text, address[2]));
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
