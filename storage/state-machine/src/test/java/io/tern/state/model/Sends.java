package io.tern.state.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tern.state.Bytes;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers all sends of a history, the copies of a published message one by one, and their bodies.
 */
final class Sends {
  private final Map<Long, Bytes> published = new HashMap<>();
  private long last;

  long next() {
    last++;
    return last;
  }

  /** The send is a copy of a published message. */
  void publish(long send, Bytes content) {
    published.put(send, content);
  }

  Bytes content(long send) {
    Bytes known = published.get(send);
    return known == null ? Bytes.of(Long.toString(send).getBytes(UTF_8)) : known;
  }
}
