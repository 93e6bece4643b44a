package io.tern.node.delivery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * The sockets of one mail, which can be closed from another thread: the only way to end a blocking
 * conversation with a server that goes on for ever.
 */
final class TrackedSockets {
  private final List<Socket> made = new ArrayList<>();
  private boolean closed;

  /** Makes sockets that begin in the clear. */
  SocketFactory plain() {
    return new Plain();
  }

  /** Makes sockets that are encrypted at once, and wraps those that began in the clear. */
  SSLSocketFactory encrypted(SSLSocketFactory maker) {
    return new Encrypted(maker);
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

  private synchronized Socket track(Socket socket) throws IOException {
    if (closed) {
      socket.close();
      throw new IOException("the time for this mail is over");
    }
    made.add(socket);
    return socket;
  }

  private final class Plain extends SocketFactory {
    @Override
    public Socket createSocket() throws IOException {
      return track(new Socket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return track(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      return track(new Socket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return track(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      return track(new Socket(host, port, local, localPort));
    }
  }

  private final class Encrypted extends SSLSocketFactory {
    private final SSLSocketFactory maker;

    Encrypted(SSLSocketFactory maker) {
      this.maker = maker;
    }

    @Override
    public Socket createSocket() throws IOException {
      return track(maker.createSocket());
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
        throws IOException {
      return maker.createSocket(socket, host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return track(maker.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      return track(maker.createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return track(maker.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      return track(maker.createSocket(host, port, local, localPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return maker.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return maker.getSupportedCipherSuites();
    }
  }
}
