package io.tern.state.catalogue;

import io.tern.state.Change;
import io.tern.state.Change.OutboxAppended;
import io.tern.state.Change.QueueDefined;
import io.tern.state.Change.QueueUndefined;
import io.tern.state.Decision;
import io.tern.state.Effect;
import io.tern.state.Effect.OutboxGrew;
import io.tern.state.PartitionId;
import io.tern.state.QueueName;
import io.tern.state.Rejections;
import io.tern.state.Reply.DefinitionTaken;
import io.tern.state.crossing.Crossing;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.QueueSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one command changes of definitions, and what of it goes to partitions; made by {@link
 * QueueRules}. A queue that appears or goes changes the settings of those whose dead letters go to
 * it.
 */
final class Definitions {
  private final CatalogueView state;
  private final List<Change> changes = new ArrayList<>();
  private final TreeMap<PartitionId, Long> lastNumbers = new TreeMap<>();
  private long ownNumber;

  Definitions(CatalogueView state) {
    this.state = state;
  }

  void define(QueueDefinition queue, QueueSettings settings) {
    changes.add(new QueueDefined(queue));
    ownNumber = hand(queue, new Crossing.InstallQueue(queue.queue(), queue.version(), settings));
  }

  void remove(QueueDefinition queue) {
    changes.add(new QueueUndefined(queue.queue(), queue.name(), state.clock().queueMillis()));
    ownNumber = hand(queue, new Crossing.RemoveQueue(queue.queue()));
    retarget(queue.name(), null);
  }

  /** Tells the queues whose dead letters go to that name what is there now. */
  void retarget(QueueName name, @Nullable QueueDefinition target) {
    for (QueueDefinition source : state.sources(name)) {
      if (source.name().equals(name)) {
        continue;
      }
      QueueDefinition next =
          source.with(source.attributes(), source.tags(), source.modifiedMillis());
      changes.add(new QueueDefined(next));
      hand(
          next,
          new Crossing.InstallQueue(
              next.queue(), next.version(), RedriveRules.settings(next, target)));
    }
  }

  /** All of it, or a refusal when an outbox has no room. */
  Decision decision(QueueDefinition queue) {
    List<Effect> effects = new ArrayList<>();
    for (PartitionId partition : lastNumbers.keySet()) {
      if (state.crossing().isFull(partition)) {
        return Rejections.of(
            ErrorCode.REQUEST_THROTTLED, "Too many definitions wait for the queue's partition.");
      }
      effects.add(new OutboxGrew(partition));
    }
    return new Decision(
        new DefinitionTaken(queue.queue(), queue.partition(), ownNumber), changes, effects);
  }

  private long hand(QueueDefinition queue, Crossing crossing) {
    PartitionId partition = queue.partition();
    long number =
        lastNumbers.merge(partition, state.crossing().nextNumber(partition), (last, _) -> last + 1);
    changes.add(new OutboxAppended(partition, number, crossing));
    return number;
  }
}
