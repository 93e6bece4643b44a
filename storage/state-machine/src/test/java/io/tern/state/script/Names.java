package io.tern.state.script;

import io.tern.state.QueueId;
import java.util.HashMap;
import java.util.Map;

/** What a script calls the queues it speaks of. */
final class Names {
  private static final int FIRST_UNKNOWN = 101;

  private final Map<String, QueueId> ids = new HashMap<>();
  private final Map<QueueId, String> names = new HashMap<>();

  void name(QueueId queue, String name) {
    ids.put(name, queue);
    names.put(queue, name);
  }

  /** The queue of that name; a name the catalogue has not defined gets a number of its own. */
  QueueId id(String name) {
    QueueId known = ids.get(name);
    if (known != null) {
      return known;
    }
    QueueId next = new QueueId(FIRST_UNKNOWN + names.size());
    name(next, name);
    return next;
  }

  String of(QueueId queue) {
    return names.getOrDefault(queue, "queue-" + queue.number());
  }
}
