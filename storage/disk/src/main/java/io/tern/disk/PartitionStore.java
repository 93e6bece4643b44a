package io.tern.disk;

import io.tern.state.Change;
import io.tern.state.MachineImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The rows of one partition on one node. The replica opens it from a checkpoint, writes one batch
 * for each log entry, makes checkpoints and closes it. All but {@link #prepareCheckpoint}, {@link
 * #reader} and {@link #close} belong to the apply thread. A {@link StorageFailure} ends the
 * process.
 */
public final class PartitionStore implements AutoCloseable {

  /** Image rows are written in pieces of about this size. */
  private static final int IMAGE_BATCH_BYTES = 2 * 1024 * 1024;

  private final RocksSettings settings;
  private final Database database;
  private final ChangeWriter writer;
  private final CheckpointWriter checkpoints;
  private final MessageReader reader;
  private volatile AppliedIndex applied;

  private PartitionStore(RocksSettings settings, Database database, CheckpointWriter checkpoints) {
    this.settings = settings;
    this.database = database;
    this.checkpoints = checkpoints;
    this.writer = new ChangeWriter(database, settings);
    this.reader = new MessageReader(database, settings, _ -> {});
    byte[] row = database.get(Table.META, Keys.MetaRow.APPLIED.key());
    this.applied = row == null ? AppliedIndex.NONE : RowCodec.applied(row);
  }

  /**
   * Empties the live directory, fills it from the checkpoint if there is one, and opens it. Throws
   * {@link DamagedCheckpoint} when the checkpoint must not be used.
   */
  public static PartitionStore open(
      Path liveDirectory, @Nullable Path checkpoint, RocksSettings settings) {
    return open(liveDirectory, checkpoint, settings, settings.verifyAtOpenBytes());
  }

  /**
   * The same, with another choice of what is read beforehand.
   *
   * @param verifyBytes tables of a checkpoint up to this size are compared with their digests
   */
  public static PartitionStore open(
      Path liveDirectory, @Nullable Path checkpoint, RocksSettings settings, long verifyBytes) {
    CheckpointManifest manifest = LiveDirectory.prepare(liveDirectory, checkpoint, verifyBytes);
    Database database = Database.open(liveDirectory, settings);
    try {
      PartitionStore store =
          new PartitionStore(
              settings, database, new CheckpointWriter(liveDirectory, database, manifest));
      if (checkpoint != null && manifest != null) {
        requirePair(checkpoint, manifest.applied(), store.applied);
      }
      return store;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static void requirePair(Path checkpoint, AppliedIndex manifest, AppliedIndex rows) {
    if (!manifest.equals(rows)) {
      throw new DamagedCheckpoint(
          checkpoint.resolve(CheckpointManifest.FILE_NAME),
          "it is of " + manifest + ", the rows are of " + rows);
    }
  }

  /** The newest entry whose changes are in the rows; {@link AppliedIndex#NONE} of a new store. */
  public AppliedIndex applied() {
    return applied;
  }

  /** The index as the checkpoint kept it; empty of a new store. */
  public Optional<MachineImage> image() {
    return ImageReader.read(database);
  }

  /** Writes all changes of one log entry, or none; in the order of the log. */
  public void write(AppliedIndex entry, List<Change> changes) {
    requireLater(entry);
    database.<@Nullable Void>use(
        "write the rows of a log entry",
        open -> {
          writer.clear();
          for (Change change : changes) {
            writer.put(open, change);
          }
          writer.applied(entry);
          open.write(settings.writeOptions(), writer.batch());
          return null;
        });
    applied = entry;
  }

  /**
   * Does beforehand what takes long in a checkpoint, so that the next one stops the apply thread
   * for a few milliseconds only. Called from any thread a moment before.
   */
  public void prepareCheckpoint() {
    database.<@Nullable Void>use(
        "flush",
        open -> {
          open.flush(settings.flushOptions(), database.allFamilies());
          return null;
        });
    checkpoints.digestTables();
  }

  /**
   * Writes a checkpoint of rows and image, both of that entry: all of it durable, or none. What the
   * directory held before is replaced.
   */
  public void checkpoint(Path directory, AppliedIndex entry, MachineImage image) {
    if (!entry.equals(applied)) {
      requireLater(entry);
    }
    database.<@Nullable Void>use(
        "write the image",
        open -> {
          writeImage(open, entry, image);
          return null;
        });
    applied = entry;
    checkpoints.write(directory, entry);
  }

  private void writeImage(RocksDB open, AppliedIndex entry, MachineImage image)
      throws RocksDBException {
    writer.clear();
    writer.applied(entry);
    WriteBatch batch = writer.batch();
    batch.deleteRange(database.family(Table.IMAGE), Keys.imageHead(), Keys.afterImage());
    IndexImage.write(
        image,
        (key, value) -> {
          batch.put(database.family(Table.IMAGE), key, value);
          // Not atomic, and need not be: a half-written image is in no checkpoint.
          if (batch.getDataSize() >= IMAGE_BATCH_BYTES) {
            open.write(settings.writeOptions(), batch);
            batch.clear();
          }
        });
    open.write(settings.writeOptions(), batch);
    writer.clear();
  }

  private void requireLater(AppliedIndex entry) {
    if (entry.index() <= applied.index()) {
      throw new IllegalArgumentException(entry + " does not follow " + applied + ".");
    }
  }

  /** Reads messages, from any thread. */
  public MessageReader reader() {
    return reader;
  }

  Database database() {
    return database;
  }

  /** Waits for readers in progress; later ones are told {@link StoreClosed}. */
  @Override
  public void close() {
    database.close();
    writer.close();
  }
}
