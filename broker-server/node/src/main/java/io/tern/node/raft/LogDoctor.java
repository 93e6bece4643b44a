package io.tern.node.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a partition's log before Ratis does. Ratis itself either stays dead after any torn tail
 * or silently drops acknowledged entries after a flipped bit; here a torn tail is cut, the rest of
 * an interrupted purge is removed, and anything else is refused. Called by {@link PartitionExam}.
 */
final class LogDoctor {
  private static final Logger LOG = LoggerFactory.getLogger(LogDoctor.class);

  private final int largestEntryBytes;

  /**
   * @param largestEntryBytes no entry is longer: Ratis refuses to write one
   */
  LogDoctor(int largestEntryBytes) {
    this.largestEntryBytes = largestEntryBytes;
  }

  /**
   * Makes the log fit to start from, or refuses.
   *
   * @param current the folder that holds the segments; may be missing
   * @param checkpointIndex the newest entry that the newest checkpoint holds, or -1
   * @throws LogDamaged when entries that may have been acknowledged are missing or altered
   */
  void examine(Path current, long checkpointIndex) {
    if (!Files.isDirectory(current)) {
      return;
    }
    try {
      List<SegmentFile> segments = segments(current);
      if (segments.isEmpty() && checkpointIndex < 0 && new VoteFile(current).exists()) {
        // Also the state after a power cut in the first moment of a cluster's life.
        LOG.warn(
            "No log in {} although this node has voted; it catches up from the others, which is"
                + " safe only while all of them are complete",
            current);
      }
      List<SegmentFile> leftovers = leftoversOfPurge(segments, checkpointIndex);
      List<SegmentFile> log = segments.subList(leftovers.size(), segments.size());
      checkBeginning(log, checkpointIndex);
      Optional<Cut> cut = examine(log, checkpointIndex);
      // Only now is anything changed: the whole log was understood.
      for (SegmentFile leftover : leftovers) {
        Files.delete(leftover.path());
        LOG.warn("Removed {}: an interrupted purge left it behind", leftover.path());
      }
      if (cut.isPresent()) {
        cut.get().make();
      }
      if (cut.isPresent() || !leftovers.isEmpty()) {
        force(current);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot examine the log in " + current, e);
    }
  }

  /** The first damage in segments that are complete; changes nothing, while Ratis runs. */
  static Optional<LogDamaged> damageOfClosed(Path current) {
    try {
      for (SegmentFile segment : segments(current)) {
        Optional<LogDamaged> damage = segment.isOpen() ? Optional.empty() : damage(segment);
        if (damage.isPresent()) {
          return damage;
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot examine the log in " + current, e);
    }
  }

  private static Optional<LogDamaged> damage(SegmentFile segment) throws IOException {
    try {
      switch (segment.read(RaftSettings.APPEND_BYTES)) {
        case SegmentFile.Finding.Broken broken -> {
          return Optional.of(
              new LogDamaged(
                  segment.path(), broken.badOffset(), broken.lastIndex() + 1, describe(broken)));
        }
        case SegmentFile.Finding.Whole whole -> checkWhole(segment, whole, null);
      }
      return Optional.empty();
    } catch (LogDamaged damage) {
      return Optional.of(damage);
    } catch (NoSuchFileException purged) {
      return Optional.empty();
    }
  }

  static boolean hasSegments(Path current) throws IOException {
    return Files.isDirectory(current) && !segments(current).isEmpty();
  }

  static List<SegmentFile> segments(Path current) throws IOException {
    try (Stream<Path> files = Files.list(current)) {
      return files
          .flatMap(path -> SegmentFile.of(path).stream())
          .sorted(Comparator.comparingLong(SegmentFile::firstIndex))
          .toList();
    }
  }

  /**
   * Ratis purges the newest of the old segments first, so a kill in between leaves the oldest ones
   * and a gap after them, which it then refuses to open. What a checkpoint holds may go.
   */
  private static List<SegmentFile> leftoversOfPurge(
      List<SegmentFile> segments, long checkpointIndex) {
    List<SegmentFile> leftovers = new ArrayList<>();
    for (int i = 0; i + 1 < segments.size(); i++) {
      SegmentFile segment = segments.get(i);
      boolean gap = !segment.isOpen() && segment.lastIndex() + 1 < segments.get(i + 1).firstIndex();
      if (gap && segments.get(i + 1).firstIndex() <= checkpointIndex + 1) {
        leftovers.clear();
        leftovers.addAll(segments.subList(0, i + 1));
      }
    }
    return leftovers;
  }

  private static void checkBeginning(List<SegmentFile> log, long checkpointIndex) {
    if (!log.isEmpty() && log.getFirst().firstIndex() > checkpointIndex + 1) {
      SegmentFile first = log.getFirst();
      throw new LogDamaged(
          first.path(),
          0,
          checkpointIndex + 1,
          "the log begins at entry "
              + first.firstIndex()
              + " but the newest checkpoint ends at "
              + checkpointIndex);
    }
  }

  private Optional<Cut> examine(List<SegmentFile> log, long checkpointIndex) throws IOException {
    for (int i = 0; i < log.size(); i++) {
      SegmentFile segment = log.get(i);
      boolean last = i + 1 == log.size();
      switch (segment.read(largestEntryBytes)) {
        case SegmentFile.Finding.Whole whole ->
            checkWhole(segment, whole, last ? null : log.get(i + 1));
        case SegmentFile.Finding.Broken broken -> {
          if (!last || !isTornTail(segment, broken, checkpointIndex)) {
            throw new LogDamaged(
                segment.path(), broken.badOffset(), broken.lastIndex() + 1, describe(broken));
          }
          return Optional.of(new Cut(segment, broken));
        }
      }
    }
    return Optional.empty();
  }

  private static void checkWhole(
      SegmentFile segment, SegmentFile.Finding.Whole whole, @Nullable SegmentFile next) {
    long expectedLast = segment.isOpen() ? whole.lastIndex() : segment.lastIndex();
    if (whole.lastIndex() != expectedLast) {
      throw new LogDamaged(
          segment.path(), whole.endOffset(), whole.lastIndex() + 1, "the file ends too early");
    }
    if (next != null && next.firstIndex() != expectedLast + 1) {
      throw new LogDamaged(
          segment.path(),
          whole.endOffset(),
          expectedLast + 1,
          "the next file begins at entry " + next.firstIndex());
    }
  }

  private static boolean isTornTail(
      SegmentFile segment, SegmentFile.Finding.Broken broken, long checkpointIndex) {
    return segment.isOpen() && broken.validAfter() < 0 && broken.lastIndex() + 1 > checkpointIndex;
  }

  private static String describe(SegmentFile.Finding.Broken broken) {
    return broken.validAfter() < 0
        ? broken.what()
        : broken.what() + ", yet a whole entry follows at byte " + broken.validAfter();
  }

  /** The end of a log that was being written when the power went: nobody was told of it. */
  private record Cut(SegmentFile segment, SegmentFile.Finding.Broken broken) {
    void make() throws IOException {
      try (FileChannel channel = FileChannel.open(segment.path(), StandardOpenOption.WRITE)) {
        long bytes = channel.size();
        channel.truncate(broken.badOffset());
        channel.force(true);
        LOG.warn(
            "Cut a torn tail: {} from byte {} of {}, after entry {}: {}",
            segment.path(),
            broken.badOffset(),
            bytes,
            broken.lastIndex(),
            broken.what());
      }
    }
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
