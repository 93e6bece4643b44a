package io.tern.conformance.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tern.chaos.SnsSdkClient;
import io.tern.conformance.Deployment;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The topics of a deployment and the calls that most cases make of them, each to a node chosen at
 * random.
 */
final class Sns {
  static final String ACCOUNT = "000000000000";
  private static final long SEED = 20_261_122;
  private static final int PATIENT = 15;
  private static final int MANY_AT_ONCE = 16;

  private final Deployment service;
  private final List<SnsClient> clients;
  private final Random random = new Random(SEED);

  private Sns(Deployment service) {
    this.service = service;
    this.clients = service.endpoints().stream().map(SnsSdkClient::of).toList();
  }

  static Sns of(Deployment service) {
    return service.once(Sns.class, Sns::new);
  }

  /** The Java SDK, connected to some node. */
  SnsClient client() {
    return clients.get(random.nextInt(clients.size()));
  }

  URI endpoint() {
    return service.endpoint();
  }

  String newName(String label) {
    return service.newName(label);
  }

  /** Makes many things at once, which takes a fraction of the time. */
  static <T> List<T> many(int count, IntFunction<T> make) {
    try (ExecutorService threads = Executors.newFixedThreadPool(MANY_AT_ONCE)) {
      List<Future<T>> made = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        made.add(threads.submit(() -> make.apply(number)));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> each : made) {
        results.add(each.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Creates a topic nobody else uses. */
  String newTopic(String label) {
    return newTopic(label, Map.of());
  }

  String newTopic(String label, Map<String, String> attributes) {
    return client().createTopic(r -> r.name(newName(label)).attributes(attributes)).topicArn();
  }

  String newFifoTopic(String label, Map<String, String> more) {
    Map<String, String> attributes = new HashMap<>(more);
    attributes.put("FifoTopic", "true");
    String name = newName(label) + ".fifo";
    return client().createTopic(r -> r.name(name).attributes(attributes)).topicArn();
  }

  /** Creates a queue nobody else uses; its URL. */
  String newQueue(String label) {
    return service.newQueue(label);
  }

  String newFifoQueue(String label, Map<QueueAttributeName, String> more) {
    Map<QueueAttributeName, String> attributes = new HashMap<>(more);
    attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
    String name = newName(label) + ".fifo";
    return service.sqs().createQueue(r -> r.queueName(name).attributes(attributes)).queueUrl();
  }

  static String queueArn(String url) {
    return "arn:aws:sqs:us-east-1:" + ACCOUNT + ":" + url.substring(url.lastIndexOf('/') + 1);
  }

  static String topicArn(String name) {
    return "arn:aws:sns:us-east-1:" + ACCOUNT + ":" + name;
  }

  String subscribe(String topic, String queueUrl) {
    return subscribe(topic, queueUrl, Map.of());
  }

  String subscribe(String topic, String queueUrl, Map<String, String> attributes) {
    return client()
        .subscribe(r ->
            r.topicArn(topic)
                .protocol("sqs")
                .endpoint(queueArn(queueUrl))
                .attributes(attributes)
                .returnSubscriptionArn(true))
        .subscriptionArn();
  }

  String publish(String topic, String message) {
    return client().publish(r -> r.topicArn(topic).message(message)).messageId();
  }

  Map<String, String> topicAttributes(String topic) {
    return client().getTopicAttributes(r -> r.topicArn(topic)).attributes();
  }

  Map<String, String> subscriptionAttributes(String subscription) {
    return client().getSubscriptionAttributes(r -> r.subscriptionArn(subscription)).attributes();
  }

  /** The next message of a queue, which must be there within seconds; it is deleted. */
  Message next(String queueUrl) {
    List<Message> found = receive(queueUrl, PATIENT);
    assertThat(found).as("messages of " + queueUrl).hasSize(1);
    Message message = found.getFirst();
    service.sqs().deleteMessage(r -> r.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
    return message;
  }

  /** The document in the next message. */
  JsonNode nextEnvelope(String queueUrl) {
    return JsonNode.parser().parse(next(queueUrl).body());
  }

  /** What a short poll finds. */
  List<Message> receive(String queueUrl) {
    return receive(queueUrl, 0);
  }

  @SuppressWarnings("deprecation")
  private List<Message> receive(String queueUrl, int waitSeconds) {
    return service
        .sqs()
        .receiveMessage(r ->
            r.queueUrl(queueUrl)
                .maxNumberOfMessages(1)
                .waitTimeSeconds(waitSeconds)
                .attributeNamesWithStrings("All")
                .messageAttributeNames("All"))
        .messages();
  }

  /**
   * The queue has nothing although an earlier publish to the same topic did not match it: a message
   * published afterwards, which does match, comes first.
   */
  void assertNextIs(String queueUrl, String message) {
    assertThat(textOf(nextEnvelope(queueUrl), "Message")).isEqualTo(message);
  }

  /** A text member of a document, or the empty text. */
  static String textOf(JsonNode document, String member) {
    return document.field(member).map(JsonNode::text).orElse("");
  }

  static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  static MessageAttributeValue number(String value) {
    return MessageAttributeValue.builder().dataType("Number").stringValue(value).build();
  }

  static MessageAttributeValue typed(String type, String value) {
    return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
  }

  static void assertInvalid(ThrowingCallable call, String text) {
    assertRefused(call, "InvalidParameter", 400, text);
  }

  static void assertRefused(ThrowingCallable call, String code, int status, String text) {
    SnsException error = catchThrowableOfType(SnsException.class, call);
    assertThat(error).as("a refusal").isNotNull();
    assertThat(
            List.of(
                error.awsErrorDetails().errorCode(),
                error.statusCode(),
                String.valueOf(error.awsErrorDetails().errorMessage())))
        .isEqualTo(List.of(code, status, text));
  }
}
