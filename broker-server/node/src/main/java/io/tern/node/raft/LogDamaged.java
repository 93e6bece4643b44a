package io.tern.node.raft;

import java.nio.file.Path;

/**
 * A log that must not be used and was not touched: an entry that may have been acknowledged is
 * missing or altered. Thrown by {@link LogDoctor} at start; the node then does not start.
 */
public final class LogDamaged extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LogDamaged(Path file, long offset, long index, String what) {
    super(
        "Log file "
            + file
            + " at byte "
            + offset
            + ", entry "
            + index
            + ": "
            + what
            + ". Entries that were acknowledged may be lost here, so the node does not start and"
            + " changed nothing. Keep the other replicas running, move this node's data folder away"
            + " and add the node again under a new id.");
  }
}
