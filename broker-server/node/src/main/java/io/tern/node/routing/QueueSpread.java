package io.tern.node.routing;

import io.tern.state.PartitionId;
import io.tern.state.catalogue.QueueDefinition;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How many queues each partition has. Kept by {@link CatalogueMirror}, read by anyone. */
final class QueueSpread {
  private final Map<PartitionId, Long> queues = new ConcurrentHashMap<>();

  /** A definition took the place of another; null for none. */
  void replace(@Nullable QueueDefinition before, @Nullable QueueDefinition after) {
    if (before != null) {
      queues.merge(before.partition(), -1L, Long::sum);
    }
    if (after != null) {
      queues.merge(after.partition(), 1L, Long::sum);
    }
  }

  long in(PartitionId partition) {
    return queues.getOrDefault(partition, 0L);
  }
}
