package io.tern.node.routing;

import io.tern.state.queue.MoveTask;
import io.tern.state.queue.QueueGauge;
import java.util.List;

/**
 * What a queue's leader knows of it and the catalogue does not: how many messages a receive would
 * find, are in flight, and are delayed, and its newest move tasks, newest first.
 */
public record QueueCounts(long visible, long inFlight, long delayed, List<MoveTask> tasks) {

  static QueueCounts of(QueueGauge gauge) {
    return new QueueCounts(gauge.visible(), gauge.inFlight(), gauge.delayed(), gauge.tasks());
  }
}
