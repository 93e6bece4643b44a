package io.tern.disk;

import io.tern.disk.Keys.ImageKey;
import io.tern.proto.rows.CatalogueHead;
import io.tern.proto.rows.DeletionsChunk;
import io.tern.proto.rows.ImageHead;
import io.tern.proto.rows.OutboxHead;
import io.tern.proto.rows.PartitionHead;
import io.tern.proto.rows.QueueImageRow;
import io.tern.proto.rows.TopicsHead;
import io.tern.state.CatalogueImage;
import io.tern.state.EntryTime;
import io.tern.state.MachineImage;
import io.tern.state.PartitionId;
import io.tern.state.PartitionImage;
import io.tern.state.QueueId;
import io.tern.state.TopicId;
import io.tern.state.catalogue.MembershipImage;
import io.tern.state.crossing.CrossingImage;
import io.tern.state.crossing.OutboxEntry;
import io.tern.state.queue.QueueImage;
import io.tern.state.queue.QueueImage.RememberedSend;
import io.tern.state.topic.TopicImage;
import io.tern.state.topic.TopicsImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads back what {@link IndexImage} wrote, together with the tables it leaves out. Used by {@link
 * PartitionStore} at a start.
 */
final class ImageReader {
  private final Database database;
  private final List<QueueImage> queues = new ArrayList<>();
  private final Map<QueueId, List<RememberedSend>> sends;
  private final List<CatalogueImage.Deletion> deletions = new ArrayList<>();
  private @Nullable ImageHead head;
  private final List<TopicImage> topics = new ArrayList<>();
  private @Nullable QueueBeingRead queue;
  private @Nullable TopicBeingRead topic;

  private ImageReader(Database database) {
    this.database = database;
    this.sends = sendRows(database);
  }

  /** The image; empty when the database was never part of a checkpoint. */
  static Optional<MachineImage> read(Database database) {
    return new ImageReader(database).read();
  }

  private Optional<MachineImage> read() {
    database.scan(Table.IMAGE, this::row);
    finishQueue();
    finishTopic();
    return Optional.ofNullable(head).map(this::image);
  }

  private void row(ByteBuffer key, ByteBuffer value) {
    switch (Keys.imageKey(key)) {
      case ImageKey.Head() -> head = RowCodec.parse(ImageHead.parser(), value, "image head");
      case ImageKey.Queue(QueueId id) -> {
        finishQueue();
        QueueImageRow row = RowCodec.parse(QueueImageRow.parser(), value, "queue image");
        queue = new QueueBeingRead(id, row);
      }
      case ImageKey.Chunk chunk -> chunk(chunk, value);
      case ImageKey.Deletions() -> deletions(value);
      case ImageKey.Topic(TopicId id) -> {
        finishTopic();
        topic = new TopicBeingRead(id, value);
      }
      case ImageKey.TopicChunk chunk -> chunk(chunk, value);
    }
  }

  private void chunk(ImageKey.Chunk chunk, ByteBuffer value) {
    QueueBeingRead reading = queue;
    if (reading == null || !reading.id.equals(chunk.queue())) {
      throw new UnreadableBytes("The image has a list of " + chunk.queue() + " without its row.");
    }
    switch (chunk.list()) {
      case READY -> ImageChunks.ready(value, reading.ready);
      case TOUCHED -> TouchedChunks.read(value, reading.touched);
      case SENT_MARKS -> ImageChunks.sentMarks(value, reading.sentMarks);
      case GROUPS -> reading.groups.read(value);
      case DELAYED -> ImageChunks.delayed(value, reading.delayed);
      case ATTEMPTS -> ImageChunks.attempts(value, reading.attempts);
    }
  }

  private void chunk(ImageKey.TopicChunk chunk, ByteBuffer value) {
    TopicBeingRead reading = topic;
    if (reading == null || !reading.topic().equals(chunk.topic())) {
      throw new UnreadableBytes("The image has a list of " + chunk.topic() + " without its row.");
    }
    reading.chunk(chunk.list(), value);
  }

  private void deletions(ByteBuffer value) {
    DeletionsChunk chunk = RowCodec.parse(DeletionsChunk.parser(), value, "deletions chunk");
    for (int i = 0; i < chunk.getNamesCount(); i++) {
      deletions.add(
          new CatalogueImage.Deletion(Words.name(chunk.getNames(i)), chunk.getDeletedAtMillis(i)));
    }
  }

  private void finishQueue() {
    QueueBeingRead finished = queue;
    queue = null;
    if (finished != null) {
      List<RememberedSend> remembered = sends.remove(finished.id);
      queues.add(finished.image(remembered == null ? List.of() : remembered));
    }
  }

  private void finishTopic() {
    TopicBeingRead finished = topic;
    topic = null;
    if (finished != null) {
      // Rows of what is remembered are keyed alike, and no queue has the number of a topic.
      List<RememberedSend> publishes = sends.remove(new QueueId(finished.topic().number()));
      topics.add(finished.image(publishes == null ? List.of() : publishes));
    }
  }

  private TopicsImage topics(PartitionHead partition) {
    if (!partition.hasTopics()) {
      requireCount("topics", 0, topics.size());
      return TopicsImage.EMPTY;
    }
    TopicsHead words = partition.getTopics();
    requireCount("topics", words.getTopics(), topics.size());
    return new TopicsImage(
        words.getCheckedMillis(), words.getCheckedUpTo(), words.getFreshBody(), topics);
  }

