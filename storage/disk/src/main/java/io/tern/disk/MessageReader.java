package io.tern.disk;

import io.tern.state.Bytes;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.TopicId;
import io.tern.state.crossing.TopicCrossing;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/**
 * Loads the bodies of messages for replies and couriers, while the apply thread writes. Called from
 * the small pool of reading threads: a native call would pin the carrier of a virtual thread.
 */
public final class MessageReader {
  private final Database database;
  private final RocksSettings settings;
  private final Consumer<RuntimeException> broken;

  MessageReader(Database database, RocksSettings settings, Consumer<RuntimeException> broken) {
    this.database = database;
    this.settings = settings;
    this.broken = broken;
  }

  /**
   * The same reader, which also tells of a row that cannot be read or understood: nothing of the
   * store can be trusted then, whoever asked for the row.
   */
  public MessageReader telling(Consumer<RuntimeException> listener) {
    return new MessageReader(database, settings, listener);
  }

  private <T> T watched(Supplier<T> read) {
    try {
      return read.get();
    } catch (StorageFailure | UnreadableBytes failure) {
      broken.accept(failure);
      throw failure;
    }
  }

  /** The message; empty when it is gone meanwhile. Throws {@link StoreClosed}. */
  public Optional<StoredMessage> read(QueueId queue, long number) {
    List<StoredMessage> found = read(queue, List.of(number));
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
  }

  /**
   * The messages in the order asked for, without those that are gone meanwhile. Throws {@link
   * StoreClosed}.
   */
  public List<StoredMessage> read(QueueId queue, List<Long> numbers) {
    return watched(() -> database.use("read messages", open -> read(open, queue, numbers)));
  }

  /**
   * The message that waits in the outbox under that number; empty when it is settled meanwhile or
   * when something else waits there. Throws {@link StoreClosed}.
   */
  public Optional<StoredMessage> parked(PartitionId destination, long outboxNumber) {
    return watched(() -> {
      byte[] row = database.get(Table.OUTBOX, Keys.outbox(destination, outboxNumber));
      if (row == null) {
        return Optional.empty();
      }
      ByteBuffer message = RowCodec.outboxMessage(row);
      return message.hasRemaining()
          ? Optional.of(MessageRowCodec.message(outboxNumber, message))
          : Optional.empty();
    });
  }

  /**
   * The body that notifications refer to; empty when it is forgotten. Throws {@link StoreClosed}.
   */
  public Optional<StoredBody> body(TopicId topic, long number) {
    return watched(() -> {
      byte[] row = database.get(Table.BODIES, Keys.body(topic, number));
      return row == null
          ? Optional.empty()
          : Optional.of(BodyRowCodec.body(number, ByteBuffer.wrap(row)));
    });
  }

  /**
   * The topic's bodies from that number on, in order; one at least if there is one, then as many as
   * both limits allow. Numbers may be missing between them. Throws {@link StoreClosed}.
   */
  public List<StoredBody> bodies(TopicId topic, long from, int limit, long maxBytes) {
    return watched(
        () -> database.use("read bodies", open -> bodies(open, topic, from, limit, maxBytes)));
  }

  /**
   * The body of what waits in the outbox under that number; empty when it is settled meanwhile, or
   * when the body is gone, which must not be. Throws {@link StoreClosed}.
   */
  public Optional<Bytes> fanOutBody(
      PartitionId destination, long outboxNumber, TopicCrossing.FanOut fanOut) {
    return watched(() -> {
      byte[] row = database.get(Table.OUTBOX, Keys.outbox(destination, outboxNumber));
      if (row == null) {
        return Optional.empty();
      }
      ByteBuffer carried = RowCodec.outboxMessage(row);
      if (carried.hasRemaining()) {
        byte[] content = new byte[carried.remaining()];
        carried.get(content);
        return Optional.of(Bytes.of(content));
      }
      return body(fanOut.topic(), fanOut.body()).map(StoredBody::content);
    });
  }

  private List<StoredBody> bodies(RocksDB open, TopicId topic, long from, int limit, long maxBytes)
      throws RocksDBException {
    List<StoredBody> found = new ArrayList<>();
    long bytes = 0;
    try (Slice end = new Slice(Keys.afterTopic(topic));
        ReadOptions options =
            new ReadOptions()
                .setVerifyChecksums(true)
                .setFillCache(false)
                .setIterateUpperBound(end);
        RocksIterator rows = open.newIterator(database.family(Table.BODIES), options)) {
      for (rows.seek(Keys.body(topic, from)); rows.isValid() && found.size() < limit; rows.next()) {
        long number = Keys.numberOf(ByteBuffer.wrap(rows.key()));
        StoredBody body = BodyRowCodec.body(number, ByteBuffer.wrap(rows.value()));
        bytes += body.content().size();
        if (bytes > maxBytes && !found.isEmpty()) {
          break;
        }
        found.add(body);
      }
      rows.status();
    }
    return found;
  }

  private List<StoredMessage> read(RocksDB open, QueueId queue, List<Long> numbers)
      throws RocksDBException {
    List<StoredMessage> found = new ArrayList<>(numbers.size());
    for (long number : numbers) {
      byte[] row =
          open.get(
              database.family(Table.MESSAGES), settings.readOptions(), Keys.message(queue, number));
      if (row != null) {
        found.add(MessageRowCodec.message(number, row));
      }
    }
    return found;
  }
}
