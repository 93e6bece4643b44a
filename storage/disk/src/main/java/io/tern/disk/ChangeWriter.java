package io.tern.disk;

import io.tern.state.Change;
import io.tern.state.QueueId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Turns each change into row operations of one reused write batch. Used by {@link PartitionStore},
 * on the apply thread.
 */
final class ChangeWriter implements AutoCloseable {
  private static final int FIRST_VALUE_BYTES = 4 * 1024;

  private final Database database;
  private final WriteBatch batch = new WriteBatch();
  private final ByteBuffer key = ByteBuffer.allocateDirect(Keys.MAX_BYTES);
  private ByteBuffer value = little(FIRST_VALUE_BYTES);

  ChangeWriter(Database database) {
    this.database = database;
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

  void put(Change change) throws RocksDBException {
    switch (change) {
      case Change.PartitionChange ofPartition -> put(ofPartition);
      case Change.CatalogueChange ofCatalogue -> put(ofCatalogue);
      case Change.CommonChange common -> put(common);
    }
  }

  private void put(Change.PartitionChange change) throws RocksDBException {
    switch (change) {
      case Change.MessageStored stored -> {
        RowCodec.putMessage(room(RowCodec.messageBytes(stored.content().size())), stored);
        putMessageRow(Table.MESSAGES, stored.queue(), stored.number());
      }
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
      case Change.QueuePurged purged -> deleteUpTo(purged.queue(), purged.upTo());
      case Change.QueueRemoved removed ->
          deleteMessages(Keys.message(removed.queue(), 0), Keys.afterQueue(removed.queue()));
      // Settings live in the image alone.
      case Change.QueueInstalled _ -> {}
    }
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
