package io.tern.disk;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Empties the directory of the open database and fills it from a checkpoint. What was in it counts
 * for nothing: the checkpoint and the log are the truth. Used by {@link PartitionStore#open}.
 */
final class LiveDirectory {

  /** What the directory now holds: the checkpoint's manifest, or null when it is empty. */
  static @Nullable CheckpointManifest prepare(
      Path live, @Nullable Path checkpoint, long verifyBytes) {
    CheckpointManifest manifest = null;
    if (checkpoint != null) {
      manifest = CheckpointManifest.read(checkpoint);
      manifest.verify(checkpoint, verifyBytes);
    }
    try {
      Folders.delete(live);
      Files.createDirectories(live);
      if (checkpoint != null && manifest != null) {
        fill(live, checkpoint, manifest);
      }
    } catch (IOException e) {
      throw new StorageFailure("Cannot prepare the live directory " + live + ".", e);
    }
    return manifest;
  }

  private static void fill(Path live, Path checkpoint, CheckpointManifest manifest)
      throws IOException {
    for (CheckpointManifest.FileMark file : manifest.files()) {
      Path from = checkpoint.resolve(file.name());
      Path to = live.resolve(file.name());
      // Tables never change; RocksDB goes on writing in some of the others.
      if (file.isTable()) {
        linkOrCopy(from, to);
      } else {
        Files.copy(from, to);
      }
    }
  }

  private static void linkOrCopy(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (UnsupportedOperationException | FileSystemException e) {
      // Another file system, or one without links.
      Files.copy(from, to);
    }
  }

  private LiveDirectory() {}
}
