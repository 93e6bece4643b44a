package io.tern.state.catalogue;

import io.tern.state.Bytes;
import io.tern.state.CatalogueImage;
import io.tern.state.CatalogueImage.Deletion;
import io.tern.state.Change;
import io.tern.state.Change.CatalogueChange;
import io.tern.state.Change.ClockAdvanced;
import io.tern.state.Change.ClusterInitialized;
import io.tern.state.Change.CommonChange;
import io.tern.state.Change.DeletionForgotten;
import io.tern.state.Change.InboxAdvanced;
import io.tern.state.Change.OutboxAppended;
import io.tern.state.Change.OutboxSettled;
import io.tern.state.Change.QueueDefined;
import io.tern.state.Change.QueueUndefined;
import io.tern.state.ChangeHash;
import io.tern.state.EntryTime;
import io.tern.state.Logic;
import io.tern.state.MembershipChange;
import io.tern.state.PartitionId;
import io.tern.state.QueueId;
import io.tern.state.QueueName;
import io.tern.state.TopicDefinitionChange;
import io.tern.state.crossing.CrossingImage;
import io.tern.state.crossing.CrossingState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The index of the catalogue in memory. The machine evolves it; rules read its view. */
final class CatalogueState implements CatalogueView {
  private EntryTime clock;
  private long retentionMillis;
  private final ChangeHash hash;
  private Bytes sealingKey;
  private int dataPartitions;
  private int logic;
  private final Membership membership;
  private final PartitionLoad load;
  private long nextQueue;
  private final TreeMap<QueueId, QueueDefinition> queues = new TreeMap<>();

  /** For looking up only; whatever is told in order goes by queue number. */
  private final Map<QueueName, QueueDefinition> byName = new HashMap<>();

  /** The queues whose dead letters go to a queue of that name. */
  private final Map<QueueName, TreeMap<QueueId, QueueDefinition>> sources = new HashMap<>();

  /** In the order of their times. */
  private final LinkedHashMap<QueueName, Deletion> deletions = new LinkedHashMap<>();

  private final TopicIndex topics;
  private final CrossingState crossing;

  CatalogueState(CatalogueImage image) {
    clock = image.clock();
    retentionMillis = image.retentionMillis();
    hash = new ChangeHash(image.hash());
    sealingKey = image.sealingKey();
    Logic.require(image.logic());
    logic = image.logic();
    dataPartitions = image.dataPartitions();
    membership = new Membership(image.membership());
    load = new PartitionLoad(dataPartitions + membership.addedPartitions(), this::isOpen);
    topics = new TopicIndex(load);
    nextQueue = image.nextQueue();
    crossing = CrossingState.of(image.crossing());
    for (QueueDefinition definition : image.queues()) {
      define(definition);
    }
    for (Deletion deletion : image.deletions()) {
      deletions.put(deletion.name(), deletion);
    }
    image.topics().forEach(topics::define);
    image.subscriptions().forEach(topics::define);
    image.resources().forEach(topics::define);
    image.signingKeys().forEach(topics::add);
  }

  static CatalogueImage emptyImage() {
    return new CatalogueImage(
        EntryTime.ZERO, 0, 0, Bytes.EMPTY, 0, 1, List.of(), List.of(), CrossingImage.EMPTY);
  }

  CatalogueImage image() {
    return new CatalogueImage(
        clock,
        retentionMillis,
        hash.value(),
        sealingKey,
        dataPartitions,
        nextQueue,
        List.copyOf(queues.values()),
        List.copyOf(deletions.values()),
        topics.topicsByNumber(),
        topics.subscriptionsByNumber(),
        topics.resourcesByKey(),
        topics.signingKeys(),
        crossing.image(),
        membership.image(),
        logic);
  }

  void evolve(Change change) {
    hash.add(change);
    switch (change) {
      case CatalogueChange catalogue -> evolveCatalogue(catalogue);
      case CommonChange common -> evolveCommon(common);
      case Change.PartitionChange partition ->
          throw new IllegalStateException("Not of the catalogue: " + partition);
    }
  }

  private void evolveCatalogue(CatalogueChange change) {
    switch (change) {
      case ClusterInitialized c -> {
        sealingKey = c.sealingKey();
        dataPartitions = c.dataPartitions();
        load.spreadOver(dataPartitions);
      }
      case QueueDefined c -> define(c.definition());
      case QueueUndefined c -> {
        forget(c.queue());
        deletions.putLast(c.name(), new Deletion(c.name(), c.deletedAtMillis()));
      }
      case TopicDefinitionChange c -> {
        topics.evolve(c);
        nextQueue = Math.max(nextQueue, highestNumber(c) + 1);
      }
      case DeletionForgotten c -> deletions.remove(c.name());
      case MembershipChange c -> {
        membership.evolve(c, dataPartitions);
        load.spreadOver(dataPartitions + membership.addedPartitions());
      }
    }
  }

