package io.tern.node.leader;

import io.tern.disk.StoredContent;
import io.tern.disk.StoredMessage;
import io.tern.state.Change;
import io.tern.state.QueueId;
import io.tern.state.TopicChange;
import io.tern.state.limits.Limits;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest messages of a partition in memory, so that a receive soon after the send reads no
 * disk. Written by the apply thread, read by requests; the oldest leave when the bytes are spent.
 */
final class RecentMessages {
  private record Key(QueueId queue, long number) {}

  private final ConcurrentHashMap<Key, StoredMessage> messages = new ConcurrentHashMap<>();
  private final ArrayDeque<Key> byAge = new ArrayDeque<>();
  private long bytes;

  void stored(Change.MessageStored stored) {
    keep(
        stored.queue(),
        new StoredMessage(
            stored.number(), stored.sentMillis(), stored.group(), null, stored.content()));
  }

  void stored(Change.MessageArrived arrived) {
    keep(
        arrived.queue(),
        new StoredMessage(
            arrived.number(),
            arrived.sentMillis(),
            arrived.group(),
            arrived.arrival().deadLetterSource(),
            arrived.content()));
  }

  void stored(TopicChange.NotificationStored stored) {
    keep(
        stored.queue(),
        new StoredMessage(
            stored.number(),
            stored.sentMillis(),
            stored.group(),
            null,
            new StoredContent.Reference(stored.notification())));
  }

  private void keep(QueueId queue, StoredMessage message) {
    Key key = new Key(queue, message.number());
    messages.put(key, message);
    byAge.add(key);
    bytes += weight(message);
    while (bytes > Limits.RECENT_MESSAGE_BYTES || byAge.size() > Limits.RECENT_MESSAGES) {
      drop(byAge.remove());
    }
  }

  /** Takes the bytes of a message that left its queue out; its key leaves with the oldest. */
  void removed(QueueId queue, long number) {
    StoredMessage message = messages.remove(new Key(queue, number));
    if (message != null) {
      bytes -= weight(message);
    }
  }

  Optional<StoredMessage> find(QueueId queue, long number) {
    return Optional.ofNullable(messages.get(new Key(queue, number)));
  }

  private void drop(Key key) {
    StoredMessage message = messages.remove(key);
    if (message != null) {
      bytes -= weight(message);
    }
  }

  private static long weight(StoredMessage message) {
    return message.content().bytes() + 100L;
  }
}
