package io.tern.disk;

/**
 * The disk or the database under a partition failed. Nothing can be trusted afterwards: whoever
 * catches it ends the process, and the restart begins from a checkpoint.
 */
public final class StorageFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StorageFailure(String what, Throwable cause) {
    super(what, cause);
  }
}
