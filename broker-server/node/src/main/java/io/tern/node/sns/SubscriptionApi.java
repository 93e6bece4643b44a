package io.tern.node.sns;

import static io.tern.node.sns.Refusals.check;
import static io.tern.node.sns.Refusals.good;
import static io.tern.node.sns.Refusals.require;

import io.tern.node.api.ApiTable;
import io.tern.node.api.Caller;
import io.tern.node.config.WallClock;
import io.tern.node.routing.OrphanedSubscriptions;
import io.tern.node.sns.CatalogueEdits.Edit;
import io.tern.proto.sns.GetSubscriptionAttributesRequest;
import io.tern.proto.sns.GetSubscriptionAttributesResult;
import io.tern.proto.sns.SetSubscriptionAttributesRequest;
import io.tern.proto.sns.SetSubscriptionAttributesResult;
import io.tern.proto.sns.SubscribeRequest;
import io.tern.proto.sns.SubscribeResult;
import io.tern.state.TopicDefinitionCommand.ReplaceSubscription;
import io.tern.state.TopicDefinitionCommand.Subscribe;
import io.tern.state.TopicName;
import io.tern.state.TopicReply.SubscriptionTaken;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.topics.envelope.SubscriptionArn;
import io.tern.topics.policy.ArnChecks;
import io.tern.topics.policy.AttributeCall;
import io.tern.topics.policy.Endpoints;
import io.tern.topics.policy.Protocol;
import io.tern.topics.policy.SubscriptionAttributes;
import io.tern.topics.policy.SubscriptionAttributes.Subject;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Subscribing, and the attributes of subscriptions. */
final class SubscriptionApi {
  private static final String PENDING = "pending confirmation";

  private final TopicDirectory directory;
  private final CatalogueEdits catalogue;
  private final Archives archives;
  private final Questions questions;
  private final WallClock clock;

  SubscriptionApi(
      TopicDirectory directory,
      CatalogueEdits catalogue,
      Archives archives,
      Questions questions,
      WallClock clock) {
    this.directory = directory;
    this.catalogue = catalogue;
    this.archives = archives;
    this.questions = questions;
    this.clock = clock;
  }

  void addTo(ApiTable table) {
    table.add("Subscribe", SubscribeRequest.class, this::subscribe);
    table.add(
        "GetSubscriptionAttributes",
        GetSubscriptionAttributesRequest.class,
        this::getSubscriptionAttributes);
    table.add(
        "SetSubscriptionAttributes",
        SetSubscriptionAttributesRequest.class,
        this::setSubscriptionAttributes);
  }

  CompletableFuture<SubscribeResult> subscribe(Caller caller, SubscribeRequest request) {
    require(request.hasTopicArn(), "topicArn");
    require(request.hasProtocol(), "protocol");
    TopicName name = good(ArnChecks.topic("TopicArn", request.getTopicArn(), caller.region()));
    return directory
        .freshTopic(caller, name)
        .thenCompose(topic -> {
          Protocol protocol = good(Endpoints.protocol(request.getProtocol()));
          String endpoint =
              good(
                  Endpoints.check(
                      name, protocol, request.hasEndpoint() ? request.getEndpoint() : null));
          checkDevice(caller, protocol, endpoint);
          Subject subject = new Subject(name, protocol, endpoint);
          SortedMap<String, String> attributes =
              new TreeMap<>(
                  good(SubscriptionAttributes.create(subject, request.getAttributesMap())));
          FilterChecks.normalise(AttributeCall.CREATE, attributes);
          Subscribe command =
              new Subscribe(
                  topic.topic(),
                  protocol.text(),
                  endpoint,
                  directory.account(),
                  alike(topic, protocol, endpoint, attributes),
                  protocol.confirmedAtOnce());
          return checkReplay(caller, AttributeCall.CREATE, topic, attributes)
              .thenCompose(_ -> catalogue.run(caller, command))
              .thenCompose(reply ->
                  subscribed(
                      caller,
                      topic,
                      (SubscriptionTaken) reply,
                      request.getReturnSubscriptionArn()));
        });
  }

  /** The owner of an endpoint is asked anew each time somebody subscribes it. */
  private CompletableFuture<SubscribeResult> subscribed(
      Caller caller, TopicDefinition topic, SubscriptionTaken taken, boolean returnArn) {
    String arn = directory.arn(topic, taken.subscription());
    SubscribeResult result =
        SubscribeResult.newBuilder()
            .setSubscriptionArn(taken.confirmed() || returnArn ? arn : PENDING)
            .build();
    return taken.confirmed()
        ? CompletableFuture.completedFuture(result)
        : directory
            .upToDate(caller)
            .thenApply(_ -> {
              questions.askToConfirm(topic, taken.subscription());
              return result;
            });
  }

  /** A device must be there; that of another region cannot be. */
  private void checkDevice(Caller caller, Protocol protocol, String endpoint) {
    if (protocol == Protocol.APPLICATION
        && directory
            .mirror()
            .resource(Platforms.endpoint(caller.region(), "Endpoint", endpoint))
            .isEmpty()) {
      throw Refusals.invalid(
          "Endpoint Reason: Endpoint does not exist for endpoint arn" + endpoint);
    }
  }

