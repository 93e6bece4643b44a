package io.tern.state.partition;

import io.tern.state.QueueId;
import io.tern.state.TopicId;
import io.tern.state.limits.Limits;
import io.tern.state.limits.QueueSettings;
import io.tern.state.queue.Deduplication;
import io.tern.state.queue.QueueImage.RememberedSend;
import io.tern.state.queue.QueueView;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Gives messages and bodies that come in their numbers; made for one decision, of which a later
 * message must see what an earlier one took.
 */
final class Intake {

  /** A send to a FIFO queue in this decision. */
  private record Sent(QueueId queue, long keyHigh, long keyLow) {}

  private final PartitionView state;
  private final DefinitionRules definitions;
  private final Map<QueueId, Long> nextNumbers = new HashMap<>();
  private final Map<TopicId, Long> nextBodies = new HashMap<>();
  private final Set<Sent> sent = new LinkedHashSet<>();

  Intake(PartitionView state, DefinitionRules definitions) {
    this.state = state;
    this.definitions = definitions;
  }

  long nextNumber(QueueId queue) {
    QueueView held = definitions.held(queue);
    long first = held == null ? 1 : held.nextNumber();
    return nextNumbers.merge(queue, first, (last, _) -> last + 1);
  }

  long nextBody(TopicId topic) {
    return nextBodies.merge(topic, state.topics().nextBody(topic), (last, _) -> last + 1);
  }

  /** Notes the send to a FIFO queue; false when it repeats one of the last minutes. */
  boolean isNew(QueueId queue, Deduplication key) {
    QueueView held = definitions.held(queue);
    RememberedSend before = held == null ? null : held.remembered(key);
    boolean repeats =
        before != null
            && state.clock().queueMillis() - before.atMillis() < Limits.DEDUPLICATION_MILLIS;
    return !repeats && sent.add(new Sent(queue, key.keyHigh(), key.keyLow()));
  }

  /** Whether the queue's limits allow it another message of the queue's own delay. */
  boolean hasRoom(QueueId queue, QueueSettings settings) {
    QueueView held = definitions.held(queue);
    if (held == null) {
      return true;
    }
    if (settings.delayMillis() > 0 && held.delayed() >= Limits.DELAYED_MESSAGES) {
      return false;
    }
    long messages = held.visible() + held.inFlight() + held.delayed();
    return !settings.fifo()
        || (messages < Limits.FIFO_MESSAGES && held.rememberedSends() < Limits.REMEMBERED_SENDS);
  }
}
