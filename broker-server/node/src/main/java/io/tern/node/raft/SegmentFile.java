package io.tern.node.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One file of Ratis' segmented log, read by us: the header, then for each entry its length as a
 * varint, the entry, and a CRC32C of both; zeros after the last one. Used by {@link LogDoctor}.
 *
 * @param lastIndex what the name of a closed file promises; -1 when it is open
 */
record SegmentFile(Path path, long firstIndex, long lastIndex) {
  private static final Pattern CLOSED = Pattern.compile("log_(\\d+)-(\\d+)");
  private static final Pattern OPEN = Pattern.compile("log_inprogress_(\\d+)");
  private static final byte[] HEADER = "RaftLog1".getBytes(StandardCharsets.US_ASCII);
  private static final int CHECKSUM_BYTES = Integer.BYTES;
  private static final int LONGEST_VARINT = 10;
  private static final int TERM_TAG = 1 << 3;
  private static final int INDEX_TAG = 2 << 3;

  /** What a reader found. Offsets are bytes of the file. */
  sealed interface Finding {

    /** Every entry is whole up to {@code lastIndex}; {@code endOffset} is where the next began. */
    record Whole(long lastIndex, long endOffset) implements Finding {}

    /**
     * Whole up to {@code lastIndex}, then not.
     *
     * @param validAfter an offset behind the bad one where a whole entry begins, or -1
     */
    record Broken(long lastIndex, long badOffset, long validAfter, String what)
        implements Finding {}
  }

  static Optional<SegmentFile> of(Path path) {
    String name = String.valueOf(path.getFileName());
    Matcher closed = CLOSED.matcher(name);
    if (closed.matches()) {
      return Optional.of(
          new SegmentFile(path, Long.parseLong(closed.group(1)), Long.parseLong(closed.group(2))));
    }
    Matcher open = OPEN.matcher(name);
    return open.matches()
        ? Optional.of(new SegmentFile(path, Long.parseLong(open.group(1)), -1))
        : Optional.empty();
  }

  boolean isOpen() {
    return lastIndex < 0;
  }

  /** Reads all of it; a segment is a few megabytes. */
  Finding read(int largestEntryBytes) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    if (!hasHeader(bytes)) {
      if (bytes.length == 0) {
        return new Finding.Whole(firstIndex - 1, 0);
      }
      return broken(bytes, firstIndex - 1, 0, "the header is missing", largestEntryBytes);
    }
    int offset = HEADER.length;
    long last = firstIndex - 1;
    while (offset < bytes.length) {
      if (bytes[offset] == 0) {
        int text = firstNonZero(bytes, offset);
        return text < 0
            ? new Finding.Whole(last, offset)
            : broken(bytes, last, offset, "zeros, then more at byte " + text, largestEntryBytes);
      }
      Frame frame = frameAt(bytes, offset, largestEntryBytes);
      if (frame == null) {
        return broken(bytes, last, offset, "length or checksum is wrong", largestEntryBytes);
      }
      if (frame.index() != last + 1) {
        return broken(
            bytes, last, offset, "it says it is entry " + frame.index(), largestEntryBytes);
      }
      last = frame.index();
      offset = frame.endOffset();
    }
    return new Finding.Whole(last, offset);
  }

  private static Finding broken(
      byte[] bytes, long last, int badOffset, String what, int largestEntryBytes) {
    for (int offset = badOffset + 1; offset < bytes.length; offset++) {
      if (bytes[offset] == 0) {
        continue;
      }
      long index = plausibleIndex(bytes, offset);
      if (index > last && index <= last + bytes.length) {
        Frame frame = frameAt(bytes, offset, largestEntryBytes);
        if (frame != null) {
          return new Finding.Broken(last, badOffset, offset, what);
        }
      }
    }
    return new Finding.Broken(last, badOffset, -1, what);
  }

  private static boolean hasHeader(byte[] bytes) {
    return bytes.length >= HEADER.length
        && Arrays.equals(bytes, 0, HEADER.length, HEADER, 0, HEADER.length);
  }

  private static int firstNonZero(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] != 0) {
        return i;
      }
    }
    return -1;
  }

  /** A whole entry: where the next one begins, and its own index. */
  private record Frame(long index, int endOffset) {}

  private static @Nullable Frame frameAt(byte[] bytes, int offset, int largestEntryBytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes, offset, bytes.length - offset);
    long length = varint(in);
    if (length <= 0 || length > largestEntryBytes || length + CHECKSUM_BYTES > in.remaining()) {
      return null;
    }
    int end = in.position() + (int) length;
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, end - offset);
    if ((int) crc.getValue() != in.getInt(end)) {
      return null;
    }
    long index = index(in);
    return index < 0 ? null : new Frame(index, end + CHECKSUM_BYTES);
  }

  /** The index that an entry at this offset would have, or -1 when none begins here. */
  private static long plausibleIndex(byte[] bytes, int offset) {
    ByteBuffer in = ByteBuffer.wrap(bytes, offset, bytes.length - offset);
    return varint(in) <= 0 ? -1 : index(in);
  }

  /** Reads the first two fields of Ratis' LogEntryProto: term, then index; 0 is left out. */
  private static long index(ByteBuffer in) {
    int mark = in.position();
    if (in.hasRemaining() && in.get() == TERM_TAG) {
      if (varint(in) < 0) {
        return -1;
      }
    } else {
      in.position(mark);
    }
    mark = in.position();
    if (in.hasRemaining() && in.get() == INDEX_TAG) {
      return varint(in);
    }
    in.position(mark);
    return 0;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT && in.hasRemaining(); i++) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << (7 * i);
      if (next >= 0) {
        return value;
      }
    }
    return -1;
  }
}
