package io.tern.node.delivery;

import io.tern.node.config.WallClock;
import io.tern.node.leader.LeaderPorts.QueueRoutes;
import io.tern.node.metrics.DeliveryMetrics;
import io.tern.node.routing.CatalogueMirror;
import io.tern.node.routing.Notifications;
import io.tern.state.limits.DeliveryLimits;
import io.tern.topics.policy.Protocol;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;

/**
 * What every {@link DeliveryDuty} of a node needs of it; made once, so that the permits are the
 * node's.
 *
 * @param streamMillis how long a record of a stream may wait for its batch
 * @param mostWaiting deliveries of one subscription; beyond, the oldest are given up
 * @param work the pool for rendering; small, for the work is short
 * @param chance from 0 to 1, for what must not happen all at once
 */
public record DeliveryPorts(
    CatalogueMirror mirror,
    QueueRoutes routes,
    Notifications notifications,
    Sender sender,
    long streamMillis,
    long mostWaiting,
    DeliveryMetrics metrics,
    WallClock clock,
    ScheduledExecutorService timer,
    Executor work,
    DoubleSupplier chance,
    Permits permits) {

  /** How many deliveries the node may have under way, each kind by itself. */
  record Permits(DeliveryPermits mails, DeliveryPermits streamRecords, DeliveryPermits others) {}

  public DeliveryPorts(
      CatalogueMirror mirror,
      QueueRoutes routes,
      Notifications notifications,
      Sender sender,
      long streamMillis,
      long mostWaiting,
      DeliveryMetrics metrics,
      WallClock clock,
      ScheduledExecutorService timer,
      Executor work,
      DoubleSupplier chance) {
    this(
        mirror,
        routes,
        notifications,
        sender,
        streamMillis,
        mostWaiting,
        metrics,
        clock,
        timer,
        work,
        chance,
        new Permits(
            new DeliveryPermits(DeliveryLimits.MAILS_UNDER_WAY),
            new DeliveryPermits(DeliveryLimits.STREAM_RECORDS_UNDER_WAY),
            new DeliveryPermits(DeliveryLimits.DELIVERIES_UNDER_WAY)));
  }

  DeliveryPermits permits(Protocol protocol) {
    return switch (protocol) {
      case EMAIL, EMAIL_JSON -> permits.mails();
      case FIREHOSE -> permits.streamRecords();
      case HTTP, HTTPS, LAMBDA, SMS, APPLICATION, SQS -> permits.others();
    };
  }

  /** How long nobody else may take a delivery that is under way. */
  long hiddenMillis(Protocol protocol) {
    long own =
        switch (protocol) {
          case FIREHOSE -> streamMillis;
          case HTTP, HTTPS -> DeliveryLimits.EGRESS_MILLIS; // Asked for a password, it answers.
          case LAMBDA, EMAIL, EMAIL_JSON, SMS, APPLICATION, SQS -> 0;
        };
    return own + 2 * DeliveryLimits.EGRESS_MILLIS;
  }
}
