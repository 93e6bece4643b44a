package io.tern.node.raft;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.server.raftlog.RaftLog;

/**
 * What {@link PeerAppender} sends a follower that contradicted. One that was given a checkpoint has
 * no entry before that one: asked with entries it names the one after its checkpoint, asked with a
 * heartbeat it can only say that it lacks the one named, and Ratis goes back, a step each time. The
 * index is but a proposal: the follower compares.
 *
 * <p>So entries come after a heartbeat was contradicted, where Ratis, which rests after an error
 * for longer than the time between heartbeats, would send the next heartbeat, for seconds. And the
 * answer to entries is kept for the answer to a heartbeat that was under way with them: it comes by
 * a stream of its own, and would undo the other.
 */
final class NextIndex {
  private final AtomicLong told = new AtomicLong(RaftLog.INVALID_LOG_INDEX);
  private volatile boolean entriesDue;

  /**
   * @param requestFirst the first entry of the request; {@link RaftLog#INVALID_LOG_INDEX} for a
   *     heartbeat, or a request that an answer before this one made void
   * @param replyNext the follower's answer
   * @param ratis what Ratis makes of it
   */
  long afterInconsistency(long requestFirst, long replyNext, long ratis) {
    if (requestFirst == RaftLog.INVALID_LOG_INDEX) {
      entriesDue = true;
      return Math.max(ratis, told.getAndSet(RaftLog.INVALID_LOG_INDEX));
    }
    told.set(replyNext > requestFirst ? replyNext : RaftLog.INVALID_LOG_INDEX);
    return ratis;
  }

  /**
   * Whether the next request should have entries, if there are any, although a heartbeat is due.
   */
  boolean areEntriesDue() {
    return entriesDue;
  }

  void entriesSent() {
    entriesDue = false;
  }
}
