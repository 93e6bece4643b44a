package io.tern.node.raft;

import java.nio.file.Path;

/**
 * A log that must not be used and was not touched: an entry that may have been acknowledged is
 * missing or altered. Thrown by {@link LogDoctor}; the replica is then healed from the others.
 */
final class LogDamaged extends RuntimeException {
  private static final long serialVersionUID = 1;

  LogDamaged(Path file, long offset, long index, String what) {
    super("Log file " + file + " at byte " + offset + ", entry " + index + ": " + what);
  }
}
