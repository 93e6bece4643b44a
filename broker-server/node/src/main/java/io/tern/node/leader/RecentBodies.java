package io.tern.node.leader;

import io.tern.state.Bytes;
import io.tern.state.TopicChange.BodyStored;
import io.tern.state.TopicId;
import io.tern.state.limits.Limits;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest published messages of a partition in memory, as {@link RecentMessages} are. Written by
 * the apply thread, read by requests; the oldest leave when the bytes are spent.
 */
final class RecentBodies {
  private record Key(TopicId topic, long number) {}

  private final ConcurrentHashMap<Key, Bytes> bodies = new ConcurrentHashMap<>();
  private final ArrayDeque<Key> byAge = new ArrayDeque<>();
  private long bytes;

  void stored(BodyStored stored) {
    Key key = new Key(stored.topic(), stored.number());
    bodies.put(key, stored.content());
    byAge.add(key);
    bytes += stored.content().size();
    while (bytes > Limits.RECENT_MESSAGE_BYTES || byAge.size() > Limits.RECENT_MESSAGES) {
      Bytes oldest = bodies.remove(byAge.remove());
      bytes -= oldest == null ? 0 : oldest.size();
    }
  }

  Optional<Bytes> find(TopicId topic, long number) {
    return Optional.ofNullable(bodies.get(new Key(topic, number)));
  }
}
