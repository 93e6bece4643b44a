package io.tern.node.delivery;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tern.node.delivery.NotificationWriter.Written;
import io.tern.node.leader.ReceivedNotification;
import io.tern.node.metrics.DeliveryMetrics;
import io.tern.state.QueueId;
import io.tern.state.Reply;
import io.tern.state.limits.DeliveryLimits;
import io.tern.state.limits.Limits;
import io.tern.state.queue.QueueGauge;
import io.tern.topics.policy.Protocol;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of one subscription during a term of {@link DeliveryDuty}. Takes messages while
 * there are some, the rate allows more and the endpoint keeps up: each success lets one more be
 * under way, each failure halves them, so that a dead endpoint holds hardly anything.
 */
final class DeliveryLane {
  private static final int FIRST_WINDOW = 4;
  private static final long AFTER_NOTHING_MILLIS = 500;
  private static final Outcome TOO_MANY =
      new Outcome.Refused(0, "too many deliveries of this subscription wait");

  private final QueueId queue;
  private final LedQueues queues;
  private final DeliveryPorts ports;
  private final DeliveryTargets targets;
  private final NotificationWriter writer;
  private final OldestDeliveries oldest = new OldestDeliveries();
  private final Settlement settlement;
  private final Runnable wakeUp = this::wake;
  private final AtomicBoolean isWoken = new AtomicBoolean();
  private final Throttle throttle;
  private @Nullable QueueGauge gauge;
  private @Nullable DeliveryTarget target;
  private DeliveryMetrics.@Nullable OfSubscription meters;
  private boolean mustLook;
  private boolean receiving;
  private boolean closed;
  private int underWay;
  private int window = FIRST_WINDOW;
  private @Nullable ScheduledFuture<?> alarm;

  DeliveryLane(
      QueueId queue,
      LedQueues queues,
      DeliveryPorts ports,
      DeliveryTargets targets,
      NotificationWriter writer) {
    this.queue = queue;
    this.queues = queues;
    this.ports = ports;
    this.targets = targets;
    this.writer = writer;
    this.settlement = new Settlement(queue, queues, ports, oldest);
    this.throttle = new Throttle(ports.clock().monotonicNanos());
  }

  void gaugeChanged(QueueGauge newGauge) {
    synchronized (this) {
      gauge = newGauge;
    }
    wake();
  }

  /** Nothing is known of the queue: the next receive will tell. */
  void look() {
    synchronized (this) {
      mustLook = gauge == null;
    }
    wake();
  }

  void close() {
    DeliveryMetrics.OfSubscription counted;
    synchronized (this) {
      closed = true;
      counted = meters;
      meters = null;
      clearAlarm();
    }
    if (counted != null) {
      counted.remove();
    }
  }

  private void wake() {
    if (isWoken.compareAndSet(false, true)) {
      execute(() -> {
        isWoken.set(false);
        takeNext();
      });
    }
  }

  private void takeNext() {
    DeliveryTarget to;
    int taken;
    boolean sheds;
    synchronized (this) {
      target = closed ? null : targets.find(queue, target).orElse(null);
      to = target;
      if (to == null || receiving || !hasSomething()) {
        return;
      }
      long tooMany = backlog() - ports.mostWaiting();
      sheds = tooMany > 0;
      taken = sheds ? (int) Math.min(Limits.BATCH_ENTRIES, tooMany) : take(to);
      if (taken == 0) {
        return;
      }
      receiving = true;
      mustLook = false;
      if (!sheds) {
        underWay += taken;
        throttle.made(taken);
      }
      clearAlarm();
    }
    var _ =
        queues
            .receive(queue, taken, ports.hiddenMillis(to.protocol()))
            .exceptionally(_ -> List.of())
            .thenAccept(messages -> {
              if (sheds) {
                shed(to, messages);
              } else {
                received(to, taken, messages);
              }
            });
  }

  /** More wait than may: the oldest are given up without another attempt, and so make room. */
  private void shed(DeliveryTarget to, List<ReceivedNotification> messages) {
    DeliveryMetrics.OfSubscription counted;
    synchronized (this) {
      counted = meters(to);
    }
    CompletableFuture<?>[] givenUp =
        messages.stream()
            .map(CompletableFuture::completedFuture)
            .map(each ->
                each.thenComposeAsync(message -> giveUp(to, message, counted), ports.work()))
            .toArray(CompletableFuture<?>[]::new);
    var _ =
        CompletableFuture.allOf(givenUp)
            .whenComplete((_, _) -> {
              synchronized (this) {
                receiving = false;
                if (messages.isEmpty()) {
                  setAlarm(AFTER_NOTHING_MILLIS);
                }
              }
              if (!messages.isEmpty()) {
                wake();
              }
            });
  }

  private CompletableFuture<Reply> giveUp(
      DeliveryTarget to,
      ReceivedNotification message,
      DeliveryMetrics.@Nullable OfSubscription counted) {
    if (counted != null) {
      counted.shed();
    }
    return settlement.settle(to, message, TOO_MANY, counted);
  }

