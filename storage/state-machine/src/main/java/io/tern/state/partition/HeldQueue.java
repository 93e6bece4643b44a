package io.tern.state.partition;

import io.tern.state.queue.StandardQueue;
import io.tern.state.queue.TimeHeap;

/** A queue of the partition with its places in the two orders by time that span all queues. */
final class HeldQueue {

  /** A place in one of the orders. */
  static final class Place extends TimeHeap.Member {
    private final HeldQueue held;

    private Place(HeldQueue held) {
      super(held.queue.queue().number());
      this.held = held;
    }

    HeldQueue held() {
      return held;
    }
  }

  private final StandardQueue queue;
  private final Place byVisible;
  private final Place byExpiry;
  private boolean changed;

  HeldQueue(StandardQueue queue) {
    this.queue = queue;
    this.byVisible = new Place(this);
    this.byExpiry = new Place(this);
  }

  StandardQueue queue() {
    return queue;
  }

  Place byVisible() {
    return byVisible;
  }

  Place byExpiry() {
    return byExpiry;
  }

  /** Notes that the gauge differs from the last one taken; true when that is news. */
  boolean markChanged() {
    boolean news = !changed;
    changed = true;
    return news;
  }

  void clearChanged() {
    changed = false;
  }
}
