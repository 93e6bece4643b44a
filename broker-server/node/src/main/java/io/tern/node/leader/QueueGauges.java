package io.tern.node.leader;

import io.tern.state.QueueId;
import io.tern.state.queue.QueueGauge;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest gauge of each queue touched during this term. Written by the apply thread after each
 * entry, read by polls and by counts.
 */
final class QueueGauges {
  private final ConcurrentHashMap<QueueId, QueueGauge> gauges = new ConcurrentHashMap<>();

  void publish(QueueGauge gauge) {
    gauges.put(gauge.queue(), gauge);
  }

  void forget(QueueId queue) {
    gauges.remove(queue);
  }

  Optional<QueueGauge> find(QueueId queue) {
    return Optional.ofNullable(gauges.get(queue));
  }
}
