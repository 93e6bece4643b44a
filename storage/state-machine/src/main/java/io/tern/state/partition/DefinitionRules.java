package io.tern.state.partition;

import io.tern.state.Change;
import io.tern.state.Change.QueueInstalled;
import io.tern.state.Change.QueueRemoved;
import io.tern.state.QueueId;
import io.tern.state.crossing.Crossing;
import io.tern.state.limits.QueueSettings;
import io.tern.state.queue.QueueView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what installing and removing queues changes; made by {@link CrossingRules} for the
 * entries of one delivery, of which a later one must see what an earlier one did.
 */
final class DefinitionRules {
  private static final long NOT_HELD = 0;

  /** What the entries so far made of a queue; settings are null when it is removed. */
  private record Decided(long version, @Nullable QueueSettings settings) {}

  private final PartitionView state;
  private final Map<QueueId, Decided> decided = new HashMap<>();
  private final Set<QueueId> emptied = new LinkedHashSet<>();
  private final List<Change> changes = new ArrayList<>();

  DefinitionRules(PartitionView state) {
    this.state = state;
  }

  /** The facts so far; others add theirs in the order of the entries. */
  List<Change> changes() {
    return changes;
  }

  boolean install(Crossing.InstallQueue install) {
    if (install.version() > now(install.queue()).version()) {
      changes.add(new QueueInstalled(install.queue(), install.version(), install.settings()));
      decided.put(install.queue(), new Decided(install.version(), install.settings()));
    }
    return true;
  }

  boolean remove(QueueId queue) {
    if (now(queue).version() != NOT_HELD) {
      changes.add(new QueueRemoved(queue));
      decided.put(queue, new Decided(NOT_HELD, null));
      emptied.add(queue);
    }
    return true;
  }

  /** The settings of a queue as the entries so far left it; null when it is not here. */
  @Nullable QueueSettings settings(QueueId queue) {
    return now(queue).settings();
  }

  /** What the queue held before the entries; null when it is not here, or is a new one now. */
  @Nullable QueueView held(QueueId queue) {
    return emptied.contains(queue) ? null : state.queue(queue);
  }

  private Decided now(QueueId queue) {
    Decided here = decided.get(queue);
    if (here != null) {
      return here;
    }
    QueueView held = state.queue(queue);
    return held == null
        ? new Decided(NOT_HELD, null)
        : new Decided(held.version(), held.settings());
  }
}
