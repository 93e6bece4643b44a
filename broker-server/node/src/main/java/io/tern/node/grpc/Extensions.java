package io.tern.node.grpc;

import io.tern.node.api.Consuming;
import io.tern.protocols.TernException;
import io.tern.state.Command;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.GrpcLimits;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what one consumer has in its hands hidden for as long as it asked for, and forgets what
 * nobody will settle when there is no room left. On the stream's event loop only.
 */
final class Extensions {
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LEAST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Consuming.Wishes wishes;
  private final Supplier<QueueDefinition> queue;
  private final SettleLane lane;
  private final GrpcPorts ports;
  private final Executor home;
  private final Runnable madeRoom;
  private final Outstanding outstanding;
  private @Nullable Future<?> alarm;
  private long alarmNanos;
  private boolean closed;

  /**
   * @param madeRoom runs when there is room again for deliveries
   */
  Extensions(
      Consuming.Wishes wishes,
      Supplier<QueueDefinition> queue,
      SettleLane lane,
      GrpcPorts ports,
      Executor home,
      Runnable madeRoom) {
    this.wishes = wishes;
    this.queue = queue;
    this.lane = lane;
    this.ports = ports;
    this.home = home;
    this.madeRoom = madeRoom;
    this.outstanding = new Outstanding(TimeUnit.MILLISECONDS.toNanos(wishes.extendMillis()));
  }

  /** Notes a delivery; its number in the stream. */
  long deliver(long number, int receiveCount) {
    Outstanding.Held held =
        outstanding.deliver(
            number, receiveCount, ports.clock().monotonicNanos(), visibilityNanos());
    lookBy(held.dueNanos);
    if (room() <= 0) {
      lookBy(held.deliveredNanos + LOOK_NANOS);
    }
    return held.delivery;
  }

  Outstanding.@Nullable Held find(long delivery) {
    return outstanding.find(delivery);
  }

  void settled(Outstanding.Held held) {
    outstanding.settled(held);
  }

  /** It could not be settled and is to be kept as before. */
  void kept(Outstanding.Held held) {
    lookBy(held.dueNanos);
  }

  boolean isEmpty() {
    return outstanding.size() == 0;
  }

  /** How many more may be delivered. */
  int room() {
    return GrpcLimits.CONSUME_CREDIT - outstanding.size();
  }

  /** Makes everything visible that nobody settles at the moment. */
  void release() {
    QueueDefinition of = queue.get();
    for (Outstanding.Held held : outstanding.unsettled()) {
      held.settling = true;
      outstanding.settled(held);
      lane.add(
          of,
          new Command.ChangeVisibility(of.queue(), held.number, held.receiveCount, 0),
          true,
          _ -> {});
    }
  }

  /** Forgets all deliveries: their queue is gone. */
  void forget() {
    outstanding.unsettled().forEach(outstanding::settled);
  }

  void close() {
    closed = true;
    if (alarm != null) {
      alarm.cancel(false);
    }
  }

  private long visibilityNanos() {
    return TimeUnit.MILLISECONDS.toNanos(wishes.visibilityMillis(queue.get()));
  }

  /** Looks at that time at the latest. */
  private void lookBy(long nanos) {
    if (closed || nanos == Outstanding.NEVER || (alarm != null && nanos - alarmNanos >= 0)) {
      return;
    }
    if (alarm != null) {
      alarm.cancel(false);
    }
    long pause = Math.max(LEAST_PAUSE_NANOS, nanos - ports.clock().monotonicNanos());
    alarmNanos = nanos;
    alarm = ports.timer().schedule(() -> home.execute(this::look), pause, TimeUnit.NANOSECONDS);
  }

  private void look() {
    alarm = null;
    if (closed) {
      return;
    }
    long now = ports.clock().monotonicNanos();
    for (Outstanding.Held held : outstanding.due(now)) {
      extend(held, now);
    }
    if (room() <= 0) {
      outstanding.forgetExpired(now);
      lookBy(now + LOOK_NANOS);
      madeRoom.run();
    }
    lookBy(outstanding.nextDueNanos());
  }

  private void extend(Outstanding.Held held, long now) {
    long visibilityNanos = visibilityNanos();
    long millis =
        TimeUnit.NANOSECONDS.toMillis(outstanding.extensionNanos(held, now, visibilityNanos));
    if (millis <= 0) {
      return;
    }
    QueueDefinition of = queue.get();
    lane.add(
        of,
        new Command.ChangeVisibility(of.queue(), held.number, held.receiveCount, millis),
        false,
        error -> extended(held, millis, visibilityNanos, error));
  }

  private void extended(
      Outstanding.Held held, long millis, long visibilityNanos, @Nullable TernException error) {
    long now = ports.clock().monotonicNanos();
    if (error == null) {
      outstanding.extended(held, now, TimeUnit.MILLISECONDS.toNanos(millis), visibilityNanos);
    } else if (error.code() == ErrorCode.SERVICE_UNAVAILABLE) {
      outstanding.extendAgain(held, now);
    }
    lookBy(held.dueNanos);
  }
}
