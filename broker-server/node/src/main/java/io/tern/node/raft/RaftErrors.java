package io.tern.node.raft;

import io.tern.node.raft.RaftFailure.Kind;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.apache.ratis.protocol.exceptions.NotLeaderException;
import org.jspecify.annotations.Nullable;

/** Turns what Ratis throws or answers into a {@link RaftFailure}. */
final class RaftErrors {

  private RaftErrors() {}

  /** Of an entry; what is known of it decides, not the name of the exception. */
  static RaftFailure ofEntry(boolean mayBeInLog, @Nullable Throwable failure) {
    Throwable cause = failure == null ? null : RaftFailure.causeOf(failure);
    if (mayBeInLog) {
      return new RaftFailure(
          Kind.UNKNOWN, leader(cause), "The entry was in the log when: " + text(cause), cause);
    }
    return isAboutLeadership(cause)
        ? new RaftFailure(Kind.NOT_LEADER, leader(cause), text(cause), cause)
        : new RaftFailure(Kind.UNAVAILABLE, null, text(cause), cause);
  }

  /** Of anything that puts nothing into the log. */
  static RaftFailure ofCall(@Nullable Throwable failure) {
    return ofEntry(false, failure);
  }

  /** What the reply says went wrong, or null. */
  static @Nullable Throwable in(@Nullable RaftClientReply reply, @Nullable Throwable failure) {
    if (failure != null) {
      return failure;
    }
    if (reply == null) {
      return new IllegalStateException("Ratis gave no reply");
    }
    if (reply.getException() != null) {
      return reply.getException();
    }
    return reply.isSuccess() ? null : new IllegalStateException("Ratis replied: " + reply);
  }

  private static boolean isAboutLeadership(@Nullable Throwable cause) {
    return cause instanceof NotLeaderException
        || cause instanceof LeaderNotReadyException
        || cause instanceof LeaderSteppingDownException;
  }

  private static @Nullable String leader(@Nullable Throwable cause) {
    if (cause instanceof NotLeaderException notLeader) {
      RaftPeer suggested = notLeader.getSuggestedLeader();
      return suggested == null ? null : suggested.getId().toString();
    }
    return null;
  }

  private static String text(@Nullable Throwable cause) {
    return cause == null ? "no reason given" : cause.toString();
  }
}
