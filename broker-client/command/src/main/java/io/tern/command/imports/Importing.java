package io.tern.command.imports;

import io.tern.command.output.Answer;
import io.tern.command.output.CommandFailure;
import io.tern.command.output.Table;
import io.tern.command.output.Value;
import io.tern.command.rpc.QueueNames;
import io.tern.command.rpc.Session;
import io.tern.command.rpc.TopicNames;
import io.tern.command.values.CommandLimits;
import io.tern.command.values.RedrivePolicy;
import io.tern.proto.sns.CreateTopicRequest;
import io.tern.proto.sns.SubscribeRequest;
import io.tern.proto.sqs.CreateQueueRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Carries a {@link Plan} out on a cluster, or says what that would do. For {@link ImportCommand}.
 */
final class Importing {
  /** What became of one thing of the plan. */
  private enum Outcome {
    CREATED,
    EXISTS,
    WOULD_CREATE;

    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private record Step(String kind, String name, Outcome outcome) {}

  private final Session session;
  private final Plan plan;
  private final boolean dryRun;
  private final List<Step> steps = new ArrayList<>();

  Importing(Session session, Plan plan, boolean dryRun) {
    this.session = session;
    this.plan = plan;
    this.dryRun = dryRun;
  }

  /**
   * Makes what is missing, dead-letter queues first.
   *
   * @throws CommandFailure before anything is made when a queue is nowhere that others need
   */
  Answer run() {
    List<Plan.Queue> queues = inOrder();
    for (String outside : plan.queuesOutside()) {
      if (QueueNames.find(session, outside).isEmpty()) {
        throw CommandFailure.refused(
            "dead-letter queue \"" + outside + "\" is neither in the file nor in the cluster");
      }
    }
    queues.forEach(this::queue);
    plan.topics().forEach(this::topic);
    plan.subscriptions().forEach(this::subscription);
    return answer();
  }

  private List<Plan.Queue> inOrder() {
    try {
      return plan.queuesInOrder();
    } catch (IllegalArgumentException circle) {
      throw CommandFailure.refused(String.valueOf(circle.getMessage()));
    }
  }

  private void queue(Plan.Queue queue) {
    boolean missing = QueueNames.find(session, queue.name()).isEmpty();
    if (missing && !dryRun) {
      CreateQueueRequest.Builder request =
          CreateQueueRequest.newBuilder()
              .setQueueName(queue.name())
              .putAllAttributes(queue.attributes())
              .putAllTags(queue.tags());
      queue
          .deadLetters()
          .ifPresent(letters ->
              request.putAttributes(
                  "RedrivePolicy",
                  RedrivePolicy.text(
                      QueueNames.arn(session, letters.queue()), letters.maxReceives())));
      session.sqs().createQueue(request.build());
    }
    step("queue", queue.name(), missing);
  }

  private void topic(Plan.Topic topic) {
    boolean missing = TopicNames.find(session, topic.name()).isEmpty();
    if (missing && !dryRun) {
      CreateTopicRequest.Builder request = CreateTopicRequest.newBuilder().setName(topic.name());
      if (topic.name().endsWith(".fifo")) {
        request.putAttributes("FifoTopic", "true");
      }
      session.sns().createTopic(request.build());
    }
    step("topic", topic.name(), missing);
  }

  private void subscription(Plan.Subscription subscription) {
    boolean missing = find(subscription).isEmpty();
    if (missing && !dryRun) {
      session
          .sns()
          .subscribe(
              SubscribeRequest.newBuilder()
                  .setTopicArn(TopicNames.arn(session, subscription.topic()))
                  .setProtocol(subscription.protocol())
                  .setEndpoint(endpoint(subscription))
                  .putAllAttributes(subscription.attributes())
                  .build());
    }
    step("subscription", subscription.topic() + " -> " + subscription.target(), missing);
  }

  /** The ARN of a subscription to the same endpoint, if there is one. */
  private Optional<String> find(Plan.Subscription subscription) {
    Optional<String> topic = TopicNames.find(session, subscription.topic());
    boolean queueIsThere =
        subscription.queue().isEmpty()
            || QueueNames.find(session, subscription.queue()).isPresent();
    if (topic.isEmpty() || !queueIsThere) {
      return Optional.empty();
    }
    String endpoint = endpoint(subscription);
    return TopicNames.subscriptionsOf(session, topic.get(), CommandLimits.LISTED).stream()
        .filter(each -> each.getProtocol().equals(subscription.protocol()))
        .filter(each -> each.getEndpoint().equals(endpoint))
        .map(each -> each.getSubscriptionArn())
        .findFirst();
  }

  private String endpoint(Plan.Subscription subscription) {
    return subscription.queue().isEmpty()
        ? subscription.endpoint()
        : QueueNames.arn(session, subscription.queue());
  }

  private void step(String kind, String name, boolean missing) {
    Outcome outcome = missing ? dryRun ? Outcome.WOULD_CREATE : Outcome.CREATED : Outcome.EXISTS;
    steps.add(new Step(kind, name, outcome));
  }

  private Answer answer() {
    List<List<String>> rows =
        steps.stream()
            .map(step -> List.of(step.kind(), step.name(), step.outcome().words()))
            .toList();
    List<Value> values =
        steps.stream()
            .<Value>map(step ->
                Value.fields()
                    .with("kind", step.kind())
                    .with("name", step.name())
                    .with("result", step.outcome().words()))
            .toList();
    Answer answer =
        Answer.of(
            new Table(List.of("KIND", "NAME", "RESULT"), rows),
            "the file asks for nothing",
            Value.fields()
                .with("format", plan.format())
                .with("dryRun", dryRun)
                .with("results", values)
                .with("notes", Value.texts(plan.notes())));
    for (String note : plan.notes()) {
      answer = answer.andLine("note: " + note);
    }
    return answer;
  }
}
