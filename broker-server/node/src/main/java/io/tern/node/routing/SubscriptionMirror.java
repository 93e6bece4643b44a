package io.tern.node.routing;

import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicId;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.SubscriptionState;
import io.tern.state.catalogue.TopicDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue's subscriptions as this node's replica knows them; a part of {@link
 * CatalogueMirror}. One thread writes, any thread reads. Deleted ones are found but not listed.
 */
public final class SubscriptionMirror {

  /** How many subscriptions a topic has; deleted ones as long as they may be restored. */
  public record Counts(int confirmed, int pending, int deleted) {
    private static final Counts NONE = new Counts(0, 0, 0);

    private Counts plus(SubscriptionState state, int by) {
      return switch (state) {
        case CONFIRMED -> new Counts(confirmed + by, pending, deleted);
        case PENDING -> new Counts(confirmed, pending + by, deleted);
        case DELETED -> new Counts(confirmed, pending, deleted + by);
      };
    }
  }

  /** The order of a caller's list. */
  private record Listed(String region, String owner, long number) implements Comparable<Listed> {
    private static final Comparator<Listed> ORDER =
        Comparator.comparing(Listed::region)
            .thenComparing(Listed::owner)
            .thenComparingLong(Listed::number);

    @Override
    public int compareTo(Listed other) {
      return ORDER.compare(this, other);
    }
  }

  /** A subscription, and what its topic said of it when it was written. */
  private record Known(
      SubscriptionDefinition definition, Listed listed, PartitionId home, UUID id) {}

  private final Map<SubscriptionId, Known> byNumber = new ConcurrentHashMap<>();
  private final Map<UUID, SubscriptionId> byId = new ConcurrentHashMap<>();

  /** Of every state. */
  private final Map<TopicId, ConcurrentNavigableMap<Long, SubscriptionDefinition>> ofTopic =
      new ConcurrentHashMap<>();

  /** Without deleted ones. */
  private final ConcurrentSkipListMap<Listed, SubscriptionDefinition> ofOwner =
      new ConcurrentSkipListMap<>();

  private final Map<TopicId, Counts> counts = new ConcurrentHashMap<>();
  private final Map<PartitionId, Map<QueueId, SubscriptionDefinition>> deliveries =
      new ConcurrentHashMap<>();

  private final OrphanedSubscriptions orphans = new OrphanedSubscriptions();

  SubscriptionMirror() {}

  /** Of every state. */
  public Optional<SubscriptionDefinition> find(SubscriptionId subscription) {
    return Optional.ofNullable(byNumber.get(subscription)).map(Known::definition);
  }

  /** By the last part of its ARN; of every state. */
  public Optional<SubscriptionDefinition> find(UUID id) {
    return Optional.ofNullable(byId.get(id)).flatMap(this::find);
  }

  /** Those whose topics were deleted a moment ago; found by nothing else here. */
  public OrphanedSubscriptions orphans() {
    return orphans;
  }

  /** By the queue that its deliveries wait in. */
  public Optional<SubscriptionDefinition> ofDeliveryQueue(PartitionId home, QueueId queue) {
    return Optional.ofNullable(deliveries.getOrDefault(home, Map.of()).get(queue));
  }

  /** The confirmed subscriptions whose deliveries wait in queues of that partition; a live view. */
  public Collection<SubscriptionDefinition> withDeliveryQueues(PartitionId home) {
    return deliveries.getOrDefault(home, Map.of()).values();
  }

  /**
   * The topic's confirmed subscriptions by number. Whoever needs to know which version of the topic
   * they belong to reads that before: they are never older.
   */
  public List<SubscriptionDefinition> confirmed(TopicId topic) {
    return of(topic).values().stream()
        .filter(known -> known.state() == SubscriptionState.CONFIRMED)
        .toList();
  }

  /** The topic's confirmed and pending subscriptions by number, page by page. */
  public List<SubscriptionDefinition> list(TopicId topic, long afterNumber, int most) {
    return of(topic).tailMap(afterNumber, false).values().stream()
        .filter(known -> known.state() != SubscriptionState.DELETED)
        .limit(most)
        .toList();
  }

