package io.tern.node.routing;

import io.tern.node.config.WallClock;
import io.tern.node.leader.PublishMatcher;
import io.tern.node.leader.ReplayTargets;
import io.tern.node.leader.StoredNotifications;
import io.tern.node.metrics.TopicMetrics;
import io.tern.proto.content.TopicMessage;
import io.tern.state.MessageId;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicCommand.Publish;
import io.tern.state.TopicId;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.state.limits.Limits;
import io.tern.state.queue.Deduplication;
import io.tern.state.topic.FanOutTarget;
import io.tern.topics.filter.FilteredOut;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Matches published messages with the subscriptions that this node's mirror knows: filters, finds
 * queues, leaves out what a queue would not take. What is known of a topic is kept until a version
 * of it replaces that.
 */
public final class TopicMatcher implements PublishMatcher, ReplayTargets {
  private static final long MILLIS_BETWEEN_DOUBTS = 1_000;

  private final CatalogueMirror mirror;
  private final Supplier<CompletableFuture<Void>> barrier;
  private final Notifications notifications;
  private final TopicMetrics metrics;
  private final WallClock clock;
  private final Deduplications deduplications = new Deduplications();
  private final AtomicLong nextDoubtNanos;

  /** The topics asked for last. */
  private final LinkedHashMap<TopicId, MatchedTopic> topics = new LinkedHashMap<>(16, 0.75f, true);

  public TopicMatcher(
      CatalogueMirror mirror,
      Supplier<CompletableFuture<Void>> barrier,
      Notifications notifications,
      TopicMetrics metrics,
      WallClock clock) {
    this.mirror = mirror;
    this.barrier = barrier;
    this.notifications = notifications;
    this.metrics = metrics;
    this.clock = clock;
    this.nextDoubtNanos = new AtomicLong(clock.monotonicNanos());
  }

  @Override
  public CompletableFuture<Void> caughtUp() {
    return barrier.get();
  }

  @Override
  public Matched match(Publish publish) {
    Optional<MatchedTopic> known = topic(publish.topic());
    if (known.isEmpty()) {
      return new Matched(publish, true);
    }
    MatchedTopic topic = known.get();
    Matching matching = new Matching(publish, StoredNotifications.message(publish.content()));
    TargetRoutes routes = topic.routes(mirror);
    String direct = matching.message.getDirectProtocol();
    MatchedTopic.Chosen chosen =
        direct.isEmpty()
            ? topic.matching(matching.message)
            : new MatchedTopic.Chosen(topic.ofProtocol(direct), Map.of());
    List<FanOutTarget> targets = new ArrayList<>(chosen.subscribers().size());
    boolean missing = false;
    for (TopicSubscriber subscriber : chosen.subscribers()) {
      TargetRoute route = routes.byIndex().get(subscriber.index());
      missing |= route.isMissing();
      matching.addTarget(subscriber, route, targets);
    }
    return new Matched(
        new Publish(
            publish.topic(),
            publish.id(),
            publish.group(),
            publish.deduplication(),
            publish.content(),
            topic.version(),
            targets),
        missing && mayDoubt(),
        () -> metrics.published(matching.fates(chosen.others())));
  }

  @Override
  public Optional<FanOutTarget> target(
      TopicId id, SubscriptionId subscription, TopicMessage message) {
    return topic(id)
        .flatMap(topic ->
            topic.matching(message).subscribers().stream()
                .filter(each -> each.subscription().equals(subscription))
                .findFirst()
                .map(each -> topic.routes(mirror).byIndex().get(each.index())))
        .map(TargetRoute::usual)
        .map(usual -> usual.with(way -> deduplication(message, message.getGroup(), way)));
  }

  @Override
  public boolean knows(SubscriptionId subscription, long revision) {
    return mirror
        .subscriptions()
        .find(subscription)
        .filter(known -> known.revision() >= revision)
        .isPresent();
  }

  private Deduplication deduplication(TopicMessage message, String group, TargetRoute.Way way) {
    UUID id = Notifications.queueMessageId(message, way.target().subscription());
    return deduplications.of(
        way.memory() == TargetRoute.Memory.OF_GROUP,
        group,
        message.getDeduplicationId(),
        new MessageId(id.getMostSignificantBits(), id.getLeastSignificantBits()));
  }

  /** The topic as of its newest version. */
  private Optional<MatchedTopic> topic(TopicId id) {
    Optional<TopicDefinition> definition = mirror.topic(id);
    if (definition.isEmpty()) {
      return Optional.empty();
    }
    TopicDefinition topic = definition.get();
    MatchedTopic before;
    synchronized (topics) {
      before = topics.get(id);
    }
    if (before != null && before.version() == topic.version()) {
      return Optional.of(before);
    }
    MatchedTopic made = MatchedTopic.of(topic, mirror.subscriptions().confirmed(id), before);
    synchronized (topics) {
      topics.put(id, made);
      if (topics.size() > Limits.MATCHED_TOPICS) {
        var _ = topics.pollFirstEntry();
      }
    }
    return Optional.of(made);
  }

  /** A queue that is not there may be in a newer mirror; that is not asked for each message. */
  private boolean mayDoubt() {
    long now = clock.monotonicNanos();
    long next = nextDoubtNanos.get();
    return now - next >= 0
        && nextDoubtNanos.compareAndSet(
            next, now + TimeUnit.MILLISECONDS.toNanos(MILLIS_BETWEEN_DOUBTS));
  }

  /** One message on its way to its targets; remembers what is the same for many of them. */
  private final class Matching {
    private record Shape(boolean raw, int maximumBytes) {}

    private final Publish publish;
    private final TopicMessage message;
    private final Map<Shape, Boolean> fitting = new LinkedHashMap<>();
    private int deadLettered;
    private int notDeadLettered;
    private int dropped;

    Matching(Publish publish, TopicMessage message) {
      this.publish = publish;
      this.message = message;
    }

    void addTarget(TopicSubscriber subscriber, TargetRoute route, List<FanOutTarget> targets) {
      TargetRoute.Way usual = route.usual();
      if (usual != null && fits(subscriber, route)) {
        targets.add(usual.with(this::deduplication));
        return;
      }
      TargetRoute.Way instead = route.instead();
      if (instead != null) {
        deadLettered++;
        targets.add(instead.with(this::deduplication));
      } else if (subscriber.deadLetter() != null) {
        notDeadLettered++;
      } else {
        dropped++;
      }
    }

    TopicMetrics.Fates fates(Map<FilteredOut, Integer> filteredOut) {
      return new TopicMetrics.Fates(filteredOut, deadLettered, notDeadLettered, dropped);
    }

    private boolean fits(TopicSubscriber subscriber, TargetRoute route) {
      return route.maximumBytes() == Integer.MAX_VALUE
          || fitting.computeIfAbsent(
              new Shape(subscriber.raw(), route.maximumBytes()),
              shape ->
                  notifications.fits(
                      message, subscriber.protocol(), shape.raw(), shape.maximumBytes()));
    }

    private Deduplication deduplication(TargetRoute.Way way) {
      return TopicMatcher.this.deduplication(message, publish.group(), way);
    }
  }
}
