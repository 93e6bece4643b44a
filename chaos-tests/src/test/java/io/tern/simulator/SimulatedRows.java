package io.tern.simulator;

import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.crossing.Crossing.MovedMessage;
import io.tern.state.crossing.Crossing.ParkedMessage;
import io.tern.state.crossing.OutboxEntry;
import java.util.Comparator;
import java.util.NavigableMap;
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

  SimulatedRows copy() {
    SimulatedRows copy = new SimulatedRows();
    copy.messages.putAll(messages);
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
      case Change.MessageParked c -> {
        Row row = messages.remove(new Key(c.queue(), c.number()));
        if (row == null) {
          throw new IllegalStateException("No row of a parked message: " + c);
        }
        outbox(c.destination()).put(c.outboxNumber(), row);
      }
      case Change.MessageRemoved c -> messages.remove(new Key(c.queue(), c.number()));
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

  int messages() {
    return messages.size();
  }

  int parked() {
    return outboxes.values().stream().mapToInt(TreeMap::size).sum();
  }

  private NavigableMap<Long, Row> outbox(PartitionId destination) {
    return outboxes.computeIfAbsent(destination, _ -> new TreeMap<>());
  }

  private void removeUpTo(QueueId queue, long number) {
    messages.subMap(new Key(queue, 0), true, new Key(queue, number), true).clear();
  }
}
