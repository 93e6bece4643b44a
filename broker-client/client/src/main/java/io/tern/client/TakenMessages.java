package io.tern.client;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Messages that the application has. The server extends the visibility of those whose stream lives;
 * those of ended streams, the orphans, are extended by us. {@link ConsumeFlow} owns it and holds a
 * lock whenever it calls; credit bounds it.
 */
final class TakenMessages {
  private final long visibilityMillis;
  private final long extendMillis;
  private final Set<ReceivedMessage> withStream = new LinkedHashSet<>();
  private final Set<ReceivedMessage> orphans = new LinkedHashSet<>();
  private long beatAtMillis = Long.MAX_VALUE;

  TakenMessages(ConsumerOptions options) {
    this.visibilityMillis = options.visibilitySeconds() * 1000L;
    this.extendMillis = options.extendSeconds() * 1000L;
  }

  void add(ReceivedMessage message) {
    withStream.add(message);
  }

  /**
   * The application settles a message; returns whether its stream lives.
   *
   * @throws IllegalStateException when the application does not have it
   */
  boolean giveBack(ReceivedMessage message) {
    if (withStream.remove(message)) {
      return true;
    }
    if (!orphans.remove(message)) {
      throw new IllegalStateException("the message was settled before, or is not of this consumer");
    }
    return false;
  }

  int orphans() {
    return orphans.size();
  }

  /** The stream that delivered them is over; they are extended from now on. */
  void streamEnded(long nowMillis) {
    orphans.addAll(withStream);
    withStream.clear();
    beatAtMillis = nowMillis;
  }

  /** When orphans are to be extended next; {@code Long.MAX_VALUE} when there are none. */
  long beatAtMillis() {
    return orphans.isEmpty() ? Long.MAX_VALUE : beatAtMillis;
  }

  /** The orphans to be extended now. What was here for the whole extension is left to the queue. */
  List<ReceivedMessage> takeBeat(long nowMillis) {
    if (beatAtMillis() > nowMillis) {
      return List.of();
    }
    // Two of three may be late or lost.
    beatAtMillis = nowMillis + visibilityMillis / 3;
    List<ReceivedMessage> due = new ArrayList<>();
    for (ReceivedMessage orphan : orphans) {
      if (nowMillis - orphan.receivedAtMillis() < extendMillis) {
        due.add(orphan);
      }
    }
    return due;
  }
}
