package io.tern.node.leader;

import io.tern.state.crossing.OutboxEntry;
import io.tern.state.limits.Limits;
import java.util.ArrayDeque;
import java.util.List;

/**
 * What waits for one destination of an {@link OutboxCourier}, whose lock guards it. Bounded by the
 * outbox's limit; bodies are not held here.
 */
final class OutboxLane {
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final ArrayDeque<OutboxEntry> waiting = new ArrayDeque<>();
  private long lastNumber;
  private boolean busy;
  private boolean complained;
  private long pauseMillis = FIRST_PAUSE_MILLIS;

  void append(OutboxEntry entry) {
    if (entry.number() > lastNumber) {
      lastNumber = entry.number();
      waiting.add(new OutboxEntry(entry.number(), entry.crossing().withoutRow()));
    }
  }

  void settle(long upTo) {
    while (!waiting.isEmpty() && waiting.peek().number() <= upTo) {
      waiting.remove();
    }
  }

  int waiting() {
    return waiting.size();
  }

  /** The next entries; the lane is busy with them until it is freed. Empty when it already is. */
  List<OutboxEntry> takeLoad() {
    if (busy || waiting.isEmpty()) {
      return List.of();
    }
    busy = true;
    return waiting.stream().limit(Limits.CROSSINGS_PER_CALL).toList();
  }

  void free() {
    busy = false;
  }

  void succeeded() {
    busy = false;
    complained = false;
    pauseMillis = FIRST_PAUSE_MILLIS;
  }

  /** How long to wait this time; longer at each failure in a row. */
  long nextPauseMillis() {
    long millis = pauseMillis;
    pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * millis);
    return millis;
  }

  /**
   * True once in a row of failures, and not at the first: what failed then may have been settled
   * while it was under way.
   */
  boolean mayComplain() {
    boolean first = pauseMillis == FIRST_PAUSE_MILLIS;
    boolean may = !first && !complained;
    complained |= may;
    return may;
  }
}
