package io.tern.chaos;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files in one node's data folder, to be damaged. For HealTest. */
final class DataFiles {
  private static final int EVERY_BYTES = 4_096;
  private static final Pattern GROUP = Pattern.compile("-([0-9a-f]{12})/current/");

  private final Path data;

  DataFiles(Path data) {
    this.data = data;
  }

  private static int partitionOf(Path file) {
    Matcher group = GROUP.matcher(file.toString());
    if (!group.find()) {
      throw new IllegalArgumentException(file + " belongs to no partition");
    }
    return Integer.parseInt(group.group(1), 16);
  }

  private List<Path> logs(int partition) {
    return matching(data.resolve("raft"), "log_.*").stream()
        .filter(path -> partitionOf(path) == partition)
        .toList();
  }

  /** Flips a bit in the middle of what is written of the partition's largest segment. */
  Path rotLog(int partition) {
    Path log =
        logs(partition).stream()
            .max(Comparator.comparingLong(DataFiles::writtenBytes))
            .orElseThrow();
    flip(log, writtenBytes(log) / 2);
    return log;
  }

  Path rotVote(int partition) {
    Path vote =
        matching(data.resolve("raft"), "raft-meta").stream()
            .filter(path -> partitionOf(path) == partition)
            .findFirst()
            .orElseThrow();
    flip(vote, size(vote) / 2);
    return vote;
  }

  /** Flips a bit in the middle of every manifest. */
  void rotManifests(int partition) {
    checkpointFiles(partition, "checkpoint[.]manifest").forEach(file -> flip(file, size(file) / 2));
  }

  /** Flips a bit in every block of every table that the node has open. */
  void rotOpenTables(int partition) {
    for (Path table : matching(data.resolve("partitions/" + partition + "/live"), ".*[.]sst")) {
      try {
        for (long place = 100; place < size(table); place += EVERY_BYTES) {
          flip(table, place);
        }
      } catch (UncheckedIOException gone) {
        // A compaction may delete it meanwhile.
        if (Files.exists(table)) {
          throw gone;
        }
      }
    }
  }

  boolean hasCheckpoint(int partition) {
    return !checkpointFiles(partition, "checkpoint[.]manifest").isEmpty();
  }

  private List<Path> checkpointFiles(int partition, String name) {
    return matching(data.resolve("partitions/" + partition + "/checkpoints"), name);
  }

  private static List<Path> matching(Path folder, String name) {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().matches(name))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Segments are filled up with zeros. */
  private static long writtenBytes(Path segment) {
    try {
      byte[] bytes = Files.readAllBytes(segment);
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] == 0) {
        end--;
      }
      return end;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void flip(Path file, long place) {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(place);
      int octet = bytes.read();
      bytes.seek(place);
      bytes.write(octet ^ 0x10);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
