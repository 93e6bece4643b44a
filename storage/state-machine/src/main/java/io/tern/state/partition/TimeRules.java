package io.tern.state.partition;

import io.tern.state.Change;
import io.tern.state.Change.MessagesExpired;
import io.tern.state.Decision;
import io.tern.state.limits.Limits;
import io.tern.state.queue.QueueView;
import java.util.ArrayList;
import java.util.List;

/** Decides what time alone changes; called by the machine. */
final class TimeRules {
  private TimeRules() {}

  /** Expires the messages of a bounded number of queues. */
  static Decision tick(PartitionView state) {
    List<Change> changes = new ArrayList<>();
    for (QueueView queue : state.queuesWithExpired(Limits.TICK_QUEUES)) {
      changes.add(new MessagesExpired(queue.queue(), queue.expiredUpTo(state.retentionMillis())));
    }
    return Decision.done(changes);
  }
}
