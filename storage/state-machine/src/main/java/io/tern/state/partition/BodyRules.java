package io.tern.state.partition;

import io.tern.state.Change;
import io.tern.state.QueueId;
import io.tern.state.TopicChange.BodiesChecked;
import io.tern.state.TopicChange.BodiesForgotten;
import io.tern.state.TopicChange.PublishesForgotten;
import io.tern.state.limits.Limits;
import io.tern.state.queue.QueueView;
import io.tern.state.topic.TopicView;
import java.util.List;

/**
 * Decides what time alone makes topics forget: publishes of FIFO topics, and bodies that no queue,
 * outbox, archive or replay needs any more. Called by {@link TimeRules}.
 */
final class BodyRules {
  private static final long SAW_ALL = 0;

  private BodyRules() {}

  static void tick(PartitionView state, List<Change> changes) {
    long now = state.clock().queueMillis();
    for (TopicView topic : state.topics().withForgettable(now, Limits.TICK_QUEUES)) {
      long upTo = topic.forgettableUpTo(now);
      if (upTo > 0) {
        changes.add(new PublishesForgotten(topic.topic(), upTo));
      }
    }
    if (state.topics().nextCheckMillis() <= now) {
      check(state, changes);
    }
  }

  /** Goes on where the last look ended, as far as one tick may. */
  private static void check(PartitionView state, List<Change> changes) {
    int visits = 0;
    long upTo = SAW_ALL;
    for (TopicView topic : state.topics().keepingBodies(state.topics().checkedUpTo())) {
      long unneeded = Math.min(neededFrom(state, topic), topic.nextBody()) - 1;
      if (unneeded >= topic.firstBody()) {
        changes.add(new BodiesForgotten(topic.topic(), unneeded));
      }
      visits += 1 + topic.holders();
      if (visits >= Limits.BODIES_CHECK_VISITS) {
        upTo = topic.topic().number();
        break;
      }
    }
    changes.add(new BodiesChecked(state.clock().queueMillis(), upTo));
  }

  private static long neededFrom(PartitionView state, TopicView topic) {
    long held = topic.heldFrom(queue -> oldestNumber(state, queue));
    long waiting = state.crossing().oldestBody(topic.topic());
    return Math.min(Math.min(held, waiting), topic.archivedFrom(state.retentionMillis()));
  }

  private static long oldestNumber(PartitionView state, QueueId queue) {
    QueueView held = state.queue(queue);
    return held == null ? Long.MAX_VALUE : held.oldestNumber();
  }
}
