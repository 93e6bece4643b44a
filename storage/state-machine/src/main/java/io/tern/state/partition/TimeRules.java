package io.tern.state.partition;

import io.tern.state.Change;
import io.tern.state.Change.DeduplicationForgotten;
import io.tern.state.Change.MessageRemoved;
import io.tern.state.Change.MessagesExpired;
import io.tern.state.Decision;
import io.tern.state.limits.Limits;
import io.tern.state.queue.QueueView;
import java.util.ArrayList;
import java.util.List;

/** Decides what time alone changes; called by the machine. */
final class TimeRules {
  private TimeRules() {}

  /** Expires the messages and forgets the sends of a bounded number of queues. */
  static Decision tick(PartitionView state) {
    List<Change> changes = new ArrayList<>();
    for (QueueView queue : state.queuesWithExpired(Limits.TICK_QUEUES)) {
      expire(state, queue, changes);
    }
    for (QueueView queue : state.queuesWithForgettable(Limits.TICK_QUEUES)) {
      long upTo = queue.forgettableUpTo(state.clock().queueMillis());
      if (upTo > 0) {
        changes.add(new DeduplicationForgotten(queue.queue(), upTo));
      }
    }
    BodyRules.tick(state, changes);
    return Decision.done(changes);
  }

  private static void expire(PartitionView state, QueueView queue, List<Change> changes) {
    long upTo = queue.expiredUpTo(state.retentionMillis());
    if (upTo > 0) {
      changes.add(new MessagesExpired(queue.queue(), upTo));
    }
    for (long number : queue.expiredArrivals(state.retentionMillis(), Limits.TICK_QUEUES)) {
      if (number > upTo) {
        changes.add(new MessageRemoved(queue.queue(), number));
      }
    }
  }
}
