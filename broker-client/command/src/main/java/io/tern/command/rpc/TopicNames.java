package io.tern.command.rpc;

import io.grpc.StatusRuntimeException;
import io.tern.command.output.CommandFailure;
import io.tern.proto.sns.GetTopicAttributesRequest;
import io.tern.proto.sns.ListSubscriptionsByTopicRequest;
import io.tern.proto.sns.ListSubscriptionsByTopicResult;
import io.tern.proto.sns.ListSubscriptionsRequest;
import io.tern.proto.sns.ListSubscriptionsResult;
import io.tern.proto.sns.ListTopicsRequest;
import io.tern.proto.sns.ListTopicsResult;
import io.tern.proto.sns.Subscription;
import io.tern.proto.sns.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From the names that people type to ARNs of topics, and lists of them. For all commands. */
public final class TopicNames {
  private TopicNames() {}

  /**
   * The ARN of a topic.
   *
   * @throws CommandFailure when there is no such topic
   */
  public static String arn(Session session, String name) {
    return find(session, name)
        .orElseThrow(() -> CommandFailure.refused("topic \"" + name + "\" does not exist"));
  }

  /** The ARN of a topic, if there is one of that name; an ARN may be given as well. */
  public static Optional<String> find(Session session, String name) {
    // The API has no operation for this: every ARN of a cluster begins as any other does.
    Optional<String> arn =
        name.startsWith("arn:")
            ? Optional.of(name)
            : session
                .sns()
                .listTopics(ListTopicsRequest.getDefaultInstance())
                .getTopicsList()
                .stream()
                .findFirst()
                .map(topic -> sibling(topic.getTopicArn(), name));
    return arn.filter(each -> exists(session, each));
  }

  private static boolean exists(Session session, String arn) {
    try {
      session
          .sns()
          .getTopicAttributes(GetTopicAttributesRequest.newBuilder().setTopicArn(arn).build());
      return true;
    } catch (StatusRuntimeException refusal) {
      if (Failures.isMissing(refusal)) {
        return false;
      }
      throw refusal;
    }
  }

  static String sibling(String arn, String name) {
    return arn.substring(0, arn.lastIndexOf(':') + 1) + name;
  }

  /** The name that the ARN of a topic ends with. */
  public static String of(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  /** ARNs of topics: at most so many and one page more, which says that there are more. */
  public static List<String> arns(Session session, String prefix, int most) {
    List<String> arns = new ArrayList<>();
    String token = "";
    do {
      ListTopicsResult page = session.sns().listTopics(topicsAfter(token));
      page.getTopicsList().stream()
          .map(Topic::getTopicArn)
          .filter(arn -> of(arn).startsWith(prefix))
          .forEach(arns::add);
      token = page.getNextToken();
    } while (!token.isEmpty() && arns.size() <= most);
    return arns;
  }

  /** Subscriptions of one topic: at most so many and one page more. */
  public static List<Subscription> subscriptionsOf(Session session, String arn, int most) {
    List<Subscription> found = new ArrayList<>();
    String token = "";
    do {
      ListSubscriptionsByTopicResult page =
          session.sns().listSubscriptionsByTopic(subscriptionsAfter(arn, token));
      found.addAll(page.getSubscriptionsList());
      token = page.getNextToken();
    } while (!token.isEmpty() && found.size() <= most);
    return found;
  }

  /** Subscriptions of all topics: at most so many and one page more. */
  public static List<Subscription> subscriptions(Session session, int most) {
    List<Subscription> found = new ArrayList<>();
    String token = "";
    do {
      ListSubscriptionsResult page = session.sns().listSubscriptions(subscriptionsAfter(token));
      found.addAll(page.getSubscriptionsList());
      token = page.getNextToken();
    } while (!token.isEmpty() && found.size() <= most);
    return found;
  }

  // An empty token is not an absent one.

  private static ListTopicsRequest topicsAfter(String token) {
    ListTopicsRequest.Builder request = ListTopicsRequest.newBuilder();
    return token.isEmpty() ? request.build() : request.setNextToken(token).build();
  }

  private static ListSubscriptionsRequest subscriptionsAfter(String token) {
    ListSubscriptionsRequest.Builder request = ListSubscriptionsRequest.newBuilder();
    return token.isEmpty() ? request.build() : request.setNextToken(token).build();
  }

  private static ListSubscriptionsByTopicRequest subscriptionsAfter(String arn, String token) {
    ListSubscriptionsByTopicRequest.Builder request =
        ListSubscriptionsByTopicRequest.newBuilder().setTopicArn(arn);
    return token.isEmpty() ? request.build() : request.setNextToken(token).build();
  }
}
