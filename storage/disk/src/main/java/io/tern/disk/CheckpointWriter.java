package io.tern.disk;

import io.tern.disk.CheckpointManifest.FileMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.RocksDB;

/**
 * Makes a checkpoint of an open database: all of it or nothing, also through a power cut. Used by
 * {@link PartitionStore}.
 */
final class CheckpointWriter {
  private final Path live;
  private final Database database;

  /** Tables never change, so each one's digest is taken once. */
  private final Map<String, FileMark> knownTables = new ConcurrentHashMap<>();

  CheckpointWriter(Path live, Database database, @Nullable CheckpointManifest openedFrom) {
    this.live = live;
    this.database = database;
    if (openedFrom != null) {
      openedFrom.files().stream().filter(FileMark::isTable).forEach(this::remember);
    }
  }

  /** Takes the digests of the finished tables beforehand, on any thread. */
  void digestTables() {
    List<LiveFileMetaData> finished =
        database.use("list the tables", RocksDB::getLiveFilesMetaData);
    for (LiveFileMetaData table : finished) {
      Path file = live.resolve(Path.of(table.fileName()).getFileName());
      if (!knownTables.containsKey(file.getFileName().toString())) {
        digestUnlessGone(file);
      }
    }
  }

  /** A table can be compacted away meanwhile; then its digest is not needed. */
  private void digestUnlessGone(Path table) {
    try {
      remember(mark(table));
    } catch (NoSuchFileException gone) {
      knownTables.remove(table.getFileName().toString());
    } catch (IOException e) {
      throw new StorageFailure("Cannot read the table " + table + ".", e);
    }
  }

  /** Writes everything that is in the database now to the directory. */
  void write(Path directory, AppliedIndex applied) {
    Path partial = directory.resolveSibling(directory.getFileName() + Checkpoints.PARTIAL_SUFFIX);
    try {
      Folders.create(parentOf(directory));
      Folders.delete(partial);
      Folders.delete(directory);
      database.<@Nullable Void>use(
          "write a checkpoint",
          open -> {
            try (Checkpoint checkpoint = Checkpoint.create(open)) {
              checkpoint.createCheckpoint(partial.toString());
            }
            return null;
          });
      complete(partial, applied);
      Files.move(partial, directory, StandardCopyOption.ATOMIC_MOVE);
      Folders.sync(parentOf(directory));
    } catch (IOException e) {
      throw new StorageFailure("Cannot write the checkpoint " + directory + ".", e);
    }
  }

  private void complete(Path partial, AppliedIndex applied) throws IOException {
    List<FileMark> files = new ArrayList<>();
    List<String> names = CheckpointManifest.namesIn(partial);
    for (String name : names) {
      files.add(isTable(name) ? table(partial, name) : mark(partial.resolve(name)));
    }
    knownTables.keySet().retainAll(names);
    new CheckpointManifest(applied, files).write(partial);
    for (String name : names) {
      // RocksDB has synced the tables when it wrote them.
      if (!isTable(name)) {
        Folders.sync(partial.resolve(name));
      }
    }
    Folders.sync(partial.resolve(CheckpointManifest.FILE_NAME));
    Folders.sync(partial);
  }

  private FileMark table(Path partial, String name) throws IOException {
    FileMark known = knownTables.get(name);
    if (known == null) {
      known = mark(partial.resolve(name));
      remember(known);
    }
    return known;
  }

  private void remember(FileMark table) {
    knownTables.put(table.name(), table);
  }

  private static FileMark mark(Path file) throws IOException {
    return new FileMark(
        file.getFileName().toString(), Files.size(file), CheckpointManifest.digest(file));
  }

  private static Path parentOf(Path directory) {
    Path parent = directory.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("A checkpoint needs a folder around it: " + directory);
    }
    return parent;
  }

  private static boolean isTable(String name) {
    return name.endsWith(".sst");
  }
}
