package io.tern.node.routing;

import io.tern.state.AppliedEntry;
import io.tern.state.Bytes;
import io.tern.state.CatalogueImage;
import io.tern.state.Change;
import io.tern.state.PartitionId;
import io.tern.state.QueueName;
import io.tern.state.ReplicatedMachine;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicDefinitionChange;
import io.tern.state.TopicId;
import io.tern.state.TopicName;
import io.tern.state.catalogue.QueueDefinition;
import io.tern.state.catalogue.ResourceDefinition;
import io.tern.state.catalogue.ResourceKey;
import io.tern.state.catalogue.ResourceKind;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.state.crossing.CrossingImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * The catalogue as this node's replica knows it. Written by the catalogue's apply thread, read by
 * requests without a network call; one that must not miss anything passes a barrier first.
 */
public final class CatalogueMirror {
  private record Waiter(PartitionId destination, long number, CompletableFuture<Void> settled) {}

  private final ConcurrentSkipListMap<QueueName, QueueDefinition> byName =
      new ConcurrentSkipListMap<>();
  private final DeadLetterSources deadLetterSources = new DeadLetterSources();
  private final QueueSpread spread = new QueueSpread();
  private final Map<PartitionId, Long> settled = new HashMap<>();
  private final List<Waiter> waiters = new ArrayList<>();

  private final AtomicLong queueChanges = new AtomicLong();

  private final CompletableFuture<Bytes> sealingKey = new CompletableFuture<>();
  private final TopicMirror topics = new TopicMirror();
  private final SubscriptionMirror subscriptions = new SubscriptionMirror();
  private final ResourceMirror resources = new ResourceMirror();

  /** Of the entry that is being applied; only its thread knows it. */
  private long wallMillis;

  private final Function<Bytes, LongFunction<UUID>> subscriptionIds;
  private LongFunction<UUID> subscriptionId =
      number -> {
        throw new IllegalStateException("Subscription " + number + " before the sealing key");
      };

  /**
   * @param subscriptionIds makes, of the sealing key, what gives a subscription's number the id in
   *     its ARN
   */
  public CatalogueMirror(Function<Bytes, LongFunction<UUID>> subscriptionIds) {
    this.subscriptionIds = subscriptionIds;
  }

  /** Called by the catalogue's apply thread after a start and when a checkpoint was installed. */
  public void opened(ReplicatedMachine machine) {
    if (machine.image() instanceof CatalogueImage image) {
      load(image);
    }
  }

  /** Called by the catalogue's apply thread after each entry, on every node. */
  public void entryApplied(AppliedEntry applied) {
    for (Change change : applied.changes()) {
      note(change);
    }
    topics.entryEnded();
  }

  /** Completed once the cluster is initialized. */
  public CompletableFuture<Bytes> sealingKey() {
    return sealingKey;
  }

