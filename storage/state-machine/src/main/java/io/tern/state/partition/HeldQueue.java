package io.tern.state.partition;

import io.tern.state.queue.MessageQueue;
import io.tern.state.queue.TimeHeap;

/** A queue of the partition with its places in the orders by time that span all queues. */
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

  private final MessageQueue queue;
  private final Place byVisible;
  private final Place byExpiry;
  private final Place byForgetting;
  private boolean changed;

  HeldQueue(MessageQueue queue) {
    this.queue = queue;
    this.byVisible = new Place(this);
    this.byExpiry = new Place(this);
    this.byForgetting = new Place(this);
  }

  MessageQueue queue() {
    return queue;
  }

  Place byVisible() {
    return byVisible;
  }

  Place byExpiry() {
    return byExpiry;
  }

  Place byForgetting() {
    return byForgetting;
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
