package io.tern.disk;

import io.tern.disk.Keys.ImageList;
import io.tern.proto.rows.CatalogueHead;
import io.tern.proto.rows.DeletionsChunk;
import io.tern.proto.rows.ImageHead;
import io.tern.proto.rows.InboxMark;
import io.tern.proto.rows.OutboxHead;
import io.tern.proto.rows.PartitionHead;
import io.tern.proto.rows.QueueImageRow;
import io.tern.state.CatalogueImage;
import io.tern.state.EntryTime;
import io.tern.state.MachineImage;
import io.tern.state.PartitionImage;
import io.tern.state.QueueId;
import io.tern.state.catalogue.SigningKey;
import io.tern.state.crossing.CrossingImage;
import io.tern.state.queue.MoveTask;
import io.tern.state.queue.QueueImage;
import io.tern.state.topic.TopicImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.rocksdb.RocksDBException;

/**
 * Writes a machine's index into the rows of {@link Table#IMAGE}: one head, one row for each queue,
 * long lists in chunks. Definitions, what waits in outboxes and remembered sends have rows of their
 * own and are not repeated, only counted. Used by {@link PartitionStore} for a checkpoint.
 */
final class IndexImage {

  /** Elements of one chunk; at the widest a chunk is then below 1 MiB. */
  static final int CHUNK_ELEMENTS = 16_384;

  /** The same where elements carry a name of up to 128 bytes. */
  static final int CHUNK_NAMED = 4_096;

  /** Receive attempts of one chunk, each with up to ten messages. */
  static final int CHUNK_ATTEMPTS = 1_024;

  /** Deletions of one chunk; a name is at most 200 bytes or so. */
  static final int CHUNK_DELETIONS = 2_048;

  /** Takes the rows, in the order of their keys. */
  @FunctionalInterface
  interface RowSink {
    void put(byte[] key, byte[] value) throws RocksDBException;
  }

  static void write(MachineImage image, RowSink sink) throws RocksDBException {
    switch (image) {
      case PartitionImage partition -> write(partition, sink);
      case CatalogueImage catalogue -> write(catalogue, sink);
    }
  }

  private static void write(PartitionImage image, RowSink sink) throws RocksDBException {
    ImageHead head =
        head(image.clock(), image.retentionMillis(), image.hash(), image.crossing())
            .setPartition(
                PartitionHead.newBuilder()
                    .setQueues(image.queues().size())
                    .setTopics(TopicImages.head(image.topics()))
                    .setLogic(image.logic()))
            .build();
    sink.put(Keys.imageHead(), head.toByteArray());
    for (QueueImage queue : image.queues()) {
      write(queue, sink);
    }
    for (TopicImage topic : image.topics().topics()) {
      TopicImages.write(topic, sink);
    }
  }

  private static void write(CatalogueImage image, RowSink sink) throws RocksDBException {
    ImageHead head =
        head(image.clock(), image.retentionMillis(), image.hash(), image.crossing())
            .setCatalogue(catalogue(image))
            .build();
    sink.put(Keys.imageHead(), head.toByteArray());
    int chunk = 0;
    for (int from = 0; from < image.deletions().size(); from += CHUNK_DELETIONS) {
      DeletionsChunk.Builder words = DeletionsChunk.newBuilder();
      for (CatalogueImage.Deletion deletion : part(image.deletions(), from, CHUNK_DELETIONS)) {
        words.addNames(Words.name(deletion.name())).addDeletedAtMillis(deletion.deletedAtMillis());
      }
      sink.put(Keys.imageDeletions(chunk++), words.build().toByteArray());
    }
  }

  private static CatalogueHead.Builder catalogue(CatalogueImage image) {
    CatalogueHead.Builder head =
        CatalogueHead.newBuilder()
            .setSealingKey(Words.bytes(image.sealingKey()))
            .setDataPartitions(image.dataPartitions())
            .setNextQueue(image.nextQueue())
            .setDefinitions(image.queues().size())
            .setDeletions(image.deletions().size())
            .setTopics(image.topics().size())
            .setSubscriptions(image.subscriptions().size())
            .setResources(image.resources().size())
            .setLogic(image.logic())
            .setMembership(MembershipWords.head(image.membership()));
    for (SigningKey key : image.signingKeys()) {
      head.addSigningKeys(TopicWords.signingKey(key));
    }
    return head;
  }

