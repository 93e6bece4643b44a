package io.tern.node.delivery;

import io.tern.proto.content.TopicMessage;
import io.tern.state.limits.DeliveryLimits;
import java.util.TreeMap;

/**
 * The oldest messages of a {@link DeliveryLane} that were tried and neither taken nor given up.
 * Older than those is none, for a lane takes the oldest first; only a new leader does not know
 * those that wait for a retry until they are tried again.
 */
final class OldestDeliveries {
  private final TreeMap<Long, Long> publishedMillis = new TreeMap<>();

  synchronized void tried(long number, TopicMessage message) {
    publishedMillis.put(number, message.getPublishedMillis());
    if (publishedMillis.size() > DeliveryLimits.AGED_DELIVERIES) {
      publishedMillis.pollLastEntry();
    }
  }

  synchronized void gone(long number) {
    publishedMillis.remove(number);
  }

  /** Nothing waits: what is still here was purged with its retention. */
  synchronized void allGone() {
    publishedMillis.clear();
  }

  /** How long ago the oldest was published, 0 if there is none. */
  synchronized long ageMillis(long nowMillis) {
    return publishedMillis.isEmpty()
        ? 0
        : Math.max(0, nowMillis - publishedMillis.firstEntry().getValue());
  }
}
