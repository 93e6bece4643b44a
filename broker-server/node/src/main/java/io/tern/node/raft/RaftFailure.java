package io.tern.node.raft;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Why an entry, a barrier or a transfer came to nothing. Futures of this package end with it and
 * with no other.
 */
public final class RaftFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What is known of the entry. */
  public enum Kind {
    /** This node does not lead, and the entry is not in the log: it may be tried elsewhere. */
    NOT_LEADER,
    /** The entry may or may not be applied later; only what it left behind can tell. */
    UNKNOWN,
    /** Nothing was done, and nothing can be for the moment. */
    UNAVAILABLE
  }

  private final Kind kind;
  private final @Nullable String leader;

  RaftFailure(Kind kind, @Nullable String leader, String message, @Nullable Throwable cause) {
    // No stack trace: it is an outcome, made in great numbers when a leader falls.
    super(message, cause, false, false);
    this.kind = kind;
    this.leader = leader;
  }

  public Kind kind() {
    return kind;
  }

  /** The node that may lead, for NOT_LEADER, if this one knows. */
  public @Nullable String leader() {
    return leader;
  }

  /** What really failed, out of the wrappings that futures put around it. */
  public static Throwable causeOf(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** For callers that refuse on their own account, before anything went into the log. */
  public static RaftFailure notLeader(@Nullable String leader) {
    return new RaftFailure(Kind.NOT_LEADER, leader, "This node does not lead the partition", null);
  }

  /** For callers that lost sight of a call to another node. */
  public static RaftFailure unknown(String message) {
    return new RaftFailure(Kind.UNKNOWN, null, message, null);
  }

  /** For callers whose own limits are reached. */
  public static RaftFailure unavailable(String message) {
    return new RaftFailure(Kind.UNAVAILABLE, null, message, null);
  }
}
