package io.tern.node.delivery;

import io.tern.node.leader.TermDuty;
import io.tern.node.routing.TopicListener;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.TopicId;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.partition.PartitionMachine;
import io.tern.state.queue.QueueGauge;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Delivers what waits in the delivery queues of a led partition to the world: a duty of the term.
 * What was tried when is state of the queues, so this forgets all with the term; a delivery whose
 * outcome was not recorded is made again.
 */
public final class DeliveryDuty implements TermDuty, TopicListener {
  private final PartitionId home;
  private final LedQueues queues;
  private final DeliveryPorts ports;
  private final DeliveryTargets targets;
  private final NotificationWriter writer;
  private final Map<QueueId, DeliveryLane> lanes = new ConcurrentHashMap<>();
  private final Set<TopicId> changedTopics = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * @param home the partition that is led
   */
  public DeliveryDuty(PartitionId home, LedQueues queues, DeliveryPorts ports) {
    this.home = home;
    this.queues = queues;
    this.ports = ports;
    this.targets = new DeliveryTargets(ports.mirror(), home);
    this.writer =
        new NotificationWriter(ports.notifications(), new PhoneAndPush(ports.mirror().resources()));
  }

  @Override
  public void begin(PartitionMachine machine) {
    // First, so that no subscription falls between the two.
    ports.mirror().topics().listen(this);
    for (SubscriptionDefinition subscription : targets.all()) {
      QueueId queue = subscription.deliveryQueue();
      QueueGauge gauge = queue == null ? null : machine.gauge(queue);
      if (gauge != null) {
        gaugeChanged(gauge);
      }
    }
  }

  @Override
  public void gaugeChanged(QueueGauge gauge) {
    DeliveryLane lane = lanes.get(gauge.queue());
    if (lane == null && !isEmpty(gauge) && targets.isDeliveryQueue(gauge.queue())) {
      lane = lane(gauge.queue());
    }
    if (lane != null) {
      lane.gaugeChanged(gauge);
    }
  }

  @Override
  public void queueRemoved(QueueId queue) {
    DeliveryLane lane = lanes.remove(queue);
    if (lane != null) {
      lane.close();
    }
  }

  /** Called by the catalogue's apply thread; looking at a big topic is left to the pool. */
  @Override
  public void onSubscriptionsChanged(TopicId topic) {
    boolean isOurs =
        ports.mirror().topics().find(topic).filter(t -> t.partition().equals(home)).isPresent();
    if (isOurs && !closed && changedTopics.add(topic)) {
      ports.work().execute(() -> lookAt(topic));
    }
  }

  @Override
  public void close() {
    closed = true;
    ports.mirror().topics().forget(this);
    for (DeliveryLane lane : lanes.values()) {
      lane.close();
    }
    lanes.clear();
  }

  /** Delivery queues with something in them, or that had. */
  int lanes() {
    return lanes.size();
  }

  /**
   * What this node's catalogue tells later than the partition: who is behind a queue that has
   * messages already, and what is to be done otherwise from now on.
   */
  private void lookAt(TopicId topic) {
    changedTopics.remove(topic);
    for (SubscriptionDefinition subscription : ports.mirror().subscriptions().confirmed(topic)) {
      QueueId queue = subscription.deliveryQueue();
      if (queue != null && !closed) {
        queues.gauge(queue).ifPresentOrElse(this::gaugeChanged, () -> lane(queue).look());
      }
    }
  }

  private DeliveryLane lane(QueueId queue) {
    DeliveryLane lane =
        lanes.computeIfAbsent(queue, key -> new DeliveryLane(key, queues, ports, targets, writer));
    if (closed) {
      queueRemoved(queue);
    }
    return lane;
  }

  private static boolean isEmpty(QueueGauge gauge) {
    return gauge.visible() == 0 && gauge.inFlight() == 0 && gauge.delayed() == 0;
  }
}
