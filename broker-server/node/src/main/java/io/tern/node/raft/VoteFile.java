package io.tern.node.raft;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.CRC32C;
import org.apache.ratis.util.AtomicFileOutputStream;

/**
 * Ratis' file of the term and the vote, read by us before Ratis does: a vote that is lost or
 * altered may be given twice. Used by {@link PartitionExam} and {@link PartitionHealing}.
 */
final class VoteFile {
  private static final String TERM = "term";
  private static final String VOTE = "votedFor";

  /** The comments that Ratis writes; files from before the checksum have no others. */
  private static final int COMMENTS = 2;

  private final Path file;

  VoteFile(Path current) {
    this.file = current.resolve(AtomicFileOutputStream.VOTE_FILE);
  }

  Path path() {
    return file;
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** What is wrong with it, if anything. */
  Optional<String> damage() {
    try {
      return damageOf(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private static Optional<String> damageOf(String text) throws IOException {
    int mark = text.lastIndexOf(AtomicFileOutputStream.CHECKSUM_MARK);
    if (mark >= 0) {
      CRC32C checksum = new CRC32C();
      checksum.update(text.substring(0, mark).getBytes(StandardCharsets.ISO_8859_1));
      String expected = AtomicFileOutputStream.checksumLine(checksum.getValue());
      return text.substring(mark).equals(expected)
          ? Optional.empty()
          : Optional.of("its checksum is wrong");
    }
    boolean asBefore =
        text.lines()
            .allMatch(
                line -> line.startsWith("#") || line.startsWith(TERM) || line.startsWith(VOTE));
    if (!asBefore || text.lines().filter(line -> line.startsWith("#")).count() > COMMENTS) {
      return Optional.of("its checksum is altered, or what it holds");
    }
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
      return isVote(properties) ? Optional.empty() : Optional.of("it holds no term and vote");
    } catch (IllegalArgumentException unreadable) {
      return Optional.of("it holds no term and vote");
    }
  }

  private static boolean isVote(Properties properties) {
    return properties.size() == 2
        && properties.getProperty(TERM, "").matches("\\d{1,18}")
        && properties.getProperty(VOTE) != null;
  }

  /** Writes it durably. */
  void write(long term, String vote) throws IOException {
    try (AtomicFileOutputStream out = new AtomicFileOutputStream(new File(file.toString()))) {
      String text = "#\n#\n" + TERM + "=" + term + "\n" + VOTE + "=" + vote + "\n";
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
  }
}
