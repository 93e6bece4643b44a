package io.tern.disk;

import io.tern.disk.RowCodec.MessageParts;
import io.tern.state.Change;
import io.tern.state.QueueId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Turns each change into row operations of one reused write batch. Used by {@link PartitionStore},
 * on the apply thread.
 */
final class ChangeWriter implements AutoCloseable {
  private static final int FIRST_VALUE_BYTES = 4 * 1024;

  private final Database database;
  private final RocksSettings settings;
  private final WriteBatch batch = new WriteBatch();
  private final ByteBuffer key = ByteBuffer.allocateDirect(Keys.MAX_BYTES);
  private ByteBuffer value = little(FIRST_VALUE_BYTES);

  ChangeWriter(Database database, RocksSettings settings) {
    this.database = database;
    this.settings = settings;
  }

  /** The operations since the last {@link #clear}. */
  WriteBatch batch() {
    return batch;
  }

  void clear() {
    batch.clear();
  }

  void applied(AppliedIndex applied) throws RocksDBException {
    RowCodec.putApplied(value.clear(), applied);
    putMeta(Keys.MetaRow.APPLIED);
  }

  void put(RocksDB open, Change change) throws RocksDBException {
    switch (change) {
      case Change.PartitionChange ofPartition -> put(open, ofPartition);
      case Change.CatalogueChange ofCatalogue -> put(ofCatalogue);
      case Change.CommonChange common -> put(common);
    }
  }

  private void put(RocksDB open, Change.PartitionChange change) throws RocksDBException {
    switch (change) {
      case Change.MessageStored stored -> {
        MessageParts parts = MessageParts.of(stored);
        RowCodec.putMessage(
            room(parts.rowBytes()), stored.sentMillis(), stored.visibleAtMillis(), parts);
        putMessageRow(Table.MESSAGES, stored.queue(), stored.number());
      }
      case Change.MessageArrived arrived -> {
        MessageParts parts = MessageParts.of(arrived);
        RowCodec.putMessage(
            room(parts.rowBytes()), arrived.sentMillis(), arrived.visibleAtMillis(), parts);
        putMessageRow(Table.MESSAGES, arrived.queue(), arrived.number());
      }
      case Change.MessageParked parked -> park(open, parked);
      case Change.DeduplicationRemembered send -> {
        RowCodec.putDeduplication(value.clear(), send);
        putMessageRow(Table.DEDUPLICATION, send.queue(), send.number());
      }
      case Change.DeduplicationForgotten forgotten ->
          batch.deleteRange(
              database.family(Table.DEDUPLICATION),
              Keys.message(forgotten.queue(), 0),
              Keys.message(forgotten.queue(), forgotten.upTo() + 1));
      // The image alone holds tasks and receive attempts.
      case Change.MoveTaskChanged _, Change.AttemptRemembered _ -> {}
      case Change.MessageHidden hidden -> {
        RowCodec.putDelivery(value.clear(), hidden);
        putMessageRow(Table.DELIVERIES, hidden.queue(), hidden.number());
      }
      case Change.MessageRemoved removed -> {
        // Point deletes also for runs of neighbours: a memtable full of range deletes makes each
        // read of a body slower, and a point delete costs little.
        delete(Table.MESSAGES, removed.queue(), removed.number());
        delete(Table.DELIVERIES, removed.queue(), removed.number());
      }
      case Change.MessagesExpired expired -> deleteUpTo(expired.queue(), expired.upTo());
      case Change.QueuePurged purged -> {
        deleteUpTo(purged.queue(), purged.upTo());
        forgetSends(purged.queue());
      }
      case Change.QueueRemoved removed -> {
        deleteMessages(Keys.message(removed.queue(), 0), Keys.afterQueue(removed.queue()));
        forgetSends(removed.queue());
      }
      // Settings live in the image alone.
      case Change.QueueInstalled _ -> {}
    }
  }

