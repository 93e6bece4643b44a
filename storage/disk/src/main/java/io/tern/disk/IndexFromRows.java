package io.tern.disk;

import io.tern.disk.MessageRowCodec.Trace;
import io.tern.state.Arrival;
import io.tern.state.CatalogueImage;
import io.tern.state.Change.MessageHidden;
import io.tern.state.EntryTime;
import io.tern.state.MachineImage;
import io.tern.state.PartitionId;
import io.tern.state.PartitionImage;
import io.tern.state.QueueId;
import io.tern.state.crossing.CrossingImage;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.queue.Numbers;
import io.tern.state.queue.QueueImage;
import io.tern.state.queue.QueueImage.MessageRange;
import io.tern.state.queue.QueueImage.RememberedSend;
import io.tern.state.queue.QueueImage.TouchedMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pair assertion: the part of an index that its rows can tell, to be compared with the index
 * itself. Used by tests and by a slow background check, never while applying.
 */
public final class IndexFromRows {

  /** Differences that are told; one is reason enough to stop. */
  private static final int TOLD_DIFFERENCES = 20;

  private final EntryTime clock;
  private final Map<QueueId, QueueRows> queues = new TreeMap<>();
  private final Map<QueueId, List<RememberedSend>> sends = new TreeMap<>();
  private final DefinitionRows definitions;
  private final TopicRows topics;
  private final Map<PartitionId, List<OutboxEntry>> outboxes;
  private final Map<PartitionId, Long> inboxes = new TreeMap<>();
  private final List<String> orphans = new ArrayList<>();

  private IndexFromRows(EntryTime clock, Database database) {
    this.clock = clock;
    this.outboxes = ImageReader.outboxRows(database);
    this.definitions = DefinitionRows.read(database);
    this.topics = TopicRows.read(database);
  }

