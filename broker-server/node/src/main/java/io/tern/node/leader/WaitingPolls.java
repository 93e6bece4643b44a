package io.tern.node.leader;

import java.util.LinkedHashSet;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The polls of one queue. The lock of {@link LongPolls} guards it. */
final class WaitingPolls {
  final LinkedHashSet<Poll> parked = new LinkedHashSet<>();
  int submitted;
  long alarmAtMillis = Long.MAX_VALUE;
  private @Nullable Future<?> alarm;

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
