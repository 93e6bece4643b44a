package io.tern.node.grpc;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of one consumer's stream that are not settled, and when each must be hidden for
 * longer. On the stream's event loop only.
 */
final class Outstanding {
  /** A time that does not come. */
  static final long NEVER = Long.MAX_VALUE;

  private static final long RETRY_NANOS = 1_000_000_000L;

  /** One message in the consumer's hands. */
  static final class Held {
    final long delivery;
    final long number;
    final int receiveCount;
    final long deliveredNanos;

    /** Until when it is hidden as far as this node knows. */
    long hiddenUntilNanos;

    /** When it is to be hidden again; never, once nothing more is to be done. */
    long dueNanos;

    /** A settlement is on its way; no other is taken meanwhile. */
    boolean settling;

    private Held(
        long delivery, long number, int receiveCount, long deliveredNanos, long hiddenUntilNanos) {
      this.delivery = delivery;
      this.number = number;
      this.receiveCount = receiveCount;
      this.deliveredNanos = deliveredNanos;
      this.hiddenUntilNanos = hiddenUntilNanos;
    }
  }

  private final long extendNanos;
  private final Map<Long, Held> all = new LinkedHashMap<>();
  private long lastDelivery;

  /**
   * @param extendNanos how long after the delivery it is hidden again and again
   */
  Outstanding(long extendNanos) {
    this.extendNanos = extendNanos;
  }

  int size() {
    return all.size();
  }

  /** Notes a delivery and gives it its number in the stream. */
  Held deliver(long number, int receiveCount, long nowNanos, long visibilityNanos) {
    Held held =
        new Held(++lastDelivery, number, receiveCount, nowNanos, nowNanos + visibilityNanos);
    held.dueNanos = due(held, nowNanos, visibilityNanos);
    all.put(held.delivery, held);
    return held;
  }

  /** The delivery of that number, if it is not settled. */
  @Nullable Held find(long delivery) {
    return all.get(delivery);
  }

  void settled(Held held) {
    all.remove(held.delivery);
  }

  /** All that nobody settles at the moment. */
  List<Held> unsettled() {
    return all.values().stream().filter(held -> !held.settling).toList();
  }

  /** Those to be hidden for longer now; the caller says what became of each. */
  List<Held> due(long nowNanos) {
    List<Held> due = new ArrayList<>();
    for (Held held : all.values()) {
      if (!held.settling && held.dueNanos != NEVER && held.dueNanos - nowNanos <= 0) {
        held.dueNanos = NEVER;
        due.add(held);
      }
    }
    return due;
  }

  /** For how long to hide it now: as always, but not beyond the time that was asked for. */
  long extensionNanos(Held held, long nowNanos, long visibilityNanos) {
    return Math.min(visibilityNanos, held.deliveredNanos + extendNanos - nowNanos);
  }

  /** It is hidden for longer. */
  void extended(Held held, long nowNanos, long forNanos, long visibilityNanos) {
    held.hiddenUntilNanos = nowNanos + forNanos;
    held.dueNanos = due(held, nowNanos, visibilityNanos);
  }

  /** Nobody knows whether it is; soon once more. */
  void extendAgain(Held held, long nowNanos) {
    held.dueNanos = held.hiddenUntilNanos - nowNanos > 0 ? nowNanos + RETRY_NANOS : NEVER;
  }

  /** Half of the visibility later, unless the time that was asked for is over by itself. */
  private long due(Held held, long nowNanos, long visibilityNanos) {
    boolean lastsLongEnough =
        held.hiddenUntilNanos - (held.deliveredNanos + extendNanos) >= 0 || visibilityNanos <= 0;
    return lastsLongEnough ? NEVER : nowNanos + visibilityNanos / 2;
  }

  /** When the next is due, or never. */
  long nextDueNanos() {
    long next = NEVER;
    for (Held held : all.values()) {
      if (!held.settling && held.dueNanos != NEVER && (next == NEVER || held.dueNanos - next < 0)) {
        next = held.dueNanos;
      }
    }
    return next;
  }

  /** Forgets those that others may have received by now: a consumer that settles none of them. */
  void forgetExpired(long nowNanos) {
    for (Iterator<Held> each = all.values().iterator(); each.hasNext(); ) {
      Held held = each.next();
      if (!held.settling && held.hiddenUntilNanos - nowNanos < 0) {
        each.remove();
      }
    }
  }
}
