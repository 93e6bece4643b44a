package io.tern.node.delivery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes the sockets of one mail, encrypted or not, and can close them from another thread: the only
 * way to end a blocking conversation with a server that goes on for ever.
 */
final class TrackedSockets extends SSLSocketFactory {
  private final SSLSocketFactory encrypted;
  private final boolean encryptsAtOnce;
  private final List<Socket> made = new ArrayList<>();
  private boolean closed;

  /**
   * @param encryptsAtOnce false when sockets begin in the clear and may be wrapped later
   */
  TrackedSockets(SSLSocketFactory encrypted, boolean encryptsAtOnce) {
    this.encrypted = encrypted;
    this.encryptsAtOnce = encryptsAtOnce;
  }

  /** Ends the conversation; its thread gets an exception. */
  void closeAll() {
    List<Socket> open;
    synchronized (this) {
      closed = true;
      open = List.copyOf(made);
    }
    for (Socket socket : open) {
      try {
        socket.close();
      } catch (IOException alreadyBroken) {
        // It is closed one way or the other.
      }
    }
  }

  @Override
  public Socket createSocket() throws IOException {
    return track(encryptsAtOnce ? encrypted.createSocket() : new Socket());
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return encrypted.createSocket(socket, host, port, autoClose);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return track(encryptsAtOnce ? encrypted.createSocket(host, port) : new Socket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return track(encryptsAtOnce ? encrypted.createSocket(host, port) : new Socket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return encrypted.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return encrypted.getSupportedCipherSuites();
  }

  private synchronized Socket track(Socket socket) throws IOException {
    if (closed) {
      socket.close();
      throw new IOException("the time for this mail is over");
    }
    made.add(socket);
    return socket;
  }
}
