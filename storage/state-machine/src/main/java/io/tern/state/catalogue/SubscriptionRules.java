package io.tern.state.catalogue;

import io.tern.state.Change;
import io.tern.state.Decision;
import io.tern.state.QueueId;
import io.tern.state.Rejections;
import io.tern.state.Reply;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicDefinitionChange.SubscriptionUndefined;
import io.tern.state.TopicDefinitionCommand.ConfirmSubscription;
import io.tern.state.TopicDefinitionCommand.ReplaceSubscription;
import io.tern.state.TopicDefinitionCommand.Subscribe;
import io.tern.state.TopicDefinitionCommand.Unsubscribe;
import io.tern.state.limits.ErrorCode;
import io.tern.state.limits.Limits;
import io.tern.state.limits.SubscriptionAttributes;
import io.tern.state.limits.TopicAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of definitions of subscriptions; called by the catalogue's machine. Only
 * what changes a confirmed one concerns the topic's home and makes the topic another version.
 */
final class SubscriptionRules {
  private SubscriptionRules() {}

  static Decision subscribe(CatalogueView state, Subscribe command) {
    TopicDefinition topic = state.topics().topic(command.topic());
    if (topic == null) {
      return Rejections.of(ErrorCode.TOPIC_NOT_FOUND);
    }
    SubscriptionDefinition existing =
        state.topics().subscription(command.topic(), command.protocol(), command.endpoint());
    return existing == null || existing.state() == SubscriptionState.DELETED
        ? subscribeNew(state, topic, existing, command)
        : repeat(state, topic, existing, command);
  }

  /** The endpoint is subscribed, or asked to be: the attributes given must hold. */
  private static Decision repeat(
      CatalogueView state,
      TopicDefinition topic,
      SubscriptionDefinition existing,
      Subscribe command) {
    if (!SubscriptionAttributes.includes(existing.attributes(), command.attributes())) {
      return invalid("Attributes Reason: Subscription already exists with different attributes");
    }
    return command.confirmed() && existing.state() == SubscriptionState.PENDING
        ? confirm(state, topic, existing, true, false)
        : HandOver.confirmed(state, topic, existing);
  }

  /** A deleted one of the same endpoint gives way: it must not be restored beside the new one. */
  private static Decision subscribeNew(
      CatalogueView state,
      TopicDefinition topic,
      @Nullable SubscriptionDefinition deleted,
      Subscribe command) {
    SortedMap<String, String> attributes = SubscriptionAttributes.stored(command.attributes());
    long number = state.nextQueue();
    SubscriptionDefinition pending =
        new SubscriptionDefinition(
            new SubscriptionId(number),
            topic.topic(),
            command.protocol(),
            command.endpoint(),
            command.owner(),
            SubscriptionState.PENDING,
            false,
            false,
            command.confirmed() ? 0 : 1, // Confirming counts.
            attributes,
            null,
            state.clock().queueMillis());
    Reply refusal = refusalOfOneMore(state, topic, pending, command.confirmed());
    if (refusal != null) {
      return Decision.reply(refusal);
    }
    HandOver handOver = new HandOver(state, topic);
    if (deleted != null) {
      handOver.undefine(deleted);
    }
    if (!command.confirmed()) {
      handOver.define(pending);
      return handOver.taken(pending);
    }
    SubscriptionDefinition confirmed =
        pending.confirmed(
            true, false, deliveryQueue(pending, number + 1), state.clock().queueMillis());
    return confirm(handOver, topic, confirmed);
  }

  static Decision confirm(CatalogueView state, ConfirmSubscription command) {
    SubscriptionDefinition subscription = state.topics().subscription(command.subscription());
    TopicDefinition topic =
        subscription == null ? null : state.topics().topic(subscription.topic());
    if (subscription == null || topic == null) {
      return invalid("Token");
    }
    return switch (subscription.state()) {
      case CONFIRMED -> HandOver.confirmed(state, topic, subscription);
      case PENDING ->
          confirm(
              state,
              topic,
              subscription,
              command.authenticated(),
              command.authenticated() && command.protectedUnsubscribe());
      case DELETED -> restore(state, topic, subscription);
    };
  }

  private static Decision restore(
      CatalogueView state, TopicDefinition topic, SubscriptionDefinition subscription) {
    Reply refusal = refusalOfOneMore(state, topic, subscription, true);
    return refusal == null
        ? confirm(
            state,
            topic,
            subscription,
            subscription.authenticated(),
            subscription.protectedUnsubscribe())
        : Decision.reply(refusal);
  }

  private static Decision confirm(
      CatalogueView state,
      TopicDefinition topic,
      SubscriptionDefinition subscription,
      boolean authenticated,
      boolean protectedUnsubscribe) {
    SubscriptionDefinition confirmed =
        subscription.confirmed(
            authenticated,
            protectedUnsubscribe,
            deliveryQueue(subscription, state.nextQueue()),
            state.clock().queueMillis());
    return confirm(new HandOver(state, topic), topic, confirmed);
  }

  /** What it needs is there before a publish can match it. */
  private static Decision confirm(
      HandOver handOver, TopicDefinition topic, SubscriptionDefinition confirmed) {
    handOver.define(confirmed);
    handOver.installQueue(confirmed);
    handOver.replay(null, confirmed);
    handOver.define(topic.next());
    return handOver.taken(confirmed);
  }

