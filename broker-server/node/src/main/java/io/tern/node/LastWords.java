package io.tern.node;

import io.tern.disk.DiskFault;
import io.tern.node.raft.ReplicaFailure;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The one line that a node says when its disk ends it: what is wrong and what to do. Used by {@link
 * TernNode} while it runs and by {@link ServeCommand} when it does not start.
 */
final class LastWords {
  private static final int DEPTH = 20;

  private LastWords() {}

  /** Empty when the disk is not to blame. */
  static Optional<String> of(Throwable failure, Path data) {
    Optional<DiskFault> fault =
        failure instanceof ReplicaFailure replica ? replica.fault() : DiskFault.of(failure);
    return fault.map(known -> line(known, failure, data));
  }

  /** Why a node does not start. Of many failures of files Java's own words are a bare path. */
  static String ofStart(Exception failure) {
    return switch (failure) {
      case AccessDeniedException denied ->
          denied.getFile() + ": access denied; the user of the node must own its data folder";
      case FileSystemException bare when bare.getReason() == null ->
          bare.getFile() + ": " + bare.getClass().getSimpleName();
      default -> String.valueOf(failure.getMessage());
    };
  }

  private static String line(DiskFault fault, Throwable failure, Path data) {
    return switch (fault) {
      case DAMAGED ->
          "damaged data was read and not used: "
              + reason(failure)
              + ". Start the node again: it verifies its files and heals from the other replicas";
      case FULL -> "the disk of " + data + " is full: make room, then start the node again";
      case FAILED ->
          "the disk of "
              + data
              + " failed: "
              + reason(failure)
              + ". Look at the kernel's log: start the node again if the disk is sound, else replace"
              + " it";
    };
  }

  /** The outermost words say where, the innermost why. */
  private static String reason(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < DEPTH; depth++) {
      root = root.getCause();
    }
    String where = String.valueOf(failure.getMessage());
    String why = String.valueOf(root.getMessage());
    return (where.contains(why) ? where : where + ": " + why)
        .replaceAll("\\.?\\s*\\R\\s*", " ")
        .replaceAll("\\.$", "");
  }
}
