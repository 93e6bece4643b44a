package io.tern.state.catalogue;

/** What a node is to the cluster; changed by operators and by registrations, not by outages. */
public enum NodeState {
  /** Holds replicas and leads partitions. */
  ACTIVE,

  /**
   * Leads nothing and is emptied where others can take over its replicas; may become active again.
   */
  DRAINING,

  /** Is emptied and never holds replicas again, even if partitions have fewer replicas then. */
  REMOVED,

  /** Its name belongs to another peer now: its disk is gone, and its votes with it. */
  LOST;

  /** Whether that is its last state: only another peer may have its name again. */
  public boolean isGone() {
    return switch (this) {
      case ACTIVE, DRAINING -> false;
      case REMOVED, LOST -> true;
    };
  }
}
