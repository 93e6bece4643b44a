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
import io.tern.state.queue.QueueImage.GroupImage;
import io.tern.state.queue.QueueImage.RememberedSend;
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
  private final Map<QueueId, List<RememberedSend>> sends;
  private final Map<PartitionId, Long> inboxes = new TreeMap<>();
  private final List<String> orphans = new ArrayList<>();

  private IndexFromRows(
      EntryTime clock,
      Map<PartitionId, List<OutboxEntry>> outboxes,
      Map<QueueId, List<RememberedSend>> sends) {
    this.clock = clock;
    this.outboxes = outboxes;
    this.sends = sends;
  }

  /** Reads all rows. The store must not be written to meanwhile. */
  public static IndexFromRows read(PartitionStore store) {
    Database database = store.database();
    byte[] clockRow = database.get(Table.META, Keys.MetaRow.CLOCK.key());
    EntryTime clock = clockRow == null ? EntryTime.ZERO : RowCodec.clock(clockRow).time();
    IndexFromRows index =
        new IndexFromRows(
            clock, ImageReader.outboxRows(database), ImageReader.rememberedSends(database));
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
          RowCodec.MessageFields fields = RowCodec.messageFields(value);
          MessageHidden delivery = deliveries.remove(message);
          queues
              .computeIfAbsent(message.queue(), _ -> new QueueRows())
              .add(message.number(), fields, delivery);
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
      String queue = image.queue().toString();
      if (image.settings().fifo()) {
        compare(queue + " groups", numbers(image.groups()), rows.groups, different);
        compare(queue + " touched", image.touched(), rows.touchedOfFifo(), different);
      } else {
        compare(queue + " ready", image.ready(), rows.ready(clock), different);
        compare(queue + " groups", numbers(image.groups()), rows.readyGroups(clock), different);
        compare(queue + " touched", image.touched(), rows.touched(clock), different);
      }
      compare(
          queue + " deduplication",
          image.deduplication(),
          sends.getOrDefault(image.queue(), List.of()),
          different);
      if (rows.lastNumber() >= image.nextNumber()) {
        different.add(queue + " has a row beyond the next number " + image.nextNumber());
      }
    }
    onlyRows.keySet().forEach(queue -> different.add(queue + " has rows and is not in the image"));
  }

  /** The numbers of each group that has any. */
  private static Map<String, List<Long>> numbers(List<GroupImage> groups) {
    Map<String, List<Long>> numbers = new TreeMap<>();
    for (GroupImage group : groups) {
      List<Long> all = new ArrayList<>(group.numbers().size());
      for (int i = 0; i < group.numbers().size(); i++) {
        all.add(group.numbers().get(i));
      }
      if (!all.isEmpty()) {
        numbers.put(group.group(), all);
      }
    }
    return numbers;
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
}
