package io.tern.node.leader;

import io.tern.state.queue.QueueGauge;
import java.util.LinkedHashSet;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The polls of one queue. The lock of {@link LongPolls} guards it. */
final class WaitingPolls {
  final LinkedHashSet<Poll> parked = new LinkedHashSet<>();
  int submitted;
  long alarmAtMillis = Long.MAX_VALUE;
  private @Nullable QueueGauge fruitless;
  private @Nullable Future<?> alarm;

  boolean isIdle() {
    return parked.isEmpty() && submitted <= 0;
  }

  /** True when a further receive could find something, with so many on their way already. */
  boolean mayFind(@Nullable QueueGauge gauge, long queueMillis) {
    if (gauge == null) {
      return true;
    }
    boolean hasMore = gauge.receivable() > submitted && !gauge.overLimit() && !isFruitless(gauge);
    return hasMore || (gauge.nextVisibleAtMillis() <= queueMillis && submitted == 0);
  }

  /**
   * Notes a receive that found nothing and changed nothing where the gauge promised something: a
   * dead letter is in the way and cannot leave, as its outbox is full. To look again would only
   * fill the log; it is done when something has changed, or by one poll after a while.
   */
  @SuppressWarnings("ReferenceEquality") // A later gauge is news even when its numbers are equal.
  void foundNothing(@Nullable QueueGauge before, @Nullable QueueGauge now) {
    if (before == now) {
      fruitless = now;
    }
  }

  @SuppressWarnings("ReferenceEquality") // As above.
  boolean isFruitless(QueueGauge gauge) {
    return gauge == fruitless;
  }

  /** Takes the poll that has waited longest; it is to be submitted. */
  Poll takeFirst() {
    Poll poll = parked.removeFirst();
    poll.parked = false;
    submitted++;
    return poll;
  }

  /** At most one alarm is set: an earlier one takes the place of a later. */
  void setAlarm(long atMillis, Future<?> next) {
    clearAlarm();
    alarmAtMillis = atMillis;
    alarm = next;
  }

  void clearAlarm() {
    alarmAtMillis = Long.MAX_VALUE;
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
  }
}
