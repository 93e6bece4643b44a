package io.tern.clients;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one address before the nodes, as a load balancer gives it: each connection goes to the first
 * node that takes it. {@link ClientCluster} puts the nodes in order; clients know only this
 * address.
 */
final class Front implements AutoCloseable {
  private static final int BACKLOG = 100;
  private static final int CONNECT_MILLIS = 1_000;

  private final ServerSocket door;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile List<Integer> ports;

  private Front(ServerSocket door, List<Integer> ports) {
    this.door = door;
    this.ports = List.copyOf(ports);
  }

  /** Opens the address; connections are tried with the first of these ports first. */
  static Front open(List<Integer> ports) {
    try {
      Front front =
          new Front(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), ports);
      Thread.ofVirtual().name("front").start(front::accept);
      return front;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  /** From now on new connections try the nodes in this order. */
  void order(List<Integer> newPorts) {
    ports = List.copyOf(newPorts);
  }

  @Override
  public void close() {
    closeQuietly(door);
    open.forEach(Front::closeQuietly);
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Thread.ofVirtual().name("front-connection").start(() -> join(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void join(Socket client) {
    open.add(client);
    Socket node = new Socket();
    try {
      node = connect();
      open.add(node);
      Socket connected = node;
      Thread back = Thread.ofVirtual().name("front-answers").start(() -> copy(connected, client));
      copy(client, node);
      back.join();
    } catch (IOException nobodyListens) {
      // The client sees its connection end, as with any load balancer.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closeQuietly(client);
      closeQuietly(node);
      open.remove(client);
      open.remove(node);
    }
  }

  private Socket connect() throws IOException {
    for (int port : ports) {
      Socket socket = new Socket();
      try {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
        return socket;
      } catch (IOException dead) {
        socket.close();
      }
    }
    throw new IOException("no node takes the connection");
  }

  /** Copies until one side ends; then neither has anything more to say. */
  private static void copy(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException gone) {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception alreadyGone) {
      // Nothing is left to be done with it.
    }
  }
}
