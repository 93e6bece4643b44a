package io.tern.node.raft;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.apache.ratis.util.AtomicFileOutputStream;

/**
 * Small durable files in a partition's folder that outlive the process: what the next start must
 * know. Written by {@link Replica} and {@link PartitionHealing}, read at start.
 */
final class PartitionMarks {

  /** The name of the file, in lower case, is the mark. */
  enum Mark {
    /** Something was read that cannot be: all files are verified before they are used. */
    SUSPECT,
    /** What is here is no replica until healing has ended. */
    HEALING
  }

  private final Path folder;

  PartitionMarks(Path folder) {
    this.folder = folder;
  }

  /** What was said when the mark was set. */
  Optional<String> find(Mark mark) {
    Path file = file(mark);
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  void set(Mark mark, String text) throws IOException {
    Files.createDirectories(folder);
    File file = new File(file(mark).toString());
    try (AtomicFileOutputStream out = new AtomicFileOutputStream(file)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  void clear(Mark mark) throws IOException {
    if (Files.deleteIfExists(file(mark))) {
      FileTrees.force(folder);
    }
  }

  private Path file(Mark mark) {
    return folder.resolve(mark.name().toLowerCase(Locale.ROOT));
  }
}
