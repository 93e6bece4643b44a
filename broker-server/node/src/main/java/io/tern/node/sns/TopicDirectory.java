package io.tern.node.sns;

import io.tern.node.api.Caller;
import io.tern.node.routing.CatalogueMirror;
import io.tern.node.routing.OrphanedSubscriptions;
import io.tern.protocols.TernException;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicName;
import io.tern.state.catalogue.ResourceDefinition;
import io.tern.state.catalogue.ResourceKey;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.SubscriptionState;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.state.limits.Limits;
import io.tern.topics.envelope.SubscriptionArn;
import io.tern.topics.envelope.SubscriptionArns;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Finds what a request means. What this node's mirror lacks may have been made on another node a
 * moment ago, so a miss passes a barrier and looks again.
 */
final class TopicDirectory {
  private final CatalogueMirror mirror;
  private final Supplier<CompletableFuture<Void>> barrier;
  private final SubscriptionArns arns;
  private final String account;

  /**
   * @param account the one that owns what callers make
   */
  TopicDirectory(
      CatalogueMirror mirror,
      Supplier<CompletableFuture<Void>> barrier,
      SubscriptionArns arns,
      String account) {
    this.mirror = mirror;
    this.barrier = barrier;
    this.arns = arns;
    this.account = account;
  }

  String account() {
    return account;
  }

  CatalogueMirror mirror() {
    return mirror;
  }

  /** Completed when the mirror has everything acknowledged before now on any node. */
  CompletableFuture<Void> upToDate(Caller caller) {
    return caller.bringHome(barrier.get().orTimeout(Limits.CALL_MILLIS, TimeUnit.MILLISECONDS));
  }

  /** The account's topics of the region by name, without those that only we know. */
  List<TopicDefinition> topics(String region, String after, int most) {
    return mirror.topics().list(region, account, after, most + DirectTopics.MOST).stream()
        .filter(topic -> !DirectTopics.isOne(topic.name()))
        .limit(most)
        .toList();
  }

  /** The topic's definition; fails as the caller says where there is none. */
  CompletableFuture<TopicDefinition> topicOr(
      Caller caller, TopicName name, Supplier<TernException> missing) {
    Optional<TopicDefinition> known = mirror.topic(name);
    return known.isPresent()
        ? CompletableFuture.completedFuture(known.get())
        : upToDate(caller).thenApply(_ -> mirror.topic(name).orElseThrow(missing));
  }

  /**
   * The same, failing with NotFound and certain to see every change acknowledged before now on any
   * node.
   */
  CompletableFuture<TopicDefinition> freshTopic(Caller caller, TopicName name) {
    return upToDate(caller).thenApply(_ -> mirror.topic(name).orElseThrow(Refusals::topicMissing));
  }

  /** The same, empty where there is none. */
  CompletableFuture<Optional<TopicDefinition>> freshTopicIfAny(Caller caller, TopicName name) {
    return upToDate(caller).thenApply(_ -> mirror.topic(name));
  }

  /** The subscription's newest definition; empty where there is none, or it was removed. */
  CompletableFuture<Optional<SubscriptionDefinition>> freshSubscription(
      Caller caller, SubscriptionArn arn) {
    return upToDate(caller)
        .thenApply(_ ->
            mirror
                .subscription(arn.id())
                .filter(found -> found.state() != SubscriptionState.DELETED)
                .filter(found -> isOf(found, arn)));
  }

  /** The subscription that its topic's deletion has just ended; empty for every other. */
  Optional<OrphanedSubscriptions.Orphan> orphan(SubscriptionArn arn, long nowMillis) {
    return mirror
        .subscriptions()
        .orphans()
        .find(arn.id(), nowMillis)
        .filter(orphan -> orphan.topic().name().equals(arn.topic()));
  }

  /** What the account subscribed in the region, by number, without what only we know. */
  List<SubscriptionDefinition> subscriptions(String region, long after, int most) {
    return mirror
        .subscriptions()
        .list(region, account, after, most + DirectTopics.MOST_SUBSCRIPTIONS)
        .stream()
        .filter(each -> topicIfAny(each).filter(t -> DirectTopics.isOne(t.name())).isEmpty())
        .limit(most)
        .toList();
  }

  /** The topic's subscription of that endpoint, if there is one. */
  Optional<SubscriptionDefinition> subscription(
      TopicDefinition topic, String protocol, String endpoint) {
    return mirror.subscriptions().list(topic.topic(), 0, Integer.MAX_VALUE).stream()
        .filter(each -> each.protocol().equals(protocol) && each.endpoint().equals(endpoint))
        .findFirst();
  }

  Optional<TopicDefinition> topicIfAny(SubscriptionDefinition subscription) {
    return mirror.topic(subscription.topic());
  }

  /** The topic of a subscription; fails with NotFound when it went meanwhile. */
  TopicDefinition topicOf(SubscriptionDefinition subscription) {
    return mirror.topic(subscription.topic()).orElseThrow(Refusals::subscriptionMissing);
  }

  private boolean isOf(SubscriptionDefinition subscription, SubscriptionArn arn) {
    return mirror
        .topic(subscription.topic())
        .filter(found -> found.name().equals(arn.topic()))
        .isPresent();
  }

  /** The resource's newest definition; fails as the caller says where there is none. */
  CompletableFuture<ResourceDefinition> freshResource(
      Caller caller, ResourceKey key, Supplier<TernException> missing) {
    return upToDate(caller).thenApply(_ -> mirror.resource(key).orElseThrow(missing));
  }

  String arn(TopicDefinition topic, SubscriptionId subscription) {
    return arns.of(topic.name(), subscription);
  }
}