  /** Reads all rows. The store must not be written to meanwhile. */
  public static IndexFromRows read(PartitionStore store) {
    Database database = store.database();
    byte[] clockRow = database.get(Table.META, Keys.MetaRow.CLOCK.key());
    EntryTime clock = clockRow == null ? EntryTime.ZERO : RowCodec.clock(clockRow).time();
    IndexFromRows index = new IndexFromRows(clock, database);
    index.readMessages(database);
    index.sends.putAll(ImageReader.sendRows(database));
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
          Trace trace = MessageRowCodec.trace(value);
          MessageHidden delivery = deliveries.remove(message);
          if (trace.body() != null) {
            topics.needed(message.toString(), trace.body());
          }
          queues
              .computeIfAbsent(message.queue(), _ -> new QueueRows())
              .add(message.number(), trace, delivery, clock);
        });
    deliveries.keySet().forEach(key -> orphans.add(key + " has a delivery and no message"));
  }

  /** What the image says differently, in plain words; empty when rows and image are a pair. */
  public List<String> differences(MachineImage image) {
    List<String> different = new ArrayList<>(orphans);
    switch (image) {
      case PartitionImage partition -> {
        compare("clock", partition.clock(), clock, different);
        Map<QueueId, List<RememberedSend>> publishes = new TreeMap<>(sends);
        compareQueues(partition.queues(), publishes, different);
        different.addAll(topics.differences(partition.topics().topics(), publishes));
        publishes.keySet().forEach(id -> different.add(id + " has sends and is not in the image"));
        compareCrossing(partition.crossing(), different);
      }
      case CatalogueImage catalogue -> {
        compare("clock", catalogue.clock(), clock, different);
        compare("definitions", catalogue.queues(), definitions.queues(), different);
        compare("topics", catalogue.topics(), definitions.topics(), different);
        compare("subscriptions", catalogue.subscriptions(), definitions.subscriptions(), different);
        compare("resources", catalogue.resources(), definitions.resources(), different);
        compareCrossing(catalogue.crossing(), different);
      }
    }
    return different.subList(0, Math.min(TOLD_DIFFERENCES, different.size()));
  }

  /** Takes the sends of the queues out; the others are of topics. */
  private void compareQueues(
      List<QueueImage> images,
      Map<QueueId, List<RememberedSend>> onlySends,
      List<String> different) {
    Map<QueueId, QueueRows> onlyRows = new TreeMap<>(queues);
    for (QueueImage image : images) {
      String queue = image.queue().toString();
      QueueRows rows =
          Objects.requireNonNullElseGet(onlyRows.remove(image.queue()), QueueRows::new);
      if (image.settings().fifo()) {
        // Which messages are delayed no row can tell: the queue's delay holds backwards too.
        compare(queue + " touched", image.touched(), rows.receivedOrArrived(), different);
        compare(queue + " groups", groups(image), rows.allByGroup(), different);
      } else {
        compare(queue + " ready", image.ready(), rows.ready, different);
        compare(queue + " touched", image.touched(), rows.touched, different);
        compare(queue + " groups", groups(image), rows.readyByGroup(), different);
      }
      List<RememberedSend> remembered = onlySends.remove(image.queue());
      compare(
          queue + " deduplication",
          image.deduplication(),
          remembered == null ? List.of() : remembered,
          different);
      if (rows.lastNumber >= image.nextNumber()) {
        different.add(queue + " has a row beyond the next number " + image.nextNumber());
      }
    }
    onlyRows.keySet().forEach(queue -> different.add(queue + " has rows and is not in the image"));
  }

  /** The messages of each group that has some; the order of groups is not in the rows. */
  private static Map<String, Numbers> groups(QueueImage image) {
    Map<String, Numbers> groups = new TreeMap<>();
    for (QueueImage.GroupImage group : image.groups()) {
      if (group.numbers().size() > 0) {
        groups.put(group.group(), group.numbers());
      }
    }
    return groups;
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
    private final Map<String, GrowingNumbers> readyGroups = new TreeMap<>();
    private final Map<String, GrowingNumbers> allGroups = new TreeMap<>();
    private long lastNumber;

    void add(long number, Trace trace, @Nullable MessageHidden delivery, EntryTime clock) {
      lastNumber = number;
      if (!trace.group().isEmpty()) {
        add(allGroups, trace.group(), number);
      }
      TouchedMessage known = touched(number, trace, delivery, clock);
      if (known != null) {
        touched.add(known);
      }
      if (known == null || known.visibleAtMillis() <= clock.queueMillis()) {
        if (trace.group().isEmpty()) {
          addReady(number);
        } else {
          add(readyGroups, trace.group(), number);
        }
      }
    }

    /** What the index knows of the message beyond its number; null when it is only ready. */
    private static @Nullable TouchedMessage touched(
        long number, Trace trace, @Nullable MessageHidden delivery, EntryTime clock) {
      Arrival past = trace.arrival();
      if (delivery != null) {
        return new TouchedMessage(
            number,
            delivery.visibleAtMillis(),
            delivery.receiveCount(),
            delivery.receivedAtMillis(),
            delivery.firstReceivedMillis(),
            trace.group(),
            past,
            trace.arrivedSentMillis());
      }
      if (past != null) {
        // Visible since it came; the index keeps no time for that.
        return new TouchedMessage(
            number,
            0,
            past.receiveCount(),
            0,
            past.firstReceivedMillis(),
            trace.group(),
            past,
            trace.arrivedSentMillis());
      }
      return trace.visibleAtMillis() <= clock.queueMillis()
          ? null
          : new TouchedMessage(number, trace.visibleAtMillis(), 0, 0, 0, trace.group(), null, 0);
    }

    /** Without those that are delayed and nothing else. */
    List<TouchedMessage> receivedOrArrived() {
      return touched.stream()
          .filter(message -> message.receiveCount() > 0 || message.arrival() != null)
          .toList();
    }

    Map<String, Numbers> readyByGroup() {
      return numbers(readyGroups);
    }

    Map<String, Numbers> allByGroup() {
      return numbers(allGroups);
    }

    private static Map<String, Numbers> numbers(Map<String, GrowingNumbers> groups) {
      Map<String, Numbers> numbers = new TreeMap<>();
      groups.forEach((name, members) -> numbers.put(name, members.toNumbers()));
      return numbers;
    }

    private static void add(Map<String, GrowingNumbers> groups, String group, long number) {
      groups.computeIfAbsent(group, _ -> new GrowingNumbers()).add(number);
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
