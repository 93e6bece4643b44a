package io.tern.state.model;

import io.tern.state.QueueName;
import org.jspecify.annotations.Nullable;

/** A message with all there is to know of it. Queues of the model write it. */
final class NaiveMessage {
  final long number;
  final String group;

  /** Which send it was, in whatever queue it is now. */
  final long send;

  final long sentMillis;

  /** When it was sent, in the retention clock. */
  final long retentionMillis;

  /** Queue time when it came into this queue. */
  final long cameMillis;

  /** Receives in other queues before. */
  final int past;

  final @Nullable QueueName deadLetterSource;
  boolean waitsForDelay;
  long visibleAtMillis;
  int receiveCount;
  long receivedAtMillis;
  long firstReceivedMillis;

  NaiveMessage(
      long number,
      String group,
      long send,
      long sentMillis,
      long retentionMillis,
      long cameMillis,
      NaivePast past) {
    this.number = number;
    this.group = group;
    this.send = send;
    this.sentMillis = sentMillis;
    this.retentionMillis = retentionMillis;
    this.cameMillis = cameMillis;
    this.past = past.receives();
    this.deadLetterSource = past.deadLetterSource();
    this.receiveCount = past.receives();
    this.firstReceivedMillis = past.firstReceivedMillis();
  }

  int receivesHere() {
    return receiveCount - past;
  }

  boolean isHidden(long now) {
    return waitsForDelay || visibleAtMillis > now;
  }

  boolean isInFlight(long now) {
    return isHidden(now) && receivesHere() > 0;
  }

  boolean isDelayed(long now) {
    return isHidden(now) && receivesHere() == 0;
  }

  void receive(long untilMillis, long now, long wall) {
    receiveCount++;
    visibleAtMillis = untilMillis;
    receivedAtMillis = now;
    if (firstReceivedMillis == 0) {
      firstReceivedMillis = wall;
    }
  }

  /** What it takes along to another queue. */
  record NaivePast(@Nullable QueueName deadLetterSource, int receives, long firstReceivedMillis) {
    static final NaivePast NONE = new NaivePast(null, 0, 0);
  }
}
