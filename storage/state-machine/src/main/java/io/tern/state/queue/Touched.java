package io.tern.state.queue;

import io.tern.state.Arrival;
import io.tern.state.queue.QueueImage.TouchedMessage;
import org.jspecify.annotations.Nullable;

/**
 * What the index knows of a message that is more than ready: delayed, in flight, visible again
 * after a receive, or come from another queue. Rules read it; only its queue writes it.
 */
public final class Touched extends TimeHeap.Member {
  private final String group;
  private final @Nullable Arrival arrival;
  private final long arrivedSentMillis;
  private final @Nullable Aging aging;
  private long visibleAtMillis;
  private int receiveCount;
  private long receivedAtMillis;
  private long firstReceivedMillis;

  /** The place of an arrived message among those that grow old on their own. */
  static final class Aging extends TimeHeap.Member {
    private Aging(long number) {
      super(number);
    }
  }

  Touched(long number, String group) {
    super(number);
    this.group = group;
    arrival = null;
    arrivedSentMillis = 0;
    aging = null;
  }

  /** A message with a past in another queue. */
  Touched(long number, String group, Arrival arrival, long sentMillis) {
    super(number);
    this.group = group;
    this.arrival = arrival;
    arrivedSentMillis = sentMillis;
    aging = new Aging(number);
    receiveCount = arrival.receiveCount();
    firstReceivedMillis = arrival.firstReceivedMillis();
  }

  static Touched of(TouchedMessage image) {
    Arrival past = image.arrival();
    Touched message =
        past == null
            ? new Touched(image.number(), image.group())
            : new Touched(image.number(), image.group(), past, image.arrivedSentMillis());
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
        group,
        arrival,
        arrivedSentMillis);
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

  @Nullable Aging aging() {
    return aging;
  }

  public boolean isHidden() {
    return atMillis() != TimeHeap.NEVER;
  }

  /** Whether it is hidden because a receiver has it, and not because of a delay. */
  public boolean isInFlight() {
    return isHidden() && receivesHere() > 0;
  }

  /** The message group, empty for none. */
  public String group() {
    return group;
  }

  /** Its past in other queues, or null. */
  public @Nullable Arrival arrival() {
    return arrival;
  }

  /** When an arrived message was first sent, in the retention clock; 0 of any other. */
  public long arrivedSentMillis() {
    return arrivedSentMillis;
  }

  /**
   * Whether it came from another queue and has outlived the retention period since its first send;
   * what was sent here goes by the marks of sent times.
   */
  public boolean isExpiredArrival(long retentionClockMillis, long periodMillis) {
    return arrival != null && arrivedSentMillis < retentionClockMillis - periodMillis;
  }

  /** Queue time when it becomes or became visible. */
  public long visibleAtMillis() {
    return visibleAtMillis;
  }

  /** How often it was received, in all queues; 0 for a delayed message. */
  public int receiveCount() {
    return receiveCount;
  }

  /** How often it was received in this queue; a dead-letter policy counts these. */
  public int receivesHere() {
    return arrival == null ? receiveCount : receiveCount - arrival.receiveCount();
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