  static Decision unsubscribe(CatalogueView state, Unsubscribe command) {
    SubscriptionDefinition subscription = state.topics().subscription(command.subscription());
    TopicDefinition topic =
        subscription == null ? null : state.topics().topic(subscription.topic());
    if (subscription == null
        || topic == null
        || (subscription.state() == SubscriptionState.DELETED && command.restorable())) {
      return Decision.reply(new Reply.Done());
    }
    HandOver handOver = new HandOver(state, topic);
    SubscriptionDefinition deleted = subscription.deleted(state.clock().queueMillis());
    if (command.restorable() && subscription.state() == SubscriptionState.CONFIRMED) {
      handOver.define(deleted);
    } else {
      handOver.undefine(subscription);
    }
    if (subscription.state() == SubscriptionState.CONFIRMED) {
      handOver.define(topic.next());
      handOver.replay(subscription, null);
      handOver.removeQueue(subscription);
    }
    return handOver.taken(deleted);
  }

  static Decision replace(CatalogueView state, ReplaceSubscription command) {
    SubscriptionDefinition subscription = state.topics().subscription(command.subscription());
    TopicDefinition topic =
        subscription == null ? null : state.topics().topic(subscription.topic());
    if (subscription == null
        || topic == null
        || subscription.state() == SubscriptionState.DELETED) {
      return Rejections.of(ErrorCode.SUBSCRIPTION_NOT_FOUND);
    }
    if (subscription.revision() != command.expectedRevision()) {
      return Decision.reply(new Reply.Outdated());
    }
    SubscriptionDefinition next =
        subscription.with(SubscriptionAttributes.stored(command.attributes()));
    if (next.attributes().equals(subscription.attributes())) {
      return HandOver.confirmed(state, topic, subscription);
    }
    Reply refusal =
        SubscriptionAttributes.hasFilterPolicy(subscription.attributes())
            ? null
            : refusalOfFilter(state, next);
    return refusal == null ? change(state, topic, subscription, next) : Decision.reply(refusal);
  }

  private static Decision change(
      CatalogueView state,
      TopicDefinition topic,
      SubscriptionDefinition subscription,
      SubscriptionDefinition next) {
    HandOver handOver = new HandOver(state, topic);
    handOver.define(next);
    if (next.state() == SubscriptionState.CONFIRMED) {
      handOver.replay(subscription, next);
      handOver.define(topic.next());
    }
    return handOver.taken(next);
  }

  /** Forgets a bounded number that were not confirmed in time, or not restored. */
  static List<Change> forget(CatalogueView state) {
    List<Change> changes = new ArrayList<>();
    long old = state.clock().queueMillis() - Limits.UNCONFIRMED_SUBSCRIPTION_MILLIS;
    for (SubscriptionDefinition subscription :
        state.topics().unconfirmedUpTo(old, Limits.TICK_SUBSCRIPTIONS)) {
      changes.add(new SubscriptionUndefined(subscription.subscription(), subscription.topic()));
    }
    return changes;
  }

  /** Queue time when the next one is to be forgotten, or {@link Long#MAX_VALUE}. */
  static long nextToForgetMillis(TopicsView topics) {
    List<SubscriptionDefinition> oldest = topics.unconfirmedUpTo(Long.MAX_VALUE, 1);
    return oldest.isEmpty()
        ? Long.MAX_VALUE
        : oldest.getFirst().changedMillis() + Limits.UNCONFIRMED_SUBSCRIPTION_MILLIS;
  }

  /** A queue in the home for what is not delivered into a caller's queue. */
  private static @Nullable QueueId deliveryQueue(SubscriptionDefinition subscription, long number) {
    return subscription.protocol().equals(SubscriptionAttributes.SQS) ? null : new QueueId(number);
  }

  private static @Nullable Reply refusalOfOneMore(
      CatalogueView state,
      TopicDefinition topic,
      SubscriptionDefinition subscription,
      boolean confirmed) {
    int most =
        TopicAttributes.isFifo(topic.attributes())
            ? Limits.FIFO_TOPIC_SUBSCRIPTIONS
            : Limits.TOPIC_SUBSCRIPTIONS;
    boolean full =
        state.topics().counts(topic.topic()).all() >= most
            || state.topics().subscriptions() >= Limits.SUBSCRIPTIONS
            || hasAllStreams(state, subscription)
            || (!confirmed
                && state.topics().counts(subscription.owner()).pending()
                    >= Limits.PENDING_SUBSCRIPTIONS);
    return full
        ? new Reply.Rejected(ErrorCode.SUBSCRIPTION_LIMIT_EXCEEDED, "")
        : refusalOfFilter(state, subscription);
  }

  /** Counted when asked: streams are subscribed rarely, and each owner may have few. */
  private static boolean hasAllStreams(CatalogueView state, SubscriptionDefinition subscription) {
    return subscription.protocol().equals(SubscriptionAttributes.FIREHOSE)
        && state.topics().subscriptions(subscription.topic()).stream()
                .filter(other -> other.protocol().equals(SubscriptionAttributes.FIREHOSE))
                .filter(other -> other.state() != SubscriptionState.DELETED)
                .filter(other -> other.owner().equals(subscription.owner()))
                .limit(Limits.TOPIC_STREAM_SUBSCRIPTIONS)
                .count()
            == Limits.TOPIC_STREAM_SUBSCRIPTIONS;
  }

  private static @Nullable Reply refusalOfFilter(
      CatalogueView state, SubscriptionDefinition subscription) {
    boolean full =
        SubscriptionAttributes.hasFilterPolicy(subscription.attributes())
            && (state.topics().counts(subscription.topic()).filtered()
                    >= Limits.TOPIC_FILTER_POLICIES
                || state.topics().counts(subscription.owner()).filtered()
                    >= Limits.ACCOUNT_FILTER_POLICIES);
    return full ? new Reply.Rejected(ErrorCode.FILTER_POLICY_LIMIT_EXCEEDED, "") : null;
  }

  private static Decision invalid(String reason) {
    return Rejections.of(ErrorCode.SNS_INVALID_PARAMETER, "Invalid parameter: " + reason);
  }
}
