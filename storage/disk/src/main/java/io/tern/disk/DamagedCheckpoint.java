package io.tern.disk;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint that must not be used: a file is missing, short or altered. The message names it.
 * The caller takes an older checkpoint or has the leader send one.
 */
public final class DamagedCheckpoint extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Path file;

  public DamagedCheckpoint(Path file, String what) {
    this(file, what, null);
  }

  public DamagedCheckpoint(Path file, String what, @Nullable Throwable cause) {
    super("Checkpoint file " + file + ": " + what, cause);
    this.file = file;
  }

  /** The file that is wrong. */
  public Path file() {
    return file;
  }
}
