package io.tern.disk;

import io.tern.state.CatalogueImage;
import io.tern.state.Change.MessageHidden;
import io.tern.state.EntryTime;
import io.tern.state.MachineImage;
import io.tern.state.PartitionId;
import io.tern.state.PartitionImage;
import io.tern.state.QueueId;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.crossing.CrossingImage;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.queue.QueueImage;
import io.tern.state.queue.QueueImage.MessageRange;
import io.tern.state.queue.QueueImage.TouchedMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The pair assertion: the part of an index that its rows can tell, to be compared with the index
 * itself. Used by tests and by a slow background check, never while applying.
 */
public final class IndexFromRows {

  /** Differences that are told; one is reason enough to stop. */
  private static final int TOLD_DIFFERENCES = 20;

  private final EntryTime clock;
  private final Map<QueueId, QueueRows> queues = new TreeMap<>();
  private final Map<QueueId, QueueDefinition> definitions = new TreeMap<>();
  private final Map<PartitionId, List<OutboxEntry>> outboxes;
  private final Map<PartitionId, Long> inboxes = new TreeMap<>();
  private final List<String> orphans = new ArrayList<>();

  private IndexFromRows(EntryTime clock, Map<PartitionId, List<OutboxEntry>> outboxes) {
    this.clock = clock;
    this.outboxes = outboxes;
  }

  /** Reads all rows. The store must not be written to meanwhile. */
  public static IndexFromRows read(PartitionStore store) {
    Database database = store.database();
    byte[] clockRow = database.get(Table.META, Keys.MetaRow.CLOCK.key());
    EntryTime clock = clockRow == null ? EntryTime.ZERO : RowCodec.clock(clockRow).time();
    IndexFromRows index = new IndexFromRows(clock, ImageReader.outboxRows(database));
    index.readMessages(database);
    database.scan(
        Table.DEFINITIONS,
        (_, value) -> {
          QueueDefinition definition = RowCodec.definition(value);
          index.definitions.put(definition.queue(), definition);
        });
    database.scan(
        Table.INBOX, (key, value) -> index.inboxes.put(Keys.sourceOf(key), RowCodec.inbox(value)));
    return index;
  }

  private void readMessages(Database database) {
    Map<MessageKey, MessageHidden> deliveries = new HashMap<>();
    database.scan(
        Table.DELIVERIES,
        (key, value) -> {
          QueueId queue = Keys.queueOf(key);
          long number = Keys.numberOf(key);
          deliveries.put(new MessageKey(queue, number), RowCodec.delivery(queue, number, value));
        });
    database.scan(
        Table.MESSAGES,
        (key, value) -> {
          MessageKey message = new MessageKey(Keys.queueOf(key), Keys.numberOf(key));
          long visibleAtMillis = RowCodec.messageTimes(value).visibleAtMillis();
          MessageHidden delivery = deliveries.remove(message);
          QueueRows queue = queues.computeIfAbsent(message.queue(), _ -> new QueueRows());
          if (delivery != null) {
            queue.received(delivery, clock);
          } else {
            queue.stored(message.number(), visibleAtMillis, clock);
          }
        });
    deliveries.keySet().forEach(key -> orphans.add(key + " has a delivery and no message"));
  }

  /** What the image says differently, in plain words; empty when rows and image are a pair. */
  public List<String> differences(MachineImage image) {
    List<String> different = new ArrayList<>(orphans);
    switch (image) {
      case PartitionImage partition -> {
        compare("clock", partition.clock(), clock, different);
        compareQueues(partition.queues(), different);
        compareCrossing(partition.crossing(), different);
      }
      case CatalogueImage catalogue -> {
        compare("clock", catalogue.clock(), clock, different);
        compare("definitions", catalogue.queues(), List.copyOf(definitions.values()), different);
        compareCrossing(catalogue.crossing(), different);
      }
    }
    return different.subList(0, Math.min(TOLD_DIFFERENCES, different.size()));
  }

  private void compareQueues(List<QueueImage> images, List<String> different) {
    Map<QueueId, QueueRows> onlyRows = new TreeMap<>(queues);
    for (QueueImage image : images) {
      QueueRows rows =
          Objects.requireNonNullElseGet(onlyRows.remove(image.queue()), QueueRows::new);
      compare(image.queue() + " ready", image.ready(), rows.ready, different);
      compare(image.queue() + " touched", image.touched(), rows.touched, different);
      if (rows.lastNumber >= image.nextNumber()) {
        different.add(image.queue() + " has a row beyond the next number " + image.nextNumber());
      }
    }
    onlyRows.keySet().forEach(queue -> different.add(queue + " has rows and is not in the image"));
  }

  private void compareCrossing(CrossingImage image, List<String> different) {
    Map<PartitionId, List<OutboxEntry>> waiting = new TreeMap<>();
    for (CrossingImage.OutboxImage outbox : image.outboxes()) {
      if (!outbox.waiting().isEmpty()) {
        waiting.put(outbox.destination(), outbox.waiting());
      }
    }
    compare("outboxes", waiting, outboxes, different);
    Map<PartitionId, Long> taken = new TreeMap<>();
    for (CrossingImage.InboxMark mark : image.inboxes()) {
      taken.put(mark.source(), mark.number());
    }
    compare("inboxes", taken, inboxes, different);
  }

  private static void compare(String what, Object image, Object rows, List<String> different) {
    if (!image.equals(rows)) {
      different.add(what + ": the image says " + image + ", the rows say " + rows);
    }
  }

  private record MessageKey(QueueId queue, long number) {}

  /** One queue as its rows tell it; rows come in the order of their numbers. */
  private static final class QueueRows {
    private final List<MessageRange> ready = new ArrayList<>();
    private final List<TouchedMessage> touched = new ArrayList<>();
    private long lastNumber;

    void stored(long number, long visibleAtMillis, EntryTime clock) {
      lastNumber = number;
      if (visibleAtMillis <= clock.queueMillis()) {
        addReady(number);
      } else {
        touched.add(new TouchedMessage(number, visibleAtMillis, 0, 0, 0));
      }
    }

    void received(MessageHidden delivery, EntryTime clock) {
      lastNumber = delivery.number();
      touched.add(
          new TouchedMessage(
              delivery.number(),
              delivery.visibleAtMillis(),
              delivery.receiveCount(),
              delivery.receivedAtMillis(),
              delivery.firstReceivedMillis()));
      if (delivery.visibleAtMillis() <= clock.queueMillis()) {
        addReady(delivery.number());
      }
    }

    private void addReady(long number) {
      if (!ready.isEmpty() && ready.getLast().last() == number - 1) {
        ready.set(ready.size() - 1, new MessageRange(ready.getLast().first(), number));
      } else {
        ready.add(new MessageRange(number, number));
      }
    }
  }
}
