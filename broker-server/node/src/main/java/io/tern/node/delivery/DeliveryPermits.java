package io.tern.node.delivery;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/**
 * How many deliveries a node may have under way. Who finds none left is called when some are given
 * back, in the order of asking: nobody's deliveries wait for ever behind another's.
 */
final class DeliveryPermits {
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final Set<Runnable> known = new HashSet<>();
  private int left;

  DeliveryPermits(int most) {
    this.left = most;
  }

  /**
   * Takes up to that many.
   *
   * @param again called once, on the thread of another, if there were none; the same object each
   *     time
   */
  synchronized int take(int wanted, Runnable again) {
    int taken = Math.min(wanted, left);
    left -= taken;
    if (taken == 0 && wanted > 0 && known.add(again)) {
      waiting.add(again);
    }
    return taken;
  }

  /** Gives some back. */
  void give(int count) {
    for (int i = 0; i < count; i++) {
      Runnable next;
      synchronized (this) {
        left++;
        next = waiting.poll();
        if (next != null) {
          known.remove(next);
        }
      }
      if (next != null) {
        next.run();
      }
    }
  }

  synchronized int left() {
    return left;
  }
}