  /** Whether a receive would find something; if only later, an alarm is set. */
  private boolean hasSomething() {
    QueueGauge known = gauge;
    if (known == null) {
      return mustLook;
    }
    long now = queues.queueMillis();
    if (known.visible() > 0 || known.nextVisibleAtMillis() <= now) {
      return true;
    }
    if (known.nextVisibleAtMillis() != Long.MAX_VALUE) {
      setAlarm(known.nextVisibleAtMillis() - now + 1);
    }
    return false;
  }

  /** How many messages to receive now; what keeps it from more wakes the lane later. */
  private int take(DeliveryTarget to) {
    int room = window(to.protocol()) - underWay;
    int allowed = throttle.allowed(to.perSecond(), ports.clock().monotonicNanos());
    if (room > 0 && allowed <= 0) {
      setAlarm(throttle.waitMillis() + 1);
    }
    int wanted = Math.min(Limits.BATCH_ENTRIES, Math.min(room, allowed));
    return wanted <= 0 ? 0 : ports.permits(to.protocol()).take(wanted, wakeUp);
  }

  private int window(Protocol protocol) {
    return protocol == Protocol.FIREHOSE ? DeliveryLimits.STREAM_BATCH_RECORDS : window;
  }

  private void received(DeliveryTarget to, int taken, List<ReceivedNotification> messages) {
    int unused = taken - messages.size();
    DeliveryMetrics.OfSubscription counted;
    synchronized (this) {
      receiving = false;
      underWay -= unused;
      throttle.made(-unused);
      if (messages.isEmpty()) {
        setAlarm(AFTER_NOTHING_MILLIS);
      }
      counted = meters(to);
    }
    ports.permits(to.protocol()).give(unused);
    for (ReceivedNotification message : messages) {
      oldest.tried(message.delivery().number(), message.content().getMessage());
      if (!execute(() -> deliver(to, message, counted))) {
        ended(to, true);
      }
    }
    if (!messages.isEmpty()) {
      wake();
    }
  }

  private void deliver(
      DeliveryTarget to,
      ReceivedNotification message,
      DeliveryMetrics.@Nullable OfSubscription counted) {
    var _ =
        attempt(to, message)
            .exceptionally(bug -> new Outcome.Retry(0, "no attempt could be made: " + bug))
            .thenAccept(outcome -> {
              ended(to, outcome instanceof Outcome.Delivered);
              // Refused when the node stops: the queue keeps the message for the next leader.
              execute(() -> settlement.settle(to, message, outcome, counted));
            });
  }

  private CompletableFuture<Outcome> attempt(DeliveryTarget to, ReceivedNotification message) {
    if (isClosed()) {
      return CompletableFuture.completedFuture(new Outcome.Retry(0, "the term is over"));
    }
    try {
      return switch (writer.write(to, message)) {
        case Written.Ready(Outgoing delivery) -> ports.sender().send(delivery);
        case Written.Impossible(String reason) ->
            CompletableFuture.completedFuture(new Outcome.Refused(0, reason));
        case Written.Needless(String reason) ->
            CompletableFuture.completedFuture(new Outcome.Delivered(0, reason));
      };
    } catch (RuntimeException bug) {
      return CompletableFuture.failedFuture(bug);
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void ended(DeliveryTarget to, boolean isDelivered) {
    synchronized (this) {
      underWay--;
      window =
          isDelivered
              ? Math.min(DeliveryLimits.DELIVERIES_PER_SUBSCRIPTION, window + 1)
              : Math.max(1, window / 2);
    }
    ports.permits(to.protocol()).give(1);
    wake();
  }

  /** Null once the lane is closed: what ends later is counted no more. */
  private DeliveryMetrics.@Nullable OfSubscription meters(DeliveryTarget to) {
    if (meters == null && !closed) {
      meters =
          ports
              .metrics()
              .of(
                  to.protocol().text(),
                  to.topic().name().name(),
                  to.subscription().subscription().number(),
                  this::backlog,
                  this::oldestAgeMillis);
    }
    return meters;
  }

  private synchronized long backlog() {
    QueueGauge known = gauge;
    return known == null ? 0 : known.visible() + known.inFlight() + known.delayed();
  }

  private long oldestAgeMillis() {
    if (backlog() == 0) {
      oldest.allGone();
    }
    return oldest.ageMillis(ports.clock().wallMillis());
  }

  private void setAlarm(long delayMillis) {
    clearAlarm();
    if (!closed) {
      try {
        alarm = ports.timer().schedule(wakeUp, Math.max(1, delayMillis), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException stopping) {
        alarm = null;
      }
    }
  }

  private void clearAlarm() {
    ScheduledFuture<?> set = alarm;
    if (set != null) {
      set.cancel(false);
      alarm = null;
    }
  }

  /** False when there are far too many steps, or when the node stops. */
  @CanIgnoreReturnValue
  private boolean execute(Runnable task) {
    try {
      ports.work().execute(task);
      return true;
    } catch (RejectedExecutionException stopping) {
      return false;
    }
  }
}