  /**
   * Moves the message's row into the outbox. What the entry wrote so far is written out first, for
   * the row may be among it; half an entry does no harm, since a checkpoint is made between entries
   * and any other start begins from one.
   */
  private void park(RocksDB open, Change.MessageParked parked) throws RocksDBException {
    open.write(settings.writeOptions(), batch);
    batch.clear();
    byte[] key = Keys.message(parked.queue(), parked.number());
    byte[] row = open.get(database.family(Table.MESSAGES), settings.readOptions(), key);
    if (row == null) {
      throw new UnreadableBytes(
          "The row of message " + parked.number() + " of " + parked.queue() + " is not there.");
    }
    batch.put(
        database.family(Table.OUTBOX),
        Keys.outbox(parked.destination(), parked.outboxNumber()),
        RowCodec.parked(parked.crossing(), row));
    batch.delete(database.family(Table.MESSAGES), key);
    batch.delete(database.family(Table.DELIVERIES), key);
  }

  private void forgetSends(QueueId queue) throws RocksDBException {
    batch.deleteRange(
        database.family(Table.DEDUPLICATION), Keys.message(queue, 0), Keys.afterQueue(queue));
  }

  private void put(Change.CatalogueChange change) throws RocksDBException {
    switch (change) {
      case Change.QueueDefined defined ->
          batch.put(
              database.family(Table.DEFINITIONS),
              Keys.definition(defined.definition().queue()),
              RowCodec.definition(defined.definition()));
      case Change.QueueUndefined undefined ->
          batch.delete(database.family(Table.DEFINITIONS), Keys.definition(undefined.queue()));
      // The image alone holds the key, the number of partitions and the deleted names.
      case Change.ClusterInitialized _ -> {}
      case Change.DeletionForgotten _ -> {}
    }
  }

  private void put(Change.CommonChange change) throws RocksDBException {
    switch (change) {
      case Change.ClockAdvanced clock -> {
        RowCodec.putClock(value.clear(), clock);
        putMeta(Keys.MetaRow.CLOCK);
      }
      case Change.OutboxAppended appended ->
          batch.put(
              database.family(Table.OUTBOX),
              Keys.outbox(appended.destination(), appended.number()),
              RowCodec.outbox(appended.crossing()));
      case Change.OutboxSettled settled ->
          batch.deleteRange(
              database.family(Table.OUTBOX),
              Keys.outbox(settled.destination(), 0),
              Keys.outbox(settled.destination(), settled.upTo() + 1));
      case Change.InboxAdvanced advanced ->
          batch.put(
              database.family(Table.INBOX),
              Keys.inbox(advanced.source()),
              RowCodec.inbox(advanced.number()));
    }
  }

  private void putMessageRow(Table table, QueueId queue, long number) throws RocksDBException {
    batch.put(database.family(table), messageKey(queue, number), value.flip());
  }

  private void delete(Table table, QueueId queue, long number) throws RocksDBException {
    batch.delete(database.family(table), messageKey(queue, number));
  }

  private ByteBuffer messageKey(QueueId queue, long number) {
    return key.clear().putLong(queue.number()).putLong(number).flip();
  }

  private void deleteUpTo(QueueId queue, long upTo) throws RocksDBException {
    deleteMessages(Keys.message(queue, 0), Keys.message(queue, upTo + 1));
  }

  private void deleteMessages(byte[] from, byte[] before) throws RocksDBException {
    batch.deleteRange(database.family(Table.MESSAGES), from, before);
    batch.deleteRange(database.family(Table.DELIVERIES), from, before);
  }

  private void putMeta(Keys.MetaRow row) throws RocksDBException {
    key.clear().put(row.key()).flip();
    batch.put(database.family(Table.META), key, value.flip());
  }

  /** The value buffer, empty and large enough. A message is bounded, so the buffer is. */
  private ByteBuffer room(int bytes) {
    if (value.capacity() < bytes) {
      value = little(Math.max(bytes, 2 * value.capacity()));
    }
    return value.clear();
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {
    batch.close();
  }
}
