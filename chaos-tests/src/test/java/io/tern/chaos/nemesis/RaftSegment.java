package io.tern.chaos.nemesis;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A segment of a partition's log, read only as far as damaging it needs: after eight bytes come
 * entries, each a length, so many bytes, and a checksum of four; then zeros.
 */
final class RaftSegment {
  private static final int HEADER_BYTES = 8;
  private static final int CHECKSUM_BYTES = 4;
  private static final int MAX_LENGTH_BYTES = 5;

  private final Path file;
  private final List<Long> starts;
  private final long end;

  private RaftSegment(Path file, List<Long> starts, long end) {
    this.file = file;
    this.starts = starts;
    this.end = end;
  }

  /** All segments in a data folder that hold at least so many entries. */
  static List<RaftSegment> in(Path data, int entries) {
    try (Stream<Path> files = Files.walk(data.resolve("raft"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("log_"))
          .sorted()
          .map(RaftSegment::read)
          .filter(segment -> segment.starts.size() >= entries)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file() {
    return file;
  }

  boolean isOpen() {
    return file.getFileName().toString().startsWith("log_inprogress_");
  }

  /** Begin of the given entry, counted from 0. */
  long start(int entry) {
    return starts.get(entry);
  }

  int entries() {
    return starts.size();
  }

  /** Behind the last entry. */
  long end() {
    return end;
  }

  private static RaftSegment read(Path file) {
    List<Long> starts = new ArrayList<>();
    long at = HEADER_BYTES;
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      byte[] head = new byte[MAX_LENGTH_BYTES];
      while (at + MAX_LENGTH_BYTES < bytes.length()) {
        bytes.seek(at);
        bytes.readFully(head);
        CodedInputStream length = CodedInputStream.newInstance(head);
        int entryBytes = length.readRawVarint32();
        if (entryBytes <= 0) {
          break;
        }
        starts.add(at);
        at += length.getTotalBytesRead() + entryBytes + CHECKSUM_BYTES;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RaftSegment(file, starts, at);
  }
}
