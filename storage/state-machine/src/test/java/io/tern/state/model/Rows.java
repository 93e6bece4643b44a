package io.tern.state.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.TopicChange;
import io.tern.state.TopicId;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.Crossing.MovedMessage;
import io.tern.state.crossing.Crossing.ParkedMessage;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.crossing.TopicCrossing.CarriedFanOut;
import io.tern.state.crossing.TopicCrossing.FanOut;
import io.tern.state.topic.Notification;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/** What the disk of one partition would hold of messages, kept by the changes alone. */
final class Rows {

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

  final TreeMap<Key, Row> messages = new TreeMap<>();
  private final TreeMap<PartitionId, TreeMap<Long, Row>> outboxes = new TreeMap<>();

  private final TreeMap<Key, Notification> notifications = new TreeMap<>();
  private final TreeMap<TopicId, TreeMap<Long, Bytes>> bodies = new TreeMap<>();

  void keep(Change change) {
    switch (change) {
      case Change.MessageStored c ->
          store(c.queue(), c.number(), c.sentMillis(), c.group(), c.content());
      case Change.MessageArrived c ->
          store(c.queue(), c.number(), c.sentMillis(), c.group(), c.content());
      case Change.MessageParked c ->
          assertThat(outbox(c.destination()).put(c.outboxNumber(), remove(c.queue(), c.number())))
              .isNull();
      case TopicChange.BodyStored c ->
          assertThat(bodies(c.topic()).put(c.number(), c.content())).isNull();
      case TopicChange.BodiesForgotten c -> bodies(c.topic()).headMap(c.upTo(), true).clear();
      case TopicChange.NotificationStored c -> {
        store(c.queue(), c.number(), c.sentMillis(), c.group(), body(c.notification()));
        notifications.put(new Key(c.queue(), c.number()), c.notification());
      }
      case Change.MessageRemoved c -> remove(c.queue(), c.number());
      case Change.MessagesExpired c -> removeUpTo(c.queue(), c.upTo());
      case Change.QueuePurged c -> removeUpTo(c.queue(), c.upTo());
      case Change.QueueRemoved c -> removeUpTo(c.queue(), Long.MAX_VALUE);
      case Change.OutboxAppended c -> {
        if (c.crossing() instanceof MovedMessage m) {
          Row row = new Row(m.sentMillis(), m.group(), m.content());
          assertThat(outbox(c.destination()).put(c.number(), row)).isNull();
        }
      }
      case Change.OutboxSettled c -> outbox(c.destination()).headMap(c.upTo(), true).clear();
      default -> {}
    }
  }

  /** The crossing with what its row holds, as a courier carries it. */
  OutboxEntry whole(PartitionId destination, OutboxEntry entry) {
    if (entry.crossing() instanceof FanOut fanOut) {
      Bytes content =
          Objects.requireNonNull(bodies(fanOut.topic()).get(fanOut.body()), "a carried body");
      return new OutboxEntry(entry.number(), new CarriedFanOut(fanOut, content));
    }
    if (!(entry.crossing() instanceof ParkedMessage parked)) {
      return entry;
    }
    Row row = Objects.requireNonNull(outbox(destination).get(entry.number()), "a parked row");
    Crossing moved = new MovedMessage(parked, row.sentMillis(), row.group(), row.content());
    return new OutboxEntry(entry.number(), moved);
  }

  /** No notification refers to a body that is gone. */
  void assertHasBodies() {
    notifications.values().forEach(this::body);
  }

  void assertNoBodies() {
    assertThat(bodies.values()).allMatch(TreeMap::isEmpty);
  }

  NavigableMap<Long, Bytes> bodies(TopicId topic) {
    return bodies.computeIfAbsent(topic, _ -> new TreeMap<>());
  }

  private Bytes body(Notification refers) {
    return Objects.requireNonNull(
        bodies(refers.topic()).get(refers.body()), () -> "a body of " + refers);
  }

  NavigableMap<Long, Row> outbox(PartitionId destination) {
    return outboxes.computeIfAbsent(destination, _ -> new TreeMap<>());
  }

  private void store(QueueId queue, long number, long sentMillis, String group, Bytes content) {
    Row before = messages.put(new Key(queue, number), new Row(sentMillis, group, content));
    assertThat(before).as("row written twice").isNull();
  }

  private Row remove(QueueId queue, long number) {
    Notification refers = notifications.remove(new Key(queue, number));
    if (refers != null) {
      body(refers);
    }
    return Objects.requireNonNull(messages.remove(new Key(queue, number)), "a message's row");
  }

  private void removeUpTo(QueueId queue, long number) {
    messages.subMap(new Key(queue, 0), true, new Key(queue, number), true).clear();
    notifications.subMap(new Key(queue, 0), true, new Key(queue, number), true).clear();
  }
}
