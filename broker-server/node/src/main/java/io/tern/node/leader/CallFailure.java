package io.tern.node.leader;

import org.jspecify.annotations.Nullable;

/** Why a partition gave no reply. A value in all but type: it has no stack trace. */
public final class CallFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What the caller may conclude. */
  public enum Kind {
    /** Certainly not applied: ask the leader. */
    NOT_LEADER,
    /** Perhaps applied. */
    UNKNOWN_OUTCOME,
    /** Certainly not applied: refused early for want of room. */
    OVERLOADED
  }

  private final Kind kind;
  private final @Nullable String leaderHint;

  public CallFailure(Kind kind, @Nullable String leaderHint) {
    super(kind.name(), null, false, false);
    this.kind = kind;
    this.leaderHint = leaderHint;
  }

  public Kind kind() {
    return kind;
  }

  /** The node that probably leads, if anyone knows. */
  public @Nullable String leaderHint() {
    return leaderHint;
  }
}
