package io.tern.node.leader;

import io.tern.state.TopicChange.ReplayChanged;
import io.tern.state.TopicId;
import io.tern.state.topic.Replay;

/** One replay under way: how it stands, and where its topic ends. Kept by {@link ReplayDriver}. */
final class ReplayRun {
  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final TopicId topic;
  private volatile Replay replay;
  private volatile long nextBody;
  private volatile boolean chasing;
  private long pauseMillis = FIRST_PAUSE_MILLIS;

  ReplayRun(ReplayChanged began, long nextBody) {
    this.topic = began.topic();
    this.replay = began.replay();
    this.nextBody = nextBody;
  }

  TopicId topic() {
    return topic;
  }

  Replay replay() {
    return replay;
  }

  /** The number that the topic's next body gets; what is below has its row. */
  long nextBody() {
    return nextBody;
  }

  void stands(Replay now) {
    replay = now;
  }

  void topicEndsAt(long next) {
    nextBody = next;
  }

  /** Whether only what is published meanwhile keeps it from its end. */
  boolean isChasing() {
    return chasing;
  }

  /** A step was taken. */
  void advanced(boolean reachedTheEnd) {
    chasing = reachedTheEnd;
    pauseMillis = FIRST_PAUSE_MILLIS;
  }

  long nextPauseMillis() {
    long now = pauseMillis;
    pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis);
    return now;
  }
}
