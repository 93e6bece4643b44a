package io.tern.node.raft;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.ratis.util.AtomicFileOutputStream;

/**
 * Writes a small file as votes are written, so that a disk that is full or fails is noticed while
 * nothing else is written: Ratis would go on with a vote that it cannot keep. Used by {@link
 * RaftNode} at start and by {@link RaftCaretaker} now and then.
 */
final class DiskProbe {
  private static final int BYTES = 4_096;

  private final Path file;

  DiskProbe(Path data) {
    this.file = data.resolve("probe");
  }

  /** Throws what a vote would meet. */
  void probe() throws IOException {
    try (AtomicFileOutputStream out = new AtomicFileOutputStream(new File(file.toString()))) {
      out.write(new byte[BYTES]);
    }
  }
}