  /**
   * What Subscribe was given, in the subscription's own words where it says the same: for the
   * catalogue only the same text is the same policy.
   */
  private SortedMap<String, String> alike(
      TopicDefinition topic, Protocol protocol, String endpoint, SortedMap<String, String> given) {
    if (given.isEmpty()) {
      return given;
    }
    return directory
        .subscription(topic, protocol.text(), endpoint)
        .map(known -> {
          SortedMap<String, String> alike = new TreeMap<>(given);
          alike.replaceAll((attribute, value) -> {
            SortedMap<String, String> one = new TreeMap<>(Map.of(attribute, value));
            return SubscriptionAttributes.includes(known.attributes(), one)
                ? known.attributes().getOrDefault(attribute, value)
                : value;
          });
          return alike;
        })
        .orElse(given);
  }

  /** Only what is archived can be replayed. */
  private CompletableFuture<Void> checkReplay(
      Caller caller, AttributeCall call, TopicDefinition topic, Map<String, String> attributes) {
    return ReplayChecks.window(attributes)
        .map(window ->
            archives
                .beginningMillis(caller, topic)
                .thenAccept(beginning -> ReplayChecks.check(call, window, beginning)))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  CompletableFuture<GetSubscriptionAttributesResult> getSubscriptionAttributes(
      Caller caller, GetSubscriptionAttributesRequest request) {
    require(request.hasSubscriptionArn(), "subscriptionArn");
    SubscriptionArn arn = named(request.getSubscriptionArn());
    return directory
        .freshSubscription(caller, arn)
        .thenCompose(found ->
            found
                .map(subscription -> attributes(caller, subscription))
                .orElseGet(() -> CompletableFuture.completedFuture(attributesOfOrphan(arn))));
  }

  private CompletableFuture<GetSubscriptionAttributesResult> attributes(
      Caller caller, SubscriptionDefinition subscription) {
    TopicDefinition topic = directory.topicOf(subscription);
    CompletableFuture<Optional<String>> replay =
        subscription.attributes().containsKey(SubscriptionAttributes.REPLAY_POLICY)
            ? archives.replayStatus(caller, topic, subscription.subscription())
            : CompletableFuture.completedFuture(Optional.empty());
    return replay.thenApply(status -> attributes(topic, subscription, status));
  }

  /** A subscription outlives its topic for a moment; nothing is replayed to it any more. */
  private GetSubscriptionAttributesResult attributesOfOrphan(SubscriptionArn arn) {
    OrphanedSubscriptions.Orphan orphan =
        directory.orphan(arn, clock.wallMillis()).orElseThrow(Refusals::subscriptionMissing);
    return attributes(orphan.topic(), orphan.subscription(), Optional.empty());
  }

  private GetSubscriptionAttributesResult attributes(
      TopicDefinition topic, SubscriptionDefinition subscription, Optional<String> replayStatus) {
    return GetSubscriptionAttributesResult.newBuilder()
        .putAllAttributes(
            SubscriptionViews.view(
                topic,
                subscription,
                directory.arn(topic, subscription.subscription()),
                replayStatus))
        .build();
  }

  CompletableFuture<SetSubscriptionAttributesResult> setSubscriptionAttributes(
      Caller caller, SetSubscriptionAttributesRequest request) {
    require(request.hasSubscriptionArn(), "subscriptionArn");
    require(request.hasAttributeName(), "attributeName");
    SubscriptionArn arn = named(request.getSubscriptionArn());
    return catalogue.edit(
        caller,
        () ->
            directory
                .freshSubscription(caller, arn)
                .thenCompose(found -> {
                  SubscriptionDefinition subscription =
                      found.orElseThrow(Refusals::subscriptionMissing);
                  return change(
                      caller,
                      subscription,
                      request.getAttributeName(),
                      request.getAttributeValue());
                }));
  }

  private CompletableFuture<Edit<SetSubscriptionAttributesResult>> change(
      Caller caller, SubscriptionDefinition subscription, String name, String value) {
    TopicDefinition topic = directory.topicOf(subscription);
    Subject subject =
        new Subject(
            topic.name(),
            Protocol.of(subscription.protocol()).orElseThrow(),
            subscription.endpoint());
    String checked = good(SubscriptionAttributes.set(subject, name, value));
    SortedMap<String, String> attributes = new TreeMap<>(subscription.attributes());
    attributes.put(name, checked);
    FilterChecks.normalise(AttributeCall.SET, attributes);
    attributes.values().removeIf(String::isEmpty);
    Map<String, String> replay =
        name.equals(SubscriptionAttributes.REPLAY_POLICY) ? attributes : Map.of();
    return checkReplay(caller, AttributeCall.SET, topic, replay)
        .thenApply(_ ->
            new Edit<>(
                new ReplaceSubscription(
                    subscription.subscription(), subscription.revision(), attributes),
                SetSubscriptionAttributesResult.getDefaultInstance()));
  }

  static SubscriptionArn named(String arn) {
    check(ArnChecks.shape("SubscriptionArn", arn));
    return good(ArnChecks.subscription("SubscriptionArn", arn));
  }
}
