package io.tern.disk;

import io.tern.state.Change.MessageHidden;
import io.tern.state.EntryTime;
import io.tern.state.queue.QueueImage.MessageRange;
import io.tern.state.queue.QueueImage.TouchedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One queue as its rows tell it; rows come in the order of their numbers. See IndexFromRows. */
final class QueueRows {

  /** All numbers of each group. */
  final Map<String, List<Long>> groups = new TreeMap<>();

  private record Row(
      long number, RowCodec.MessageFields message, @Nullable MessageHidden delivery) {
    long visibleAtMillis() {
      return delivery == null ? message.visibleAtMillis() : delivery.visibleAtMillis();
    }

    boolean isVisible(EntryTime clock) {
      return visibleAtMillis() <= clock.queueMillis();
    }
  }

  private final List<Row> rows = new ArrayList<>();

  void add(long number, RowCodec.MessageFields message, @Nullable MessageHidden delivery) {
    rows.add(new Row(number, message, delivery));
    if (!message.group().isEmpty()) {
      groups.computeIfAbsent(message.group(), _ -> new ArrayList<>()).add(number);
    }
  }

  long lastNumber() {
    return rows.isEmpty() ? 0 : rows.getLast().number();
  }

  /** Of a standard queue: the visible messages without a group, as ranges. */
  List<MessageRange> ready(EntryTime clock) {
    List<MessageRange> ready = new ArrayList<>();
    for (Row row : rows) {
      if (row.isVisible(clock) && row.message().group().isEmpty()) {
        long number = row.number();
        if (!ready.isEmpty() && ready.getLast().last() == number - 1) {
          ready.set(ready.size() - 1, new MessageRange(ready.getLast().first(), number));
        } else {
          ready.add(new MessageRange(number, number));
        }
      }
    }
    return ready;
  }

  /** Of a standard queue: the visible messages of each group. */
  Map<String, List<Long>> readyGroups(EntryTime clock) {
    Map<String, List<Long>> ready = new TreeMap<>();
    for (Row row : rows) {
      if (row.isVisible(clock) && !row.message().group().isEmpty()) {
        ready.computeIfAbsent(row.message().group(), _ -> new ArrayList<>()).add(row.number());
      }
    }
    return ready;
  }

  /** Of a standard queue: received, delayed and arrived messages. */
  List<TouchedMessage> touched(EntryTime clock) {
    List<TouchedMessage> touched = new ArrayList<>();
    for (Row row : rows) {
      boolean delayed = row.delivery() == null && !row.isVisible(clock);
      if (row.delivery() != null || row.message().arrival() != null || delayed) {
        touched.add(trace(row, delayed ? row.visibleAtMillis() : 0));
      }
    }
    return touched;
  }

  /** Of a FIFO queue, whose delay is no matter of single messages. */
  List<TouchedMessage> touchedOfFifo() {
    List<TouchedMessage> touched = new ArrayList<>();
    for (Row row : rows) {
      if (row.delivery() != null || row.message().arrival() != null) {
        touched.add(trace(row, 0));
      }
    }
    return touched;
  }

  private static TouchedMessage trace(Row row, long delayedUntilMillis) {
    RowCodec.MessageFields message = row.message();
    MessageHidden delivery = row.delivery();
    if (delivery != null) {
      return new TouchedMessage(
          row.number(),
          delivery.visibleAtMillis(),
          delivery.receiveCount(),
          delivery.receivedAtMillis(),
          delivery.firstReceivedMillis(),
          message.group(),
          message.arrival(),
          message.arrivedSentMillis());
    }
    var past = message.arrival();
    return new TouchedMessage(
        row.number(),
        delayedUntilMillis,
        past == null ? 0 : past.receiveCount(),
        0,
        past == null ? 0 : past.firstReceivedMillis(),
        message.group(),
        past,
        message.arrivedSentMillis());
  }
}
