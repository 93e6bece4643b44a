package io.tern.node.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A checkpoint that stays as it is while it is sent to another node. From {@link
 * RaftNode#pinCheckpoint}; whoever asked for it closes it.
 *
 * @param folder holds the checkpoint's files; its own name is part of the checkpoint
 */
public record PinnedCheckpoint(Path folder) implements AutoCloseable {

  /** Lets go of the files. */
  @Override
  public void close() {
    Path parent = folder.getParent();
    if (parent == null) {
      return;
    }
    try {
      FileTrees.delete(parent);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + parent, e);
    }
  }
}
