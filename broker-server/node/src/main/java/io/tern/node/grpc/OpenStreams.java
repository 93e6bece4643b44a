package io.tern.node.grpc;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The streams of messages that are open on this node, so that they end well when it stops. */
final class OpenStreams {

  /** One stream. Told from any thread, it acts on its own loop. */
  interface Stream {
    /** Begin nothing new, answer what is due, then end as unavailable. */
    void nodeStops();
  }

  private final Set<Stream> open = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean stopping = new AtomicBoolean();

  void opened(Stream stream) {
    open.add(stream);
    if (stopping.get()) {
      stream.nodeStops();
    }
  }

  void ended(Stream stream) {
    open.remove(stream);
  }

  int count() {
    return open.size();
  }

  /** Ends all that are open, and those that open from now on. */
  void stop() {
    stopping.set(true);
    open.forEach(Stream::nodeStops);
  }
}
