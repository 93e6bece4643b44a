package io.tern.node.raft;

import io.tern.state.PartitionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.ratis.util.AtomicFileOutputStream;

/**
 * Puts the files of a damaged replica aside, so that whoever wants to know what happened can look.
 * What would be needed to take part again wrongly is then gone. Used by {@link PartitionHealing}.
 */
final class DamagedFiles {
  private static final String PREFIX = "damaged-";

  /** Folders that are kept; a disk that rots on and on would else fill up. */
  private static final int KEPT = 2;

  private final Path partition;
  private final Path log;

  DamagedFiles(RaftSettings settings, PartitionId partition) {
    this.partition = settings.partitionFolder(partition.number());
    this.log = settings.logFolder(partition);
  }

  /** The folder for what is damaged now. */
  Path folder(long wallMillis) {
    return partition.resolve(PREFIX + wallMillis);
  }

  /** Moves log and checkpoints into the folder, the vote as a copy. May be called again. */
  void putAside(Path aside) throws IOException {
    Files.createDirectories(aside);
    dropOldest();
    Path vote = new VoteFile(log).path();
    if (Files.exists(vote)) {
      Files.copy(
          vote,
          aside.resolve(AtomicFileOutputStream.VOTE_FILE),
          StandardCopyOption.REPLACE_EXISTING);
    }
    for (Path file : entries(log)) {
      if (!file.equals(vote)) {
        move(file, aside.resolve("log"));
      }
    }
    for (Path checkpoint : entries(partition.resolve("checkpoints"))) {
      move(checkpoint, aside.resolve("checkpoints"));
    }
    FileTrees.force(partition);
    if (Files.isDirectory(log)) {
      FileTrees.force(log);
    }
  }

  private static void move(Path from, Path into) throws IOException {
    Files.createDirectories(into);
    Path to = into.resolve(String.valueOf(from.getFileName()));
    FileTrees.delete(to);
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private void dropOldest() throws IOException {
    List<Path> folders =
        entries(partition).stream()
            .filter(path -> String.valueOf(path.getFileName()).startsWith(PREFIX))
            .sorted()
            .toList();
    for (Path oldest : folders.subList(0, Math.max(0, folders.size() - KEPT))) {
      FileTrees.delete(oldest);
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }
}
