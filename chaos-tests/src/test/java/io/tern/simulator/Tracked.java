package io.tern.simulator;

import io.tern.state.Bytes;
import io.tern.state.QueueId;

/** A message as the promises see it, from its send to its end, in whatever queue it is. */
final class Tracked {
  final Bytes content;

  /** Where it is, or was before it left for where it goes. */
  QueueId queue;

  long number;
  String group;
  long cameMillis;

  /** How old it was when it came into this queue. */
  long ageMillis;

  long hiddenUntilMillis;

  /** Receives in all queues; those before this queue. */
  int receipts;

  int past;

  /** In no queue: on its way, or at its end. */
  boolean gone;

  boolean underway;

  Tracked(Bytes content, QueueId queue, long number, String group, long cameMillis) {
    this.content = content;
    this.queue = queue;
    this.number = number;
    this.group = group;
    this.cameMillis = cameMillis;
  }

  boolean isDelayed(long now) {
    return hiddenUntilMillis > now && receipts == past;
  }

  boolean isHidden(long now) {
    return hiddenUntilMillis > now;
  }
}
