package io.tern.disk;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * One open RocksDB with its tables, guarded against use after close: a native handle that is used
 * when gone takes the whole process down. Used by {@link PartitionStore} and its readers.
 */
final class Database implements AutoCloseable {

  /** A piece of work with the open database. */
  @FunctionalInterface
  interface Use<T extends @Nullable Object> {
    T with(RocksDB database) throws RocksDBException;
  }

  /** Sees one row; the buffers are valid during the call only. */
  @FunctionalInterface
  interface RowVisitor {
    void row(ByteBuffer key, ByteBuffer value);
  }

  private static final int SCAN_BUFFER_BYTES = 64 * 1024;

  private final RocksSettings settings;
  private final RocksDB database;
  private final Map<Table, ColumnFamilyHandle> families;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private Database(
      RocksSettings settings, RocksDB database, Map<Table, ColumnFamilyHandle> families) {
    this.settings = settings;
    this.database = database;
    this.families = families;
  }

  /** Opens what the directory holds, or a new database in it. */
  static Database open(Path directory, RocksSettings settings) {
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    for (Table table : Table.values()) {
      descriptors.add(new ColumnFamilyDescriptor(table.family(), settings.options(table)));
    }
    List<ColumnFamilyHandle> handles = new ArrayList<>(descriptors.size());
    try {
      RocksDB database =
          RocksDB.open(settings.databaseOptions(), directory.toString(), descriptors, handles);
      Map<Table, ColumnFamilyHandle> families = new EnumMap<>(Table.class);
      int next = 0;
      for (Table table : Table.values()) {
        families.put(table, handles.get(next++));
      }
      return new Database(settings, database, families);
    } catch (RocksDBException e) {
      throw new StorageFailure("The database in " + directory + " does not open.", e);
    }
  }

  /** Runs the work unless the database is closed; closing waits for it. */
  <T extends @Nullable Object> T use(String purpose, Use<T> use) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new StoreClosed();
      }
      return use.with(database);
    } catch (RocksDBException e) {
      throw new StorageFailure("The database failed: " + purpose + ".", e);
    } finally {
      lock.readLock().unlock();
    }
  }

  ColumnFamilyHandle family(Table table) {
    ColumnFamilyHandle family = families.get(table);
    if (family == null) {
      throw new IllegalStateException("No column family for " + table);
    }
    return family;
  }

  List<ColumnFamilyHandle> allFamilies() {
    return List.copyOf(families.values());
  }

  byte @Nullable [] get(Table table, byte[] key) {
    return this.<byte @Nullable []>use(
        "read a row", open -> open.get(family(table), settings.readOptions(), key));
  }

  /** Shows all rows of the table in the order of their keys. */
  void scan(Table table, RowVisitor visitor) {
    this.<@Nullable Void>use(
        "scan a table",
        open -> {
          try (RocksIterator rows = open.newIterator(family(table), settings.scanOptions())) {
            ByteBuffer key = ByteBuffer.allocateDirect(Keys.MAX_BYTES);
            ByteBuffer value = ByteBuffer.allocateDirect(SCAN_BUFFER_BYTES);
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
              rows.key(key.clear());
              value = valueOf(rows, value);
              visitor.row(key, value);
            }
            rows.status();
          }
          return null;
        });
  }

  private static ByteBuffer valueOf(RocksIterator rows, ByteBuffer buffer) {
    int bytes = rows.value(buffer.clear());
    if (bytes <= buffer.capacity()) {
      return buffer;
    }
    ByteBuffer larger = ByteBuffer.allocateDirect(Math.max(bytes, 2 * buffer.capacity()));
    rows.value(larger);
    return larger;
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        families.values().forEach(ColumnFamilyHandle::close);
        database.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
