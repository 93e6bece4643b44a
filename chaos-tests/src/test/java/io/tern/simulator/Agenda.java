package io.tern.simulator;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What happens next, and the true time it is; the only clock of a simulation. */
final class Agenda implements Timer {
  private record Event(long atMillis, long number, Runnable action) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::atMillis).thenComparingLong(Event::number));
  private long nowMillis;
  private long numbered;

  @Override
  public long nowMillis() {
    return nowMillis;
  }

  @Override
  public void after(long delayMillis, Runnable action) {
    events.add(new Event(nowMillis + delayMillis, numbered++, action));
  }

  /** Lets everything happen that is due by then. */
  void runUntil(long endMillis) {
    Event next = events.peek();
    while (next != null && next.atMillis() <= endMillis) {
      events.poll();
      nowMillis = next.atMillis();
      next.action().run();
      next = events.peek();
    }
    nowMillis = endMillis;
  }
}
