package io.tern.state.queue;

import org.jspecify.annotations.Nullable;

/**
 * The delayed and in-flight messages of one queue by the time they become visible, with their
 * counts. Exact: a heartbeat moves its message and leaves nothing behind.
 */
final class HiddenMessages {
  private final TimeHeap<Touched> byTime = new TimeHeap<>();
  private int inFlight;
  private int delayed;

  /** Hides a message that is not hidden until its visible time. */
  void add(Touched message) {
    byTime.set(message, message.visibleAtMillis());
    count(message, 1);
  }

  /** Takes a hidden message out; one that is not hidden is left alone. */
  void remove(Touched message) {
    if (message.isHidden()) {
      byTime.set(message, TimeHeap.NEVER);
      count(message, -1);
    }
  }

  /** Takes out one message that is visible by then, the earliest first. */
  @Nullable Touched pollDue(long nowMillis) {
    Touched first = byTime.firstDue(nowMillis);
    if (first != null) {
      remove(first);
    }
    return first;
  }

  /** The earliest message if it is visible by then; it stays hidden until removed. */
  @Nullable Touched firstDue(long nowMillis) {
    return byTime.firstDue(nowMillis);
  }

  long nextVisibleAtMillis() {
    return byTime.firstAtMillis();
  }

  int inFlight() {
    return inFlight;
  }

  int delayed() {
    return delayed;
  }

  private void count(Touched message, int by) {
    if (message.receivesHere() > 0) {
      inFlight += by;
    } else {
      delayed += by;
    }
  }
}
