package io.tern.disk;

/** The newest log entry whose changes are in a store or a checkpoint. */
public record AppliedIndex(long term, long index) {

  /** Of a store that has seen no entry; Ratis counts entries from 0. */
  public static final AppliedIndex NONE = new AppliedIndex(0, -1);

  public boolean isNone() {
    return equals(NONE);
  }
}
