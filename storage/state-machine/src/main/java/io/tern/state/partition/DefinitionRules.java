package io.tern.state.partition;

import io.tern.state.Change;
import io.tern.state.Change.QueueInstalled;
import io.tern.state.Change.QueueRemoved;
import io.tern.state.QueueId;
import io.tern.state.crossing.Crossing;
import io.tern.state.queue.QueueView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides what installing and removing queues changes; made by {@link CrossingRules} for the
 * entries of one delivery, of which a later one must see what an earlier one did.
 */
final class DefinitionRules {
  private static final long NOT_HELD = 0;

  private final PartitionView state;
  private final Map<QueueId, Long> decided = new HashMap<>();
  private final List<Change> changes = new ArrayList<>();

  DefinitionRules(PartitionView state) {
    this.state = state;
  }

  void take(Crossing crossing) {
    switch (crossing) {
      case Crossing.InstallQueue install -> install(install);
      case Crossing.RemoveQueue remove -> remove(remove.queue());
      case Crossing.ParkedMessage _, Crossing.MovedMessage _ ->
          throw new IllegalStateException("not built");
    }
  }

  List<Change> changes() {
    return changes;
  }

  private void install(Crossing.InstallQueue install) {
    if (install.version() > version(install.queue())) {
      changes.add(new QueueInstalled(install.queue(), install.version(), install.settings()));
      decided.put(install.queue(), install.version());
    }
  }

  private void remove(QueueId queue) {
    if (version(queue) != NOT_HELD) {
      changes.add(new QueueRemoved(queue));
      decided.put(queue, NOT_HELD);
    }
  }

  private long version(QueueId queue) {
    Long here = decided.get(queue);
    if (here != null) {
      return here;
    }
    QueueView held = state.queue(queue);
    return held == null ? NOT_HELD : held.version();
  }
}
