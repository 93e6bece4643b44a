package io.tern.state.topic;

/** How a replay stands. */
public enum ReplayStatus {
  /** Asked for, nothing replayed yet. */
  PENDING,
  /** Archived messages are being delivered. */
  RUNNING,
  /** Everything was replayed and the subscription gets new messages again. */
  COMPLETED,
  /** Everything up to the end was replayed; the subscription gets nothing until that is changed. */
  PAUSED,
  /** The archive went away under it. */
  FAILED
}