  private static ImageHead.Builder head(
      EntryTime clock, long retentionMillis, long hash, CrossingImage crossing) {
    ImageHead.Builder head =
        ImageHead.newBuilder()
            .setHash(hash)
            .setQueueMillis(clock.queueMillis())
            .setWallMillis(clock.wallMillis())
            .setRetentionMillis(retentionMillis);
    for (CrossingImage.OutboxImage outbox : crossing.outboxes()) {
      head.addOutboxes(
          OutboxHead.newBuilder()
              .setDestination(outbox.destination().number())
              .setLastNumber(outbox.lastNumber())
              .setWaiting(outbox.waiting().size()));
    }
    for (CrossingImage.InboxMark inbox : crossing.inboxes()) {
      head.addInboxes(
          InboxMark.newBuilder().setSource(inbox.source().number()).setNumber(inbox.number()));
    }
    return head;
  }

  private static void write(QueueImage queue, RowSink sink) throws RocksDBException {
    sink.put(Keys.imageQueue(queue.queue()), row(queue).toByteArray());
    Chunks chunks = new Chunks(queue.queue(), sink);
    chunks.put(ImageList.READY, queue.ready(), CHUNK_ELEMENTS, ImageChunks::ready);
    chunks.put(ImageList.TOUCHED, queue.touched(), CHUNK_NAMED, TouchedChunks::write);
    chunks.put(ImageList.SENT_MARKS, queue.sentMarks(), CHUNK_ELEMENTS, ImageChunks::sentMarks);
    chunks.putGroups(queue.groups());
    chunks.put(ImageList.DELAYED, queue.delayed(), CHUNK_ELEMENTS, ImageChunks::delayed);
    chunks.put(ImageList.ATTEMPTS, queue.attempts(), CHUNK_ATTEMPTS, ImageChunks::attempts);
  }

  private static QueueImageRow row(QueueImage queue) {
    long groupMessages = 0;
    for (QueueImage.GroupImage group : queue.groups()) {
      groupMessages += group.numbers().size();
    }
    QueueImageRow.Builder row =
        QueueImageRow.newBuilder()
            .setVersion(queue.version())
            .setSettings(Words.settings(queue.settings()))
            .setNextNumber(queue.nextNumber())
            .setPurgedAtMillis(queue.purgedAtMillis())
            .setReadyRanges(queue.ready().size())
            .setTouchedMessages(queue.touched().size())
            .setSentMarks(queue.sentMarks().size())
            .setGroups(queue.groups().size())
            .setGroupMessages(groupMessages)
            .setDelayedMessages(queue.delayed().size())
            .setDeduplication(queue.deduplication().size())
            .setAttempts(queue.attempts().size());
    for (MoveTask task : queue.tasks()) {
      row.addTasks(MoveWords.task(task));
    }
    return row.build();
  }

  /** Puts the lists of one queue, a chunk at a time. */
  private record Chunks(QueueId queue, RowSink sink) {

    <E> void put(ImageList kind, List<E> list, int size, Function<List<E>, byte[]> bytes)
        throws RocksDBException {
      int chunk = 0;
      for (int from = 0; from < list.size(); from += size) {
        sink.put(Keys.imageChunk(queue, kind, chunk++), bytes.apply(part(list, from, size)));
      }
    }

    void putGroups(List<QueueImage.GroupImage> groups) throws RocksDBException {
      int[] chunk = {0};
      GroupChunks.write(
          groups, bytes -> sink.put(Keys.imageChunk(queue, ImageList.GROUPS, chunk[0]++), bytes));
    }
  }

  /** The list in parts of that many elements; no part of an empty list. */
  static <E> List<List<E>> parts(List<E> list, int size) {
    List<List<E>> parts = new ArrayList<>();
    for (int from = 0; from < list.size(); from += size) {
      parts.add(part(list, from, size));
    }
    return parts;
  }

  private static <E> List<E> part(List<E> list, int from, int size) {
    return list.subList(from, Math.min(list.size(), from + size));
  }

  private IndexImage() {}
}
