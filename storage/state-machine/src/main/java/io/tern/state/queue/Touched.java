package io.tern.state.queue;

import io.tern.state.queue.QueueImage.TouchedMessage;

/**
 * What the index knows of a message that is more than ready: delayed, in flight, or visible again
 * after a receive. Rules read it; only its queue writes it.
 */
public final class Touched extends TimeHeap.Member {
  private long visibleAtMillis;
  private int receiveCount;
  private long receivedAtMillis;
  private long firstReceivedMillis;

  Touched(long number) {
    super(number);
  }

  static Touched of(TouchedMessage image) {
    Touched message = new Touched(image.number());
    message.visibleAtMillis = image.visibleAtMillis();
    message.receiveCount = image.receiveCount();
    message.receivedAtMillis = image.receivedAtMillis();
    message.firstReceivedMillis = image.firstReceivedMillis();
    return message;
  }

  TouchedMessage image() {
    return new TouchedMessage(
        number(),
        visibleAtMillis,
        receiveCount,
        receivedAtMillis,
        firstReceivedMillis,
        "",
        null,
        0);
  }

  void delayUntil(long atMillis) {
    visibleAtMillis = atMillis;
  }

  void receive(long untilMillis, int count, long atMillis, long firstMillis) {
    visibleAtMillis = untilMillis;
    receiveCount = count;
    receivedAtMillis = atMillis;
    firstReceivedMillis = firstMillis;
  }

  public boolean isHidden() {
    return atMillis() != TimeHeap.NEVER;
  }

  /** Queue time when it becomes or became visible. */
  public long visibleAtMillis() {
    return visibleAtMillis;
  }

  /** How often it was received; 0 for a delayed message. */
  public int receiveCount() {
    return receiveCount;
  }

  /** Queue time of the newest receive. */
  public long receivedAtMillis() {
    return receivedAtMillis;
  }

  /** Wall clock of the first receive. */
  public long firstReceivedMillis() {
    return firstReceivedMillis;
  }
}
