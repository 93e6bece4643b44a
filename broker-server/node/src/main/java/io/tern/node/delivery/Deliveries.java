package io.tern.node.delivery;

import io.tern.node.config.DeliveryConfig;
import io.tern.node.config.WallClock;
import io.tern.node.leader.LeaderPorts.QueueRoutes;
import io.tern.node.leader.LeaderTerm;
import io.tern.node.metrics.NodeMetrics;
import io.tern.node.routing.CatalogueMirror;
import io.tern.node.routing.Notifications;
import io.tern.state.PartitionId;
import io.tern.state.limits.DeliveryLimits;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * All of a node that delivers to the world: the senders, the duties of its terms, the questions to
 * owners of endpoints. The node makes it once and closes it when the terms are over.
 */
public final class Deliveries implements AutoCloseable {
  private static final int THREADS = 2;

  private final Senders senders;
  private final ExecutorService work;
  private final DeliveryPorts ports;
  private final Confirmations confirmations;

  /**
   * Builds the senders; nothing is delivered before a term begins.
   *
   * @throws IOException if the file of certificates cannot be read
   * @throws IllegalArgumentException if the configuration makes no sense
   */
  public Deliveries(
      DeliveryConfig config,
      Vertx vertx,
      WallClock clock,
      ScheduledExecutorService timer,
      CatalogueMirror mirror,
      QueueRoutes routes,
      Notifications notifications,
      NodeMetrics metrics)
      throws IOException {
    this.senders = new Senders(config, vertx, clock, timer);
    // What waits here is at most a step of each lane and of each delivery under way.
    this.work =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(DeliveryLimits.DELIVERY_STEPS),
            Thread.ofPlatform().daemon().name("delivery-work-", 0).factory());
    this.ports =
        new DeliveryPorts(
            mirror,
            routes,
            notifications,
            senders,
            config.streams() == null ? 0 : config.streams().batchMillis(),
            DeliveryLimits.DELIVERIES_WAITING,
            metrics.deliveries(),
            clock,
            timer,
            work,
            Deliveries::chance);
    this.confirmations =
        new Confirmations(notifications, senders, clock, timer, work, Deliveries::chance);
    metrics.gauge(
        "tern_requests_to_endpoints",
        "Requests to the world that have no answer yet",
        senders::underWay);
  }

  /** Gives the term its duty, before it begins. */
  public void join(PartitionId partition, LeaderTerm term) {
    if (!partition.isCatalogue()) {
      term.add(new DeliveryDuty(partition, new TermQueues(term), ports));
    }
  }

  public Confirmations confirmations() {
    return confirmations;
  }

  @Override
  public void close() {
    senders.close();
    work.shutdownNow();
  }

  private static double chance() {
    return ThreadLocalRandom.current().nextDouble();
  }
}
