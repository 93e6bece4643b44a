package io.tern.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at the log segments in a node's data folder, to see what was purged. For CatchUpTest. */
final class RaftLogFiles {
  // How Ratis names its segments: log_0-41, log_inprogress_42.
  private static final Pattern SEGMENT = Pattern.compile("log_(?:inprogress_)?(\\d+)(?:-\\d+)?");

  private RaftLogFiles() {}

  /** The first index still in the log that has lost the most, over all partitions of the node. */
  static long highestFirstIndex(Path data) {
    try (Stream<Path> files = Files.walk(data)) {
      Map<Path, Long> firstByFolder =
          files
              .filter(file -> SEGMENT.matcher(file.getFileName().toString()).matches())
              .collect(Collectors.toMap(Path::getParent, RaftLogFiles::firstIndex, Math::min));
      return firstByFolder.values().stream().mapToLong(Long::longValue).max().orElse(0);
    } catch (IOException | UncheckedIOException movedMeanwhile) {
      return 0;
    }
  }

  private static long firstIndex(Path segment) {
    Matcher name = SEGMENT.matcher(segment.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : 0;
  }
}
