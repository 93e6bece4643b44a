package io.tern.disk;

import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/**
 * Loads the bodies of messages for replies, while the apply thread writes. Called from the small
 * pool of reading threads: a native call would pin the carrier of a virtual thread.
 */
public final class MessageReader {
  private final Database database;
  private final RocksSettings settings;

  MessageReader(Database database, RocksSettings settings) {
    this.database = database;
    this.settings = settings;
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
    return database.use("read messages", open -> read(open, queue, numbers));
  }

  /**
   * The message that waits in the outbox under that number; empty when it is settled meanwhile or
   * when something else waits there. Throws {@link StoreClosed}.
   */
  public Optional<StoredMessage> parked(PartitionId destination, long outboxNumber) {
    byte[] row = database.get(Table.OUTBOX, Keys.outbox(destination, outboxNumber));
    if (row == null) {
      return Optional.empty();
    }
    ByteBuffer message = RowCodec.outboxMessage(row);
    return message.hasRemaining()
        ? Optional.of(MessageRowCodec.message(outboxNumber, message))
        : Optional.empty();
  }

  private List<StoredMessage> read(org.rocksdb.RocksDB open, QueueId queue, List<Long> numbers)
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
