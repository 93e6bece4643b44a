package io.tern.node.routing;

import io.tern.state.QueueName;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.catalogue.RedrivePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * Which queues have which dead-letter queue. Part of the {@link CatalogueMirror}: one thread
 * writes, many read; nobody goes through all queues.
 */
final class DeadLetterSources {
  private final ConcurrentHashMap<QueueName, ConcurrentSkipListSet<QueueName>> byTarget =
      new ConcurrentHashMap<>();

  /** Notes that a queue's definition was followed by another; null for none. */
  void replace(@Nullable QueueDefinition before, @Nullable QueueDefinition after) {
    QueueName oldTarget = target(before);
    QueueName newTarget = target(after);
    if (before != null && oldTarget != null && !oldTarget.equals(newTarget)) {
      byTarget.computeIfPresent(
          oldTarget,
          (target, sources) -> {
            sources.remove(before.name());
            return sources.isEmpty() ? null : sources;
          });
    }
    if (after != null && newTarget != null) {
      byTarget
          .computeIfAbsent(newTarget, target -> new ConcurrentSkipListSet<>())
          .add(after.name());
    }
  }

  boolean isTarget(QueueName queue) {
    return byTarget.containsKey(queue);
  }

  /** The sources of a dead-letter queue by name, after the one given. */
  List<QueueName> of(QueueName target, QueueName after, int most) {
    List<QueueName> found = new ArrayList<>();
    ConcurrentSkipListSet<QueueName> sources = byTarget.get(target);
    if (sources != null) {
      for (QueueName source : sources.tailSet(after, false)) {
        if (found.size() == most) {
          break;
        }
        found.add(source);
      }
    }
    return found;
  }

  private static @Nullable QueueName target(@Nullable QueueDefinition queue) {
    RedrivePolicy policy = queue == null ? null : RedrivePolicy.of(queue.attributes());
    return policy == null ? null : policy.target();
  }
}
