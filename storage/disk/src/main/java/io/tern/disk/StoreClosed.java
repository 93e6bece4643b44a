package io.tern.disk;

/**
 * The store was closed before the call: its replica stops or is rebuilt. The caller tries later.
 */
public final class StoreClosed extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreClosed() {
    super("The partition's store is closed.");
  }
}
