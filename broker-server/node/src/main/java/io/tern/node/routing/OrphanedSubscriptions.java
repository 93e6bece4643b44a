package io.tern.node.routing;

import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.SubscriptionState;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.state.limits.Limits;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Confirmed subscriptions of topics that were deleted a moment ago, which still tell their
 * attributes; a part of {@link SubscriptionMirror}. Every node sees the deletions, so every node
 * answers; nobody delivers to them.
 */
public final class OrphanedSubscriptions {

  /**
   * A subscription as it was when its topic was deleted.
   *
   * @param endedMillis wall clock of the deletion
   */
  public record Orphan(
      TopicDefinition topic, SubscriptionDefinition subscription, long endedMillis) {

    private boolean isTold(long nowMillis) {
      return nowMillis - endedMillis <= Limits.ORPHANED_SUBSCRIPTION_MILLIS;
    }
  }

  /** By the last part of the ARN; the oldest first. */
  private final Map<UUID, Orphan> orphans = new LinkedHashMap<>();

  OrphanedSubscriptions() {}

  /** By the last part of its ARN, if its topic was deleted a moment ago. */
  public synchronized Optional<Orphan> find(UUID id, long nowMillis) {
    return Optional.ofNullable(orphans.get(id)).filter(orphan -> orphan.isTold(nowMillis));
  }

  /** The oldest give way when there are too many. */
  synchronized void add(UUID id, Orphan orphan) {
    if (orphan.subscription().state() != SubscriptionState.CONFIRMED) {
      return;
    }
    Iterator<Orphan> oldest = orphans.values().iterator();
    while (oldest.hasNext() && !oldest.next().isTold(orphan.endedMillis())) {
      oldest.remove();
    }
    orphans.put(id, orphan);
    if (orphans.size() > Limits.ORPHANED_SUBSCRIPTIONS) {
      orphans.remove(orphans.keySet().iterator().next());
    }
  }
}