  private ConcurrentNavigableMap<Long, SubscriptionDefinition> of(TopicId topic) {
    ConcurrentNavigableMap<Long, SubscriptionDefinition> known = ofTopic.get(topic);
    return known == null ? new ConcurrentSkipListMap<>() : known;
  }

  /** What the account subscribed to topics of the region, by number, page by page. */
  public List<SubscriptionDefinition> list(
      String region, String owner, long afterNumber, int most) {
    List<SubscriptionDefinition> found = new ArrayList<>();
    Listed from = new Listed(region, owner, afterNumber);
    for (Map.Entry<Listed, SubscriptionDefinition> entry :
        ofOwner.tailMap(from, false).entrySet()) {
      Listed at = entry.getKey();
      if (found.size() == most || !at.region().equals(region) || !at.owner().equals(owner)) {
        break;
      }
      found.add(entry.getValue());
    }
    return found;
  }

  public Counts counts(TopicId topic) {
    return counts.getOrDefault(topic, Counts.NONE);
  }

  public int size() {
    return byNumber.size();
  }

  void define(TopicDefinition topic, SubscriptionDefinition subscription, LongFunction<UUID> ids) {
    long number = subscription.subscription().number();
    Known before = byNumber.get(subscription.subscription());
    Known after =
        new Known(
            subscription,
            new Listed(topic.name().region(), subscription.owner(), number),
            topic.partition(),
            before == null ? ids.apply(number) : before.id());
    byNumber.put(subscription.subscription(), after);
    byId.put(after.id(), subscription.subscription());
    ofTopic
        .computeIfAbsent(subscription.topic(), _ -> new ConcurrentSkipListMap<>())
        .put(number, subscription);
    if (subscription.state() == SubscriptionState.DELETED) {
      ofOwner.remove(after.listed());
    } else {
      ofOwner.put(after.listed(), subscription);
    }
    deliver(before, after);
    count(before, -1);
    count(after, 1);
  }

  void undefine(SubscriptionId subscription) {
    Known known = byNumber.remove(subscription);
    if (known == null) {
      return;
    }
    byId.remove(known.id());
    ofOwner.remove(known.listed());
    ofTopic.computeIfPresent(
        known.definition().topic(),
        (_, left) -> {
          left.remove(subscription.number());
          return left.isEmpty() ? null : left;
        });
    deliver(known, null);
    count(known, -1);
  }

  /**
   * The topic is gone, and its subscriptions with it.
   *
   * @param wallMillis of the deletion
   */
  void undefine(TopicDefinition topic, long wallMillis) {
    for (SubscriptionDefinition subscription : of(topic.topic()).values()) {
      Known known = byNumber.get(subscription.subscription());
      if (known != null) {
        orphans.add(known.id(), new OrphanedSubscriptions.Orphan(topic, subscription, wallMillis));
      }
      undefine(subscription.subscription());
    }
  }

  /** The subscriptions of a checkpoint are all that there are. */
  void retain(Set<SubscriptionId> subscriptions) {
    List<SubscriptionId> gone =
        byNumber.keySet().stream().filter(known -> !subscriptions.contains(known)).toList();
    gone.forEach(this::undefine);
  }

  private void deliver(@Nullable Known before, @Nullable Known after) {
    QueueId old = before == null ? null : before.definition().deliveryQueue();
    QueueId queue = after == null ? null : after.definition().deliveryQueue();
    if (before != null && old != null && !old.equals(queue)) {
      deliveries.computeIfPresent(
          before.home(),
          (_, left) -> {
            left.remove(old);
            return left;
          });
    }
    if (after != null && queue != null) {
      deliveries
          .computeIfAbsent(after.home(), _ -> new ConcurrentHashMap<>())
          .put(queue, after.definition());
    }
  }

  private void count(@Nullable Known known, int by) {
    if (known != null) {
      SubscriptionDefinition definition = known.definition();
      counts.compute(
          definition.topic(),
          (_, now) -> {
            Counts next = (now == null ? Counts.NONE : now).plus(definition.state(), by);
            return next.equals(Counts.NONE) ? null : next;
          });
    }
  }
}
