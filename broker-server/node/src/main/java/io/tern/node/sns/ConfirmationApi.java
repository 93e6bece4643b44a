package io.tern.node.sns;

import static io.tern.node.sns.Refusals.good;
import static io.tern.node.sns.Refusals.invalid;
import static io.tern.node.sns.Refusals.plain;
import static io.tern.node.sns.Refusals.require;

import io.tern.node.api.ApiTable;
import io.tern.node.api.Caller;
import io.tern.node.config.WallClock;
import io.tern.proto.sns.ConfirmSubscriptionRequest;
import io.tern.proto.sns.ConfirmSubscriptionResult;
import io.tern.proto.sns.UnsubscribeRequest;
import io.tern.proto.sns.UnsubscribeResult;
import io.tern.protocols.TernException;
import io.tern.state.SubscriptionId;
import io.tern.state.TopicDefinitionCommand.ConfirmSubscription;
import io.tern.state.TopicDefinitionCommand.Unsubscribe;
import io.tern.state.TopicName;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.state.limits.ErrorCode;
import io.tern.topics.envelope.SubscriptionArn;
import io.tern.topics.envelope.TopicArn;
import io.tern.topics.policy.ArnChecks;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Confirming and ending subscriptions: what links in documents and mails lead to, too. */
final class ConfirmationApi {
  private final TopicDirectory directory;
  private final CatalogueEdits catalogue;
  private final ConfirmationTokens tokens;
  private final Questions questions;
  private final WallClock clock;

  ConfirmationApi(
      TopicDirectory directory,
      CatalogueEdits catalogue,
      ConfirmationTokens tokens,
      Questions questions,
      WallClock clock) {
    this.directory = directory;
    this.catalogue = catalogue;
    this.tokens = tokens;
    this.questions = questions;
    this.clock = clock;
  }

  void addTo(ApiTable table) {
    table.add("ConfirmSubscription", ConfirmSubscriptionRequest.class, this::confirmSubscription);
    table.add("Unsubscribe", UnsubscribeRequest.class, this::unsubscribe);
  }

  /** The token says which subscription; of the topic's ARN only region and account count. */
  CompletableFuture<ConfirmSubscriptionResult> confirmSubscription(
      Caller caller, ConfirmSubscriptionRequest request) {
    require(request.hasTopicArn(), "topicArn");
    require(request.hasToken(), "token");
    Optional<TopicName> name =
        TopicArn.parse(request.getTopicArn())
            .filter(topic -> !caller.signed() || topic.region().equals(caller.region()))
            .filter(topic -> topic.account().equals(directory.account()));
    if (name.isEmpty()) {
      throw invalid("Topic");
    }
    if (!ConfirmationTokens.isToken(request.getToken())) {
      throw plain("Invalid token");
    }
    SubscriptionId subscription =
        tokens
            .open(request.getToken(), clock.wallMillis())
            .orElseThrow(() -> invalid("Token"))
            .subscription();
    boolean isProtected =
        caller.signed() && request.getAuthenticateOnUnsubscribe().equalsIgnoreCase("true");
    return catalogue
        .run(caller, new ConfirmSubscription(subscription, isProtected, isProtected))
        .thenCompose(_ -> directory.upToDate(caller))
        .thenApply(_ ->
            directory
                .mirror()
                .subscriptions()
                .find(subscription)
                .flatMap(found -> directory.topicIfAny(found))
                .map(topic ->
                    ConfirmSubscriptionResult.newBuilder()
                        .setSubscriptionArn(directory.arn(topic, subscription))
                        .build())
                .orElseThrow(() -> invalid("Token")));
  }

  CompletableFuture<UnsubscribeResult> unsubscribe(Caller caller, UnsubscribeRequest request) {
    SubscriptionArn arn =
        good(
            ArnChecks.subscription(
                "SubscriptionArn",
                request.hasSubscriptionArn() ? request.getSubscriptionArn() : null));
    return directory
        .freshSubscription(caller, arn)
        .thenCompose(found ->
            found
                .map(subscription -> end(caller, subscription))
                .orElseGet(() ->
                    CompletableFuture.completedFuture(UnsubscribeResult.getDefaultInstance())));
  }

  /** Whoever followed a link may not be the owner, who is asked and may take it back. */
  private CompletableFuture<UnsubscribeResult> end(
      Caller caller, SubscriptionDefinition subscription) {
    if (!caller.signed() && subscription.protectedUnsubscribe()) {
      throw new TernException(ErrorCode.AUTHORIZATION_ERROR);
    }
    TopicDefinition topic = directory.topicOf(subscription);
    return catalogue
        .run(caller, new Unsubscribe(subscription.subscription(), !caller.signed()))
        .thenApply(_ -> {
          if (!caller.signed()) {
            questions.askToRestore(topic, subscription);
          }
          return UnsubscribeResult.getDefaultInstance();
        });
  }
}
