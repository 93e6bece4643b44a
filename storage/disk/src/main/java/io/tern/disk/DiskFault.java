package io.tern.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * What is wrong with a disk, told from the failure it caused. The node asks it for its last words
 * and to know whether files must be verified at the next start.
 */
public enum DiskFault {
  /** Bytes came back other than they were written. */
  DAMAGED,
  /** There is no room. */
  FULL,
  /** Reading, writing or forcing failed. */
  FAILED;

  /** Causes within causes that are looked at. */
  private static final int DEPTH = 20;

  /** The fault behind a failure; empty when the disk is not to blame. */
  public static Optional<DiskFault> of(Throwable failure) {
    DiskFault found = null;
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEPTH; depth++) {
      DiskFault fault = alone(cause);
      if (fault == DAMAGED || fault == FULL) {
        return Optional.of(fault);
      }
      found = fault == null ? found : fault;
      cause = cause.getCause();
    }
    return Optional.ofNullable(found);
  }

  private static @Nullable DiskFault alone(Throwable cause) {
    return switch (cause) {
      case DamagedCheckpoint _ -> DAMAGED;
      case UnreadableBytes _ -> DAMAGED;
      case RocksDBException database -> ofDatabase(database);
      case IOException file -> ofText(file.getMessage());
      case UncheckedIOException file -> ofText(file.getMessage());
      case StorageFailure _ -> FAILED;
      default -> null;
    };
  }

  private static DiskFault ofDatabase(RocksDBException failure) {
    Status status = failure.getStatus();
    if (status != null && status.getCode() == Status.Code.Corruption) {
      return DAMAGED;
    }
    if (status != null && status.getSubCode() == Status.SubCode.NoSpace) {
      return FULL;
    }
    return ofText(failure.getMessage());
  }

  /** The JDK passes on the words of the operating system and no number. */
  private static DiskFault ofText(@Nullable String text) {
    boolean full =
        text != null
            && (text.contains("No space left on device") || text.contains("Disk quota exceeded"));
    return full ? FULL : FAILED;
  }
}