  private void evolveCommon(CommonChange change) {
    switch (change) {
      case ClockAdvanced c -> {
        clock = c.time();
        retentionMillis = c.retentionMillis();
      }
      case OutboxAppended c -> crossing.evolve(c);
      case OutboxSettled c -> crossing.evolve(c);
      case InboxAdvanced c -> crossing.evolve(c);
      case Change.LogicAdvanced c -> {
        Logic.require(c.level());
        logic = c.level();
      }
    }
  }

  /** Whether its group exists: that of an added partition does once it is recorded. */
  private boolean isOpen(PartitionId partition) {
    Placement placement = membership.placement(partition);
    return partition.number() <= dataPartitions
        || (placement.version() > 0 && !placement.isBeingCreated());
  }

  private void define(QueueDefinition definition) {
    forget(definition.queue());
    queues.put(definition.queue(), definition);
    byName.put(definition.name(), definition);
    QueueName target = target(definition);
    if (target != null) {
      sources.computeIfAbsent(target, _ -> new TreeMap<>()).put(definition.queue(), definition);
    }
    count(definition, 1);
    nextQueue = Math.max(nextQueue, definition.queue().number() + 1);
  }

  private void forget(QueueId queue) {
    QueueDefinition known = queues.remove(queue);
    if (known != null) {
      byName.remove(known.name());
      QueueName target = target(known);
      if (target != null) {
        forgetSource(target, queue);
      }
      count(known, -1);
    }
  }

  /** The highest number that the change uses of the counter, 0 for none. */
  private static long highestNumber(TopicDefinitionChange change) {
    return switch (change) {
      case TopicDefinitionChange.TopicDefined c -> c.definition().topic().number();
      case TopicDefinitionChange.SubscriptionDefined c -> {
        QueueId queue = c.definition().deliveryQueue();
        long number = c.definition().subscription().number();
        yield queue == null ? number : Math.max(number, queue.number());
      }
      case TopicDefinitionChange.TopicUndefined _,
          TopicDefinitionChange.SubscriptionUndefined _,
          TopicDefinitionChange.ResourceDefined _,
          TopicDefinitionChange.ResourceUndefined _,
          TopicDefinitionChange.SigningKeyAdded _ ->
          0;
    };
  }

  private void forgetSource(QueueName target, QueueId source) {
    TreeMap<QueueId, QueueDefinition> left = sources.get(target);
    if (left != null) {
      left.remove(source);
      if (left.isEmpty()) {
        sources.remove(target);
      }
    }
  }

  private static @Nullable QueueName target(QueueDefinition definition) {
    RedrivePolicy policy = RedrivePolicy.of(definition.attributes());
    return policy == null ? null : policy.target();
  }

  private void count(QueueDefinition definition, int by) {
    for (PartitionId partition : definition.partitions()) {
      load.count(partition, by);
    }
  }

  long hash() {
    return hash.value();
  }

  /** The secret that seals receipt handles; empty until the cluster is initialized. */
  Bytes sealingKey() {
    return sealingKey;
  }

  long retentionMillis() {
    return retentionMillis;
  }

  @Override
  public EntryTime clock() {
    return clock;
  }

  @Override
  public int dataPartitions() {
    return dataPartitions;
  }

  @Override
  public long nextQueue() {
    return nextQueue;
  }

  @Override
  public int queues() {
    return queues.size();
  }

  @Override
  public @Nullable QueueDefinition queue(QueueId queue) {
    return queues.get(queue);
  }

  @Override
  public @Nullable QueueDefinition queue(QueueName name) {
    return byName.get(name);
  }

  @Override
  public Collection<QueueDefinition> sources(QueueName target) {
    TreeMap<QueueId, QueueDefinition> known = sources.get(target);
    return known == null ? List.of() : known.values();
  }

  @Override
  public @Nullable Deletion deletion(QueueName name) {
    return deletions.get(name);
  }

  @Override
  public List<Deletion> deletionsUpTo(long queueMillis, int limit) {
    List<Deletion> old = new ArrayList<>();
    for (Deletion deletion : deletions.values()) {
      if (deletion.deletedAtMillis() > queueMillis || old.size() == limit) {
        break;
      }
      old.add(deletion);
    }
    return old;
  }

  @Override
  public PartitionId emptiestPartition() {
    return load.emptiest();
  }

  @Override
  public Membership membership() {
    return membership;
  }

  @Override
  public int logic() {
    return logic;
  }

  @Override
  public TopicsView topics() {
    return topics;
  }

  @Override
  public CrossingState crossing() {
    return crossing;
  }
}
