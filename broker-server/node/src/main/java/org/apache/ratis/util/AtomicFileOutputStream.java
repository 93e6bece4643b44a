package org.apache.ratis.util;

import java.io.File;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * Replaces a file as a whole and durably: temporary file, force, rename, force of the folder. The
 * file of the vote gets a checksum as its last line.
 *
 * <p>Written by Tern to stand before the class of the same name in Ratis, which leaves out the last
 * step, so that a power cut can take back a vote. Ratis calls it for its term and vote; {@code
 * io.tern.node.raft.DurableVotes} proves at start that it is this one that was loaded.
 */
public final class AtomicFileOutputStream extends FilterOutputStream {
  public static final String TMP_EXTENSION = ".tmp";

  /** The file that holds Ratis' term and vote: properties, where this begins a comment. */
  public static final String VOTE_FILE = "raft-meta";

  public static final String CHECKSUM_MARK = "# crc32c ";

  private final CRC32C checksum = new CRC32C();
  private final FileOutputStream file;
  private final Path target;
  private final Path temporary;
  private boolean broken;
  private boolean closed;

  public AtomicFileOutputStream(File target) throws IOException {
    this(target, getTemporaryFile(target));
  }

  public AtomicFileOutputStream(File target, File temporary) throws IOException {
    this(
        new FileOutputStream(temporary),
        target.getAbsoluteFile().toPath(),
        temporary.getAbsoluteFile().toPath());
  }

  private AtomicFileOutputStream(FileOutputStream file, Path target, Path temporary) {
    super(file);
    this.file = file;
    this.target = target;
    this.temporary = temporary;
  }

  /** Where the content of the target waits until it is complete. */
  public static File getTemporaryFile(File target) {
    return new File(target.getParentFile(), target.getName() + TMP_EXTENSION);
  }

  /** True of this class only; asked at start to tell it from the one in Ratis' own jar. */
  public static boolean forcesFolder() {
    return true;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    try {
      file.write(octets, offset, length);
      checksum.update(octets, offset, length);
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  public boolean isClosed() {
    return closed;
  }

  /** Puts the new content in place; on any failure the target stays as it was. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    boolean renamed = false;
    try (FileOutputStream closing = file) {
      if (broken) {
        throw new IOException("An earlier write to " + temporary + " failed");
      }
      if (target.endsWith(VOTE_FILE)) {
        // A flipped bit may leave a vote that reads well and was never given.
        closing.write(checksumLine(checksum.getValue()).getBytes(StandardCharsets.US_ASCII));
      }
      closing.getChannel().force(true);
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      renamed = true;
      forceFolder();
    } finally {
      if (!renamed) {
        Files.deleteIfExists(temporary);
      }
    }
  }

  /** Gives up: the target stays as it was. */
  public void abort() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      file.close();
      Files.deleteIfExists(temporary);
    } catch (IOException ignored) {
      // The next writer of the same target overwrites what is left behind.
    }
  }

  /** What follows content with this checksum. */
  public static String checksumLine(long checksum) {
    return CHECKSUM_MARK + HexFormat.of().toHexDigits((int) checksum) + "\n";
  }

  private void forceFolder() throws IOException {
    Path folder = target.getParent();
    if (folder == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
