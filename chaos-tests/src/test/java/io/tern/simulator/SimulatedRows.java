package io.tern.simulator;

import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.TopicChange;
import io.tern.state.TopicId;
import io.tern.state.crossing.Crossing.MovedMessage;
import io.tern.state.crossing.Crossing.ParkedMessage;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.crossing.TopicCrossing.CarriedFanOut;
import io.tern.state.crossing.TopicCrossing.FanOut;
import io.tern.state.topic.Notification;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one replica's disk holds of messages, written from the changes like the disk does it. */
final class SimulatedRows {

  /** A message's row. */
  record Row(long sentMillis, String group, Bytes content) {}

  /** Where a message's row is. */
  record Key(QueueId queue, long number) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::queue).thenComparingLong(Key::number);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  private final TreeMap<Key, Row> messages = new TreeMap<>();
  private final TreeMap<PartitionId, TreeMap<Long, Row>> outboxes = new TreeMap<>();
  private final TreeMap<Key, Notification> notifications = new TreeMap<>();
  private final TreeMap<TopicId, TreeMap<Long, Bytes>> bodies = new TreeMap<>();

  SimulatedRows copy() {
    SimulatedRows copy = new SimulatedRows();
    copy.messages.putAll(messages);
    copy.notifications.putAll(notifications);
    bodies.forEach((topic, kept) -> copy.bodies.put(topic, new TreeMap<>(kept)));
    outboxes.forEach((destination, rows) -> copy.outboxes.put(destination, new TreeMap<>(rows)));
    return copy;
  }

  void write(Change change) {
    switch (change) {
      case Change.MessageStored c ->
          messages.put(
              new Key(c.queue(), c.number()), new Row(c.sentMillis(), c.group(), c.content()));
      case Change.MessageArrived c ->
          messages.put(
              new Key(c.queue(), c.number()), new Row(c.sentMillis(), c.group(), c.content()));
      case TopicChange.BodyStored c -> bodies(c.topic()).put(c.number(), c.content());
      case TopicChange.BodiesForgotten c -> {
        bodies(c.topic()).headMap(c.upTo(), true).clear();
        notifications.values().forEach(this::body);
      }
      case TopicChange.NotificationStored c -> {
        Key key = new Key(c.queue(), c.number());
        messages.put(key, new Row(c.sentMillis(), c.group(), body(c.notification())));
        notifications.put(key, c.notification());
      }
      case Change.MessageParked c -> {
        Row row = remove(new Key(c.queue(), c.number()));
        if (row == null) {
          throw new IllegalStateException("No row of a parked message: " + c);
        }
        outbox(c.destination()).put(c.outboxNumber(), row);
      }
      case Change.MessageRemoved c -> remove(new Key(c.queue(), c.number()));
      case Change.MessagesExpired c -> removeUpTo(c.queue(), c.upTo());
      case Change.QueuePurged c -> removeUpTo(c.queue(), c.upTo());
      case Change.QueueRemoved c -> removeUpTo(c.queue(), Long.MAX_VALUE);
      case Change.OutboxAppended c -> {
        if (c.crossing() instanceof MovedMessage m) {
          outbox(c.destination()).put(c.number(), new Row(m.sentMillis(), m.group(), m.content()));
        }
      }
      case Change.OutboxSettled c -> outbox(c.destination()).headMap(c.upTo(), true).clear();
      default -> {}
    }
  }

  /** The crossing with what its row holds, as a courier carries it. */
  OutboxEntry whole(PartitionId destination, OutboxEntry entry) {
    if (entry.crossing() instanceof FanOut fanOut) {
      return new OutboxEntry(
          entry.number(), new CarriedFanOut(fanOut, body(fanOut.topic(), fanOut.body())));
    }
    if (!(entry.crossing() instanceof ParkedMessage parked)) {
      return entry;
    }
    Row row = outbox(destination).get(entry.number());
    if (row == null) {
      throw new IllegalStateException("No row of an outbox entry: " + entry);
    }
    return new OutboxEntry(
        entry.number(), new MovedMessage(parked, row.sentMillis(), row.group(), row.content()));
  }

  /** The message's body; null when it has no row. */
  @Nullable Bytes content(QueueId queue, long number) {
    Row row = messages.get(new Key(queue, number));
    return row == null ? null : row.content();
  }

  /** Where the rows of messages are. */
  Set<Key> keys() {
    return messages.keySet();
  }

  int messages() {
    return messages.size();
  }

  int parked() {
    return outboxes.values().stream().mapToInt(TreeMap::size).sum();
  }

  /** The bodies that are kept of a topic, by number. */
  NavigableMap<Long, Bytes> bodies(TopicId topic) {
    return bodies.computeIfAbsent(topic, _ -> new TreeMap<>());
  }

  int bodies() {
    return bodies.values().stream().mapToInt(TreeMap::size).sum();
  }

  private Bytes body(Notification refers) {
    return body(refers.topic(), refers.body());
  }

  private Bytes body(TopicId topic, long number) {
    Bytes body = bodies(topic).get(number);
    if (body == null) {
      throw new IllegalStateException("A body is gone that is needed: " + topic + " " + number);
    }
    return body;
  }

  /** What an index has and its row or body does not, nobody can receive. */
  private @Nullable Row remove(Key key) {
    Notification refers = notifications.remove(key);
    if (refers != null) {
      body(refers);
    }
    return messages.remove(key);
  }

  private NavigableMap<Long, Row> outbox(PartitionId destination) {
    return outboxes.computeIfAbsent(destination, _ -> new TreeMap<>());
  }

  private void removeUpTo(QueueId queue, long number) {
    messages.subMap(new Key(queue, 0), true, new Key(queue, number), true).clear();
    notifications.subMap(new Key(queue, 0), true, new Key(queue, number), true).clear();
  }
}
