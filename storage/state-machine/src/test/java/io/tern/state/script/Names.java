package io.tern.state.script;

import io.tern.state.QueueId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a script calls the queues it speaks of. */
final class Names {
  private static final int FIRST_UNKNOWN = 101;

  private final Map<String, QueueId> ids = new HashMap<>();
  private final Map<QueueId, String> names = new HashMap<>();
  private final Set<QueueId> removed = new HashSet<>();

  void name(QueueId queue, String name) {
    ids.put(name, queue);
    names.put(queue, name);
  }

  /** The queue of that name; a name the catalogue has not defined gets a number of its own. */
  QueueId id(String name) {
    QueueId known = ids.get(name);
    return known == null ? fresh(name) : known;
  }

  /** Another queue of that name. */
  QueueId fresh(String name) {
    QueueId next = new QueueId(FIRST_UNKNOWN + names.size());
    name(next, name);
    return next;
  }

  void removed(QueueId queue) {
    removed.add(queue);
  }

  boolean wasRemoved(QueueId queue) {
    return removed.contains(queue);
  }

  String of(QueueId queue) {
    return names.getOrDefault(queue, "queue-" + queue.number());
  }
}