  private MachineImage image(ImageHead head) {
    EntryTime clock = new EntryTime(head.getQueueMillis(), head.getWallMillis());
    CrossingImage crossing = crossing(head);
    return switch (head.getMachineCase()) {
      case PARTITION -> {
        requireCount("deduplication rows of others", 0, sends.size());
        requireCount("queues", head.getPartition().getQueues(), queues.size());
        yield new PartitionImage(
            clock,
            head.getRetentionMillis(),
            head.getHash(),
            queues,
            topics(head.getPartition()),
            crossing,
            head.getPartition().getLogic());
      }
      case CATALOGUE -> {
        yield catalogue(head, clock, crossing);
      }
      case MACHINE_NOT_SET -> throw new UnreadableBytes("An image of an unknown machine.");
    };
  }

  private CatalogueImage catalogue(ImageHead head, EntryTime clock, CrossingImage crossing) {
    CatalogueHead catalogue = head.getCatalogue();
    DefinitionRows rows = DefinitionRows.read(database);
    requireCount("definitions", catalogue.getDefinitions(), rows.queues().size());
    requireCount("deletions", catalogue.getDeletions(), deletions.size());
    requireCount("topics", catalogue.getTopics(), rows.topics().size());
    requireCount("subscriptions", catalogue.getSubscriptions(), rows.subscriptions().size());
    requireCount("resources", catalogue.getResources(), rows.resources().size());
    return new CatalogueImage(
        clock,
        head.getRetentionMillis(),
        head.getHash(),
        Words.bytes(catalogue.getSealingKey()),
        catalogue.getDataPartitions(),
        catalogue.getNextQueue(),
        rows.queues(),
        deletions,
        rows.topics(),
        rows.subscriptions(),
        rows.resources(),
        catalogue.getSigningKeysList().stream().map(TopicWords::signingKey).toList(),
        crossing,
        catalogue.hasMembership()
            ? MembershipWords.image(catalogue.getMembership())
            : MembershipImage.EMPTY,
        catalogue.getLogic());
  }

  private CrossingImage crossing(ImageHead head) {
    Map<PartitionId, List<OutboxEntry>> waiting = outboxRows(database);
    List<CrossingImage.OutboxImage> outboxes = new ArrayList<>(head.getOutboxesCount());
    for (OutboxHead outbox : head.getOutboxesList()) {
      PartitionId destination = new PartitionId(outbox.getDestination());
      List<OutboxEntry> entries = waiting.getOrDefault(destination, List.of());
      requireCount("outbox rows for " + destination, outbox.getWaiting(), entries.size());
      outboxes.add(new CrossingImage.OutboxImage(destination, outbox.getLastNumber(), entries));
    }
    List<CrossingImage.InboxMark> inboxes =
        head.getInboxesList().stream()
            .map(mark ->
                new CrossingImage.InboxMark(new PartitionId(mark.getSource()), mark.getNumber()))
            .toList();
    return new CrossingImage(outboxes, inboxes);
  }

  /** What waits in the outboxes, in order of destination and number. */
  static Map<PartitionId, List<OutboxEntry>> outboxRows(Database database) {
    Map<PartitionId, List<OutboxEntry>> waiting = new TreeMap<>();
    database.scan(
        Table.OUTBOX,
        (key, value) ->
            waiting
                .computeIfAbsent(Keys.destinationOf(key), _ -> new ArrayList<>())
                .add(new OutboxEntry(Keys.outboxNumberOf(key), RowCodec.outbox(value))));
    return waiting;
  }

  /** What FIFO queues remember of sends, in order of queue and number. */
  static Map<QueueId, List<RememberedSend>> sendRows(Database database) {
    Map<QueueId, List<RememberedSend>> sends = new TreeMap<>();
    database.scan(
        Table.DEDUPLICATION,
        (key, value) ->
            sends
                .computeIfAbsent(Keys.queueOf(key), _ -> new ArrayList<>())
                .add(RowCodec.send(Keys.numberOf(key), value)));
    return sends;
  }

  static void requireCount(String what, long promised, long found) {
    if (promised != found) {
      throw new UnreadableBytes(
          "The image speaks of " + promised + " " + what + ", the rows hold " + found + ".");
    }
  }

  /** A queue whose lists are still coming in. */
  private static final class QueueBeingRead {
    private final QueueId id;
    private final QueueImageRow row;
    private final List<QueueImage.MessageRange> ready = new ArrayList<>();
    private final List<QueueImage.TouchedMessage> touched = new ArrayList<>();
    private final List<QueueImage.SentMark> sentMarks = new ArrayList<>();
    private final GroupChunks groups = new GroupChunks();
    private final List<QueueImage.DelayedMessage> delayed = new ArrayList<>();
    private final List<QueueImage.Attempt> attempts = new ArrayList<>();

    QueueBeingRead(QueueId id, QueueImageRow row) {
      this.id = id;
      this.row = row;
    }

    QueueImage image(List<RememberedSend> sends) {
      requireCount("ready ranges of " + id, row.getReadyRanges(), ready.size());
      requireCount("touched messages of " + id, row.getTouchedMessages(), touched.size());
      requireCount("sent marks of " + id, row.getSentMarks(), sentMarks.size());
      requireCount("groups of " + id, row.getGroups(), groups.groups().size());
      requireCount("grouped messages of " + id, row.getGroupMessages(), groups.messages());
      requireCount("delayed messages of " + id, row.getDelayedMessages(), delayed.size());
      requireCount("deduplication rows of " + id, row.getDeduplication(), sends.size());
      requireCount("receive attempts of " + id, row.getAttempts(), attempts.size());
      return new QueueImage(
          id,
          row.getVersion(),
          Words.settings(row.getSettings()),
          row.getNextNumber(),
          row.getPurgedAtMillis(),
          ready,
          touched,
          sentMarks,
          groups.groups(),
          delayed,
          sends,
          attempts,
          row.getTasksList().stream().map(MoveWords::task).toList());
    }
  }
}
