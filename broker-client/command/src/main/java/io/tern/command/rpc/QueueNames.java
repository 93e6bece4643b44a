package io.tern.command.rpc;

import io.grpc.StatusRuntimeException;
import io.tern.command.output.CommandFailure;
import io.tern.command.values.CommandLimits;
import io.tern.proto.sqs.GetQueueAttributesRequest;
import io.tern.proto.sqs.GetQueueUrlRequest;
import io.tern.proto.sqs.ListQueuesRequest;
import io.tern.proto.sqs.ListQueuesResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From the names that people type to URLs and ARNs of queues, and back. For all commands. */
public final class QueueNames {
  private QueueNames() {}

  /**
   * The URL of a queue.
   *
   * @throws CommandFailure when there is no such queue
   */
  public static String url(Session session, String name) {
    return find(session, name)
        .orElseThrow(() -> CommandFailure.refused("queue \"" + name + "\" does not exist"));
  }

  /** The URL of a queue, if there is one of that name. */
  public static Optional<String> find(Session session, String name) {
    try {
      return Optional.of(
          session
              .sqs()
              .getQueueUrl(GetQueueUrlRequest.newBuilder().setQueueName(name).build())
              .getQueueUrl());
    } catch (StatusRuntimeException refusal) {
      if (Failures.isMissing(refusal)) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  /** All attributes of a queue, by the names of the API. */
  public static Map<String, String> attributes(Session session, String url) {
    return session
        .sqs()
        .getQueueAttributes(
            GetQueueAttributesRequest.newBuilder()
                .setQueueUrl(url)
                .addAttributeNames("All")
                .build())
        .getAttributesMap();
  }

  /** The ARN of a queue; there must be one. */
  public static String arn(Session session, String name) {
    GetQueueAttributesRequest request =
        GetQueueAttributesRequest.newBuilder()
            .setQueueUrl(url(session, name))
            .addAttributeNames("QueueArn")
            .build();
    return session.sqs().getQueueAttributes(request).getAttributesOrThrow("QueueArn");
  }

  /** URLs in the order of the API: at most so many and one more, which says that there are more. */
  public static List<String> urls(Session session, String prefix, int most) {
    List<String> urls = new ArrayList<>();
    String token = "";
    do {
      ListQueuesRequest.Builder request =
          ListQueuesRequest.newBuilder()
              .setMaxResults(Math.clamp(most + 1L - urls.size(), 1, CommandLimits.PAGE));
      if (!prefix.isEmpty()) {
        request.setQueueNamePrefix(prefix);
      }
      if (!token.isEmpty()) {
        request.setNextToken(token);
      }
      ListQueuesResult page = session.sqs().listQueues(request.build());
      urls.addAll(page.getQueueUrlsList());
      token = page.getNextToken();
    } while (!token.isEmpty() && urls.size() <= most);
    return urls;
  }

  /** The name that a URL or an ARN ends with. */
  public static String of(String urlOrArn) {
    int end = Math.max(urlOrArn.lastIndexOf('/'), urlOrArn.lastIndexOf(':'));
    return urlOrArn.substring(end + 1);
  }
}
