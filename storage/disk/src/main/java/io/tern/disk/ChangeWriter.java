package io.tern.disk;

import io.tern.state.Bytes;
import io.tern.state.Change;
import io.tern.state.MembershipChange;
import io.tern.state.QueueId;
import io.tern.state.TopicChange;
import io.tern.state.TopicDefinitionChange;
import io.tern.state.TopicId;
import io.tern.state.catalogue.ResourceDefinition;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.state.crossing.Crossing;
import io.tern.state.crossing.TopicCrossing;
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

  /** Whether the batch removes a queue, so that rows of its numbers in the database may be gone. */
  private boolean queueRemoved;

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
    queueRemoved = false;
  }

  void applied(AppliedIndex applied) throws RocksDBException {
    RowCodec.putApplied(value.clear(), applied);
    putMeta(Keys.MetaRow.APPLIED);
  }

  /** Adds the change; writes the batch so far if it holds a row that the change needs. */
  void put(RocksDB open, Change change) throws RocksDBException {
    switch (change) {
      case Change.PartitionChange ofPartition -> put(open, ofPartition);
      case Change.CatalogueChange ofCatalogue -> put(ofCatalogue);
      case Change.CommonChange common -> put(common);
    }
  }

  private void put(RocksDB open, Change.PartitionChange change) throws RocksDBException {
    switch (change) {
      case TopicChange ofTopic -> put(ofTopic);
      case Change.MessageStored stored -> {
        MessageRowCodec.put(room(MessageRowCodec.bytes(stored.group(), stored.content())), stored);
        putMessageRow(Table.MESSAGES, stored.queue(), stored.number());
      }
      case Change.MessageArrived arrived -> {
        byte[] past = MessageRowCodec.past(arrived);
        MessageRowCodec.put(room(MessageRowCodec.bytes(arrived, past)), arrived, past);
        putMessageRow(Table.MESSAGES, arrived.queue(), arrived.number());
      }
      case Change.MessageHidden hidden -> {
        RowCodec.putDelivery(value.clear(), hidden);
        putMessageRow(Table.DELIVERIES, hidden.queue(), hidden.number());
      }
      case Change.MessageRemoved removed -> remove(removed.queue(), removed.number());
      case Change.MessagesExpired expired -> deleteUpTo(expired.queue(), expired.upTo());
      case Change.QueuePurged purged -> {
        deleteUpTo(purged.queue(), purged.upTo());
        deleteQueue(Table.DEDUPLICATION, purged.queue());
      }
      case Change.QueueRemoved removed -> {
        deleteQueue(Table.MESSAGES, removed.queue());
        deleteQueue(Table.DELIVERIES, removed.queue());
        deleteQueue(Table.DEDUPLICATION, removed.queue());
        queueRemoved = true;
      }
      case Change.DeduplicationRemembered send -> {
        RowCodec.putSend(value.clear(), send);
        putMessageRow(Table.DEDUPLICATION, send.queue(), send.number());
      }
      case Change.DeduplicationForgotten forgotten ->
          deleteUpTo(Table.DEDUPLICATION, forgotten.queue(), forgotten.upTo());
      case Change.MessageParked parked -> park(open, parked);
      // The image alone holds settings, attempts and tasks.
      case Change.QueueInstalled _ -> {}
      case Change.AttemptRemembered _ -> {}
      case Change.MoveTaskChanged _ -> {}
    }
  }

  private void put(TopicChange change) throws RocksDBException {
    switch (change) {
      case TopicChange.BodyStored body -> {
        BodyRowCodec.put(room(BodyRowCodec.bytes(body)), body);
        putTopicRow(Table.BODIES, body.topic(), body.number());
      }
      case TopicChange.BodiesForgotten forgotten ->
          deleteUpTo(Table.BODIES, forgotten.topic(), forgotten.upTo());
      case TopicChange.NotificationStored stored -> {
        Bytes reference = NotificationWords.reference(stored.notification());
        MessageRowCodec.put(
            room(MessageRowCodec.bytes(stored.group(), reference)), stored, reference);
        putMessageRow(Table.MESSAGES, stored.queue(), stored.number());
      }
      case TopicChange.PublishRemembered publish -> {
        RowCodec.putPublish(value.clear(), publish);
        putTopicRow(Table.DEDUPLICATION, publish.topic(), publish.number());
      }
      case TopicChange.PublishesForgotten forgotten ->
          deleteUpTo(Table.DEDUPLICATION, forgotten.topic(), forgotten.upTo());
      // Bodies stay for the queues that hold notifications of them.
      case TopicChange.TopicRemoved removed -> deleteTopic(Table.DEDUPLICATION, removed.topic());
      // The image alone holds settings and replays, and what is noted to forget bodies.
      case TopicChange.TopicInstalled _ -> {}
      case TopicChange.ReplayChanged _, TopicChange.ReplayRemoved _ -> {}
      case TopicChange.BodiesChecked _ -> {}
    }
  }

  private void park(RocksDB open, Change.MessageParked parked) throws RocksDBException {
    byte[] row = row(open, Table.MESSAGES, Keys.message(parked.queue(), parked.number()), parked);
    BodyKey body = MessageRowCodec.body(row);
    if (body != null) {
      // It may go where the body is not, so it takes it along.
      byte[] bodyRow = row(open, Table.BODIES, Keys.body(body.topic(), body.number()), parked);
      StoredBody stored = BodyRowCodec.body(body.number(), ByteBuffer.wrap(bodyRow));
      row = MessageRowCodec.withMessage(row, stored.content());
    }
    batch.put(
        database.family(Table.OUTBOX),
        Keys.outbox(parked.destination(), parked.outboxNumber()),
        RowCodec.outbox(parked.crossing(), row));
    remove(parked.queue(), parked.number());
  }

  private byte[] row(RocksDB open, Table table, byte[] key, Change.MessageParked parked)
      throws RocksDBException {
    byte[] row =
        queueRemoved ? null : open.get(database.family(table), settings.readOptions(), key);
    if (row == null) {
      // Stored by this very entry. What is written early is in no checkpoint until the rest is.
      open.write(settings.writeOptions(), batch);
      clear();
      row = open.get(database.family(table), settings.readOptions(), key);
    }
    if (row == null) {
      throw new RocksDBException("There is no row in " + table + " of what to park: " + parked);
    }
    return row;
  }

  private void put(Change.CatalogueChange change) throws RocksDBException {
    switch (change) {
      case TopicDefinitionChange ofTopic -> put(ofTopic);
      case Change.QueueDefined defined ->
          batch.put(
              database.family(Table.DEFINITIONS),
              Keys.definition(defined.definition().queue()),
              RowCodec.definition(defined.definition()));
      case Change.QueueUndefined undefined ->
          batch.delete(database.family(Table.DEFINITIONS), Keys.definition(undefined.queue()));
      // The image alone holds nodes and placements, the key, the number of partitions and the
      // deleted names.
      case MembershipChange _ -> {}
      case Change.ClusterInitialized _ -> {}
      case Change.DeletionForgotten _ -> {}
    }
  }

  private void put(TopicDefinitionChange change) throws RocksDBException {
    switch (change) {
      case TopicDefinitionChange.TopicDefined(TopicDefinition topic) ->
          batch.put(
              database.family(Table.TOPICS), Keys.topic(topic.topic()), TopicRowCodec.topic(topic));
      case TopicDefinitionChange.TopicUndefined undefined -> {
        batch.delete(database.family(Table.TOPICS), Keys.topic(undefined.topic()));
        deleteTopic(Table.SUBSCRIPTIONS, undefined.topic());
      }
      case TopicDefinitionChange.SubscriptionDefined(SubscriptionDefinition subscription) ->
          batch.put(
              database.family(Table.SUBSCRIPTIONS),
              Keys.subscription(subscription.topic(), subscription.subscription()),
              TopicRowCodec.subscription(subscription));
      case TopicDefinitionChange.SubscriptionUndefined undefined ->
          batch.delete(
              database.family(Table.SUBSCRIPTIONS),
              Keys.subscription(undefined.topic(), undefined.subscription()));
      case TopicDefinitionChange.ResourceDefined(ResourceDefinition resource) ->
          batch.put(
              database.family(Table.RESOURCES),
              Keys.resource(resource.key()),
              TopicRowCodec.resource(resource));
      case TopicDefinitionChange.ResourceUndefined undefined ->
          batch.delete(database.family(Table.RESOURCES), Keys.resource(undefined.key()));
      // The image alone holds the keys, as it does the sealing key.
      case TopicDefinitionChange.SigningKeyAdded _ -> {}
    }
  }

  private void put(Change.CommonChange change) throws RocksDBException {
    switch (change) {
      case Change.ClockAdvanced clock -> {
        RowCodec.putClock(value.clear(), clock);
        putMeta(Keys.MetaRow.CLOCK);
      }
      // The image alone holds the level.
      case Change.LogicAdvanced _ -> {}
      case Change.OutboxAppended appended ->
          batch.put(
              database.family(Table.OUTBOX),
              Keys.outbox(appended.destination(), appended.number()),
              outboxRow(appended.crossing()));
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

  private static byte[] outboxRow(Crossing crossing) {
    return switch (crossing) {
      case Crossing.MovedMessage moved ->
          RowCodec.outbox(moved.parked(), MessageRowCodec.row(moved));
      case TopicCrossing.CarriedFanOut carried -> RowCodec.outbox(carried);
      case TopicCrossing _ -> RowCodec.outbox(crossing);
      case Crossing.InstallQueue _, Crossing.RemoveQueue _, Crossing.ParkedMessage _ ->
          RowCodec.outbox(crossing);
    };
  }

  private void putMessageRow(Table table, QueueId queue, long number) throws RocksDBException {
    batch.put(database.family(table), messageKey(queue, number), value.flip());
  }

  private void putTopicRow(Table table, TopicId topic, long number) throws RocksDBException {
    key.clear().putLong(topic.number()).putLong(number).flip();
    batch.put(database.family(table), key, value.flip());
  }

  private void remove(QueueId queue, long number) throws RocksDBException {
    // Point deletes also for runs of neighbours: a memtable full of range deletes makes each read
    // of a body slower, and a point delete costs little.
    delete(Table.MESSAGES, queue, number);
    delete(Table.DELIVERIES, queue, number);
  }

  private void delete(Table table, QueueId queue, long number) throws RocksDBException {
    batch.delete(database.family(table), messageKey(queue, number));
  }

  private ByteBuffer messageKey(QueueId queue, long number) {
    return key.clear().putLong(queue.number()).putLong(number).flip();
  }

  private void deleteUpTo(QueueId queue, long upTo) throws RocksDBException {
    deleteUpTo(Table.MESSAGES, queue, upTo);
    deleteUpTo(Table.DELIVERIES, queue, upTo);
  }

  private void deleteUpTo(Table table, QueueId queue, long upTo) throws RocksDBException {
    batch.deleteRange(
        database.family(table), Keys.message(queue, 0), Keys.message(queue, upTo + 1));
  }

  private void deleteUpTo(Table table, TopicId topic, long upTo) throws RocksDBException {
    batch.deleteRange(database.family(table), Keys.body(topic, 0), Keys.body(topic, upTo + 1));
  }

  private void deleteTopic(Table table, TopicId topic) throws RocksDBException {
    batch.deleteRange(database.family(table), Keys.body(topic, 0), Keys.afterTopic(topic));
  }

  private void deleteQueue(Table table, QueueId queue) throws RocksDBException {
    batch.deleteRange(database.family(table), Keys.message(queue, 0), Keys.afterQueue(queue));
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