  public Optional<QueueDefinition> find(QueueName name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Queues of the account whose names begin with the prefix, by name, after the one given. */
  public List<QueueDefinition> list(String account, String prefix, String after, int most) {
    List<QueueDefinition> found = new ArrayList<>();
    String from = after.compareTo(prefix) > 0 ? after : prefix;
    for (QueueDefinition queue :
        byName.tailMap(new QueueName(account, from), !from.equals(after)).values()) {
      QueueName name = queue.name();
      if (found.size() == most
          || !name.account().equals(account)
          || !name.name().startsWith(prefix)) {
        break;
      }
      found.add(queue);
    }
    return found;
  }

  /** Whether any queue has this one as its dead-letter queue. */
  public boolean isDeadLetterQueue(QueueName queue) {
    return deadLetterSources.isTarget(queue);
  }

  /** Queues that have this one as their dead-letter queue, by name, after the one given. */
  public List<QueueName> deadLetterSources(QueueName queue, String after, int most) {
    return deadLetterSources.of(queue, new QueueName(queue.account(), after), most);
  }

  public TopicMirror topics() {
    return topics;
  }

  public SubscriptionMirror subscriptions() {
    return subscriptions;
  }

  public ResourceMirror resources() {
    return resources;
  }

  /** Counts changes of queues, so that whoever keeps what he found knows when to look again. */
  public long queueChanges() {
    return queueChanges.get();
  }

  public Optional<TopicDefinition> topic(TopicName name) {
    return topics.find(name);
  }

  public Optional<TopicDefinition> topic(TopicId topic) {
    return topics.find(topic);
  }

  /** By the last part of its ARN; of every state. */
  public Optional<SubscriptionDefinition> subscription(UUID id) {
    return subscriptions.find(id);
  }

  public Optional<ResourceDefinition> resource(ResourceKey key) {
    return resources.find(key);
  }

  /** Those of the kind whose names begin with the prefix, by name, after the one given. */
  public List<ResourceDefinition> resources(
      ResourceKind kind, String region, String account, String prefix, String after, int most) {
    return resources.list(kind, region, account, prefix, after, most);
  }

  public int queues() {
    return byName.size();
  }

  /** Queues that live in the partition. */
  public long queuesIn(PartitionId partition) {
    return spread.in(partition);
  }

  /** Completed when the destination has taken the catalogue's outbox up to that number. */
  public CompletableFuture<Void> settled(PartitionId destination, long number) {
    synchronized (waiters) {
      if (settled.getOrDefault(destination, 0L) >= number) {
        return CompletableFuture.completedFuture(null);
      }
      CompletableFuture<Void> future = new CompletableFuture<>();
      Waiter waiter = new Waiter(destination, number, future);
      waiters.add(waiter);
      var _ = future.whenComplete((done, failure) -> forget(waiter));
      return future;
    }
  }

  private void forget(Waiter waiter) {
    synchronized (waiters) {
      waiters.remove(waiter);
    }
  }

  private void note(Change change) {
    switch (change) {
      case Change.QueueDefined defined -> define(defined.definition());
      case Change.QueueUndefined undefined -> undefine(undefined.name());
      case Change.ClusterInitialized initialized -> initialized(initialized.sealingKey());
      case Change.OutboxSettled done -> settle(done.destination(), done.upTo());
      case TopicDefinitionChange topic -> note(topic);
      case Change.DeletionForgotten _ -> {}
      case Change.ClockAdvanced clock -> wallMillis = clock.time().wallMillis();
      case Change.OutboxAppended _, Change.InboxAdvanced _ -> {}
      case Change.PartitionChange _ -> {}
    }
  }

  private void note(TopicDefinitionChange change) {
    switch (change) {
      case TopicDefinitionChange.TopicDefined c -> topics.define(c.definition());
      case TopicDefinitionChange.TopicUndefined c -> {
        topics.find(c.topic()).ifPresent(topic -> subscriptions.undefine(topic, wallMillis));
        topics.undefine(c.topic());
      }
      case TopicDefinitionChange.SubscriptionDefined c -> define(c.definition());
      case TopicDefinitionChange.SubscriptionUndefined c -> {
        subscriptions.undefine(c.subscription());
        topics.touched(c.topic());
      }
      case TopicDefinitionChange.ResourceDefined c -> resources.define(c.definition());
      case TopicDefinitionChange.ResourceUndefined c -> resources.undefine(c.key());
      case TopicDefinitionChange.SigningKeyAdded c -> resources.add(c.key());
    }
  }

  private void define(SubscriptionDefinition subscription) {
    topics
        .find(subscription.topic())
        .ifPresent(topic -> subscriptions.define(topic, subscription, subscriptionId));
    topics.touched(subscription.topic());
  }

  private void initialized(Bytes key) {
    if (!sealingKey.isDone()) {
      subscriptionId = subscriptionIds.apply(key);
      sealingKey.complete(key);
    }
  }

  private void define(QueueDefinition definition) {
    QueueDefinition before = byName.put(definition.name(), definition);
    deadLetterSources.replace(before, definition);
    spread.replace(before, definition);
    queueChanges.incrementAndGet();
  }

  private void undefine(QueueName name) {
    QueueDefinition before = byName.remove(name);
    deadLetterSources.replace(before, null);
    spread.replace(before, null);
    queueChanges.incrementAndGet();
  }

  private void load(CatalogueImage image) {
    Map<QueueName, QueueDefinition> known = new HashMap<>();
    for (QueueDefinition definition : image.queues()) {
      define(definition);
      known.put(definition.name(), definition);
    }
    for (QueueName name : byName.keySet()) {
      if (!known.containsKey(name)) {
        undefine(name);
      }
    }
    if (image.sealingKey().size() > 0) {
      initialized(image.sealingKey());
    }
    loadTopics(image);
    for (CrossingImage.OutboxImage outbox : image.crossing().outboxes()) {
      long upTo =
          outbox.waiting().isEmpty()
              ? outbox.lastNumber()
              : outbox.waiting().getFirst().number() - 1;
      settle(outbox.destination(), upTo);
    }
  }

  /** Topics come last: who sees a version of one sees no older subscriptions. */
  private void loadTopics(CatalogueImage image) {
    Map<TopicId, TopicDefinition> known = new HashMap<>();
    image.topics().forEach(topic -> known.put(topic.topic(), topic));
    Set<SubscriptionId> left = new HashSet<>();
    for (SubscriptionDefinition subscription : image.subscriptions()) {
      TopicDefinition topic = known.get(subscription.topic());
      if (topic != null) {
        left.add(subscription.subscription());
        subscriptions.define(topic, subscription, subscriptionId);
      }
    }
    subscriptions.retain(left);
    topics.load(image.topics());
    resources.load(image.resources(), image.signingKeys());
    topics.entryEnded();
  }

  private void settle(PartitionId destination, long upTo) {
    List<Waiter> done = new ArrayList<>();
    synchronized (waiters) {
      settled.merge(destination, upTo, Math::max);
      for (Iterator<Waiter> all = waiters.iterator(); all.hasNext(); ) {
        Waiter waiter = all.next();
        if (waiter.destination().equals(destination) && waiter.number() <= upTo) {
          all.remove();
          done.add(waiter);
        }
      }
    }
    done.forEach(waiter -> waiter.settled().complete(null));
  }
}
