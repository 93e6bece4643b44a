package io.tern.node.sns;

import static io.tern.node.sns.Refusals.good;
import static io.tern.node.sns.Refusals.require;

import io.tern.node.api.ApiTable;
import io.tern.node.api.Caller;
import io.tern.proto.sns.ListSubscriptionsByTopicRequest;
import io.tern.proto.sns.ListSubscriptionsByTopicResult;
import io.tern.proto.sns.ListSubscriptionsRequest;
import io.tern.proto.sns.ListSubscriptionsResult;
import io.tern.proto.sns.Subscription;
import io.tern.state.TopicName;
import io.tern.state.catalogue.SubscriptionDefinition;
import io.tern.state.catalogue.SubscriptionState;
import io.tern.state.catalogue.TopicDefinition;
import io.tern.topics.envelope.TopicArn;
import io.tern.topics.policy.ArnChecks;
import io.tern.topics.policy.Endpoints;
import java.util.concurrent.CompletableFuture;

/** The operations that list subscriptions, page by page. */
final class SubscriptionListApi {
  private static final String PENDING = "PendingConfirmation";

  private final TopicDirectory directory;
  private final Pages pages;

  SubscriptionListApi(TopicDirectory directory, Pages pages) {
    this.directory = directory;
    this.pages = pages;
  }

  void addTo(ApiTable table) {
    table.add("ListSubscriptions", ListSubscriptionsRequest.class, this::listSubscriptions);
    table.add(
        "ListSubscriptionsByTopic",
        ListSubscriptionsByTopicRequest.class,
        this::listSubscriptionsByTopic);
  }

  CompletableFuture<ListSubscriptionsResult> listSubscriptions(
      Caller caller, ListSubscriptionsRequest request) {
    long after = number(pages.after(request.getNextToken()));
    return directory
        .upToDate(caller)
        .thenApply(_ -> {
          ListSubscriptionsResult.Builder result = ListSubscriptionsResult.newBuilder();
          pages.show(
              directory.subscriptions(caller.region(), after, Pages.lookFor()),
              SubscriptionListApi::key,
              found ->
                  directory
                      .topicIfAny(found)
                      .ifPresent(topic -> result.addSubscriptions(shown(topic, found))),
              result::setNextToken);
          return result.build();
        });
  }

  CompletableFuture<ListSubscriptionsByTopicResult> listSubscriptionsByTopic(
      Caller caller, ListSubscriptionsByTopicRequest request) {
    require(request.hasTopicArn(), "topicArn");
    TopicName name = good(ArnChecks.topic("TopicArn", request.getTopicArn(), caller.region()));
    long after = number(pages.after(request.getNextToken()));
    return directory
        .freshTopic(caller, name)
        .thenApply(topic -> {
          ListSubscriptionsByTopicResult.Builder result =
              ListSubscriptionsByTopicResult.newBuilder();
          pages.show(
              directory.mirror().subscriptions().list(topic.topic(), after, Pages.lookFor()),
              SubscriptionListApi::key,
              found -> result.addSubscriptions(shown(topic, found)),
              result::setNextToken);
          return result.build();
        });
  }

  private Subscription shown(TopicDefinition topic, SubscriptionDefinition found) {
    boolean pending = found.state() == SubscriptionState.PENDING;
    return Subscription.newBuilder()
        .setSubscriptionArn(pending ? PENDING : directory.arn(topic, found.subscription()))
        .setOwner(found.owner())
        .setProtocol(found.protocol())
        .setEndpoint(Endpoints.shown(found.endpoint()))
        .setTopicArn(TopicArn.of(topic.name()))
        .build();
  }

  private static String key(SubscriptionDefinition subscription) {
    return Long.toString(subscription.subscription().number());
  }

  private static long number(String after) {
    try {
      return after.isEmpty() ? 0 : Long.parseLong(after);
    } catch (NumberFormatException ofAnotherList) {
      throw Refusals.invalid("NextToken");
    }
  }
}
