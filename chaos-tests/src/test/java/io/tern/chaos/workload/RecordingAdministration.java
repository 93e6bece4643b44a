package io.tern.chaos.workload;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call;
import io.tern.chaos.history.Operation;
import java.util.Map;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * Calls that make, change, read and delete queues and topics by name, each made and recorded. A
 * client thread has one.
 */
final class RecordingAdministration {
  /** What a topic is asked for: it is there from its creation and says which topic it is. */
  static final String TOPIC_ATTRIBUTE = "TopicArn";

  private static final String ACCOUNT = "000000000000";
  private static final String TOPIC_ARN = "arn:aws:sns:us-east-1:" + ACCOUNT + ":";

  private final ClientCalls calls;

  RecordingAdministration(ClientCalls calls) {
    this.calls = calls;
  }

  /**
   * @param attributes names as SQS has them
   */
  Operation createQueue(String name, Map<String, String> attributes) {
    return calls.one(
        new Call.CreateQueue(name, attributes),
        node -> {
          node.sqs().createQueue(r -> r.queueName(name).attributesWithStrings(attributes));
          return new Answer.Nothing();
        });
  }

  Operation deleteQueue(String name) {
    return calls.one(
        new Call.DeleteQueue(name),
        node -> {
          node.sqs().deleteQueue(r -> r.queueUrl(url(name)));
          return new Answer.Nothing();
        });
  }

  Operation setQueueAttribute(String name, String attribute, String value) {
    return calls.one(
        new Call.SetAttribute(name, attribute, value),
        node -> {
          node.sqs()
              .setQueueAttributes(
                  r -> r.queueUrl(url(name)).attributesWithStrings(Map.of(attribute, value)));
          return new Answer.Nothing();
        });
  }

  /** That there is no such queue is an answer: a value of null. */
  Operation getQueueAttribute(String name, String attribute) {
    return calls.one(
        new Call.GetAttribute(name, attribute),
        node -> {
          try {
            return new Answer.Value(
                node.sqs()
                    .getQueueAttributes(r ->
                        r.queueUrl(url(name))
                            .attributeNames(QueueAttributeName.fromValue(attribute)))
                    .attributesAsStrings()
                    .get(attribute));
          } catch (QueueDoesNotExistException absent) {
            return new Answer.Value(null);
          }
        });
  }

  Operation createTopic(String name) {
    return calls.one(
        new Call.CreateTopic(name),
        node -> {
          node.sns().createTopic(r -> r.name(name));
          return new Answer.Nothing();
        });
  }

  Operation deleteTopic(String name) {
    return calls.one(
        new Call.DeleteTopic(name),
        node -> {
          node.sns().deleteTopic(r -> r.topicArn(TOPIC_ARN + name));
          return new Answer.Nothing();
        });
  }

  /** That there is no such topic is an answer: a value of null. */
  Operation getTopic(String name) {
    return calls.one(
        new Call.GetAttribute(name, TOPIC_ATTRIBUTE),
        node -> {
          try {
            return new Answer.Value(
                node.sns()
                    .getTopicAttributes(r -> r.topicArn(TOPIC_ARN + name))
                    .attributes()
                    .get(TOPIC_ATTRIBUTE));
          } catch (NotFoundException absent) {
            return new Answer.Value(null);
          }
        });
  }

  /** Any host: servers look at the path only, and the client goes to its endpoint. */
  private static String url(String name) {
    return "http://localhost/" + ACCOUNT + "/" + name;
  }
}
