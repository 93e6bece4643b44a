package io.tern.node.raft;

import java.util.stream.IntStream;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a follower of one led partition has stood still for long although there is more for
 * it. It may be away; or this node cannot read its own log, which Ratis tries again for ever. Asked
 * by {@link RaftCaretaker} once a second.
 */
final class StalledFollowers {
  private static final int ROUNDS = 30;

  private long @Nullable [] last;
  private int rounds;

  /** True once for each time that some follower stood still for so many rounds. */
  boolean look(RaftServer.Division division) {
    long[] matches =
        division.getInfo().isLeader() ? division.getInfo().getFollowerMatchIndices() : null;
    long committed = division.getRaftLog().getLastCommittedIndex();
    boolean still = matches != null && last != null && stands(matches, last, committed);
    last = matches;
    rounds = still ? rounds + 1 : 0;
    return rounds == ROUNDS;
  }

  private static boolean stands(long[] matches, long[] before, long committed) {
    if (matches.length != before.length) {
      return false;
    }
    return IntStream.range(0, matches.length)
        .anyMatch(i -> matches[i] < committed && matches[i] == before[i]);
  }
}
