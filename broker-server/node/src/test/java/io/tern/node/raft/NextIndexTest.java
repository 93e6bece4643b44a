package io.tern.node.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.ratis.server.raftlog.RaftLog;
import org.junit.jupiter.api.Test;

/** A follower with a checkpoint of entry 40, of which the leader knows entry 30. */
class NextIndexTest {
  private static final long NO_ENTRIES = RaftLog.INVALID_LOG_INDEX;

  private final NextIndex nextIndex = new NextIndex();

  @Test
  void the_answer_to_a_heartbeat_does_not_undo_that_to_entries() {
    assertThat(nextIndex.afterInconsistency(31, 41, 41)).isEqualTo(41);
    assertThat(nextIndex.afterInconsistency(NO_ENTRIES, 30, 31)).isEqualTo(41);
  }

  @Test
  void the_answer_to_entries_counts_when_it_comes_second() {
    assertThat(nextIndex.afterInconsistency(NO_ENTRIES, 30, 31)).isEqualTo(31);
    assertThat(nextIndex.afterInconsistency(NO_ENTRIES, 41, 41)).isEqualTo(41);
  }

  @Test
  void a_heartbeat_that_was_contradicted_is_followed_by_entries_once() {
    assertThat(nextIndex.areEntriesDue()).isFalse();
    nextIndex.afterInconsistency(NO_ENTRIES, 30, 31);
    assertThat(nextIndex.areEntriesDue()).isTrue();
    nextIndex.entriesSent();
    assertThat(nextIndex.areEntriesDue()).isFalse();
  }

  @Test
  void an_answer_to_entries_is_kept_for_one_heartbeat_only() {
    nextIndex.afterInconsistency(31, 41, 41);
    nextIndex.afterInconsistency(NO_ENTRIES, 30, 31);

    assertThat(nextIndex.afterInconsistency(NO_ENTRIES, 30, 31)).isEqualTo(31);
  }

  @Test
  void a_follower_that_lacks_entries_is_taken_at_its_word() {
    nextIndex.afterInconsistency(31, 41, 41);
    assertThat(nextIndex.afterInconsistency(41, 20, 31)).isEqualTo(31);
    assertThat(nextIndex.afterInconsistency(NO_ENTRIES, 20, 31)).isEqualTo(31);
  }
}
