package io.tern.chaos;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends bytes to a server as they are, and tells what came back. For the bad input tests. */
final class RawHttp {
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(20);
  private static final int MAX_STATUS_LINE_BYTES = 1_000;

  /** What a server may do with bytes it did not expect. */
  sealed interface Outcome {
    /** It answered with a status. */
    record Status(int code) implements Outcome {}

    /** It closed the connection without an answer. */
    record Closed() implements Outcome {}

    /** It answered with something that is no status line. */
    record Other(String start) implements Outcome {}

    /** It still waits for more. */
    record Silent() implements Outcome {}
  }

  private final URI endpoint;

  RawHttp(URI endpoint) {
    this.endpoint = endpoint;
  }

  Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), 5_000);
    return socket;
  }

  /** Sends the bytes and waits for the answer. */
  Outcome exchange(byte[] request) {
    return exchange(request, ANSWERS_WITHIN, false);
  }

  /** Sends the bytes, tells the server that no more will come, and waits for the answer. */
  Outcome exchangeAndEnd(byte[] request) {
    return exchange(request, ANSWERS_WITHIN, true);
  }

  /** Sends the bytes over and over until the server has enough, at most so many. */
  Outcome flood(byte[] start, byte[] part, long maxBytes) {
    try (Socket socket = connect()) {
      socket.setSoTimeout(Math.toIntExact(ANSWERS_WITHIN.toMillis()));
      try {
        socket.getOutputStream().write(start);
        for (long sent = 0; sent < maxBytes; sent += part.length) {
          socket.getOutputStream().write(part);
        }
      } catch (IOException serverHasEnough) {
        return readOutcome(socket);
      }
      return readOutcome(socket);
    } catch (IOException e) {
      return new Outcome.Closed();
    }
  }

  private Outcome exchange(byte[] request, Duration patience, boolean end) {
    try (Socket socket = connect()) {
      socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
      try {
        socket.getOutputStream().write(request);
        if (end) {
          socket.shutdownOutput();
        }
      } catch (IOException serverHasEnough) {
        return readOutcome(socket);
      }
      return readOutcome(socket);
    } catch (IOException e) {
      return new Outcome.Closed();
    }
  }

  static Outcome readOutcome(Socket socket) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      int next = in.read();
      while (next >= 0 && next != '\n' && line.size() < MAX_STATUS_LINE_BYTES) {
        line.write(next);
        next = in.read();
      }
    } catch (SocketTimeoutException e) {
      return new Outcome.Silent();
    } catch (IOException e) {
      return new Outcome.Closed();
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    if (text.isEmpty()) {
      return new Outcome.Closed();
    }
    if (text.matches("HTTP/\\d\\.\\d \\d{3}.*\\s*")) {
      return new Outcome.Status(Integer.parseInt(text.substring(9, 12)));
    }
    return new Outcome.Other(text);
  }
}
