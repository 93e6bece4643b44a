package io.tern.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/**
 * One queue and the calls that most cases make of it, each to a node chosen at random. Written for
 * both SDKs, so it uses only what both have.
 */
record TestQueue(Deployment service, String url) {
  /** A timeout that does not expire while a case runs. */
  static final int LONG = 600;

  /** How long a receive waits for what must come. */
  static final int PATIENT = 15;

  static TestQueue standard(Deployment service, String label) {
    return standard(service, label, Map.of());
  }

  static TestQueue standard(
      Deployment service, String label, Map<QueueAttributeName, String> attributes) {
    return new TestQueue(service, service.newQueue(label, attributes));
  }

  static TestQueue fifo(Deployment service, String label) {
    return fifo(service, label, Map.of());
  }

  static TestQueue fifo(
      Deployment service, String label, Map<QueueAttributeName, String> attributes) {
    Map<QueueAttributeName, String> all = new HashMap<>(attributes);
    all.put(QueueAttributeName.FIFO_QUEUE, "true");
    String name = service.newName(label) + ".fifo";
    return new TestQueue(
        service, service.sqs().createQueue(r -> r.queueName(name).attributes(all)).queueUrl());
  }

  String name() {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  String arn() {
    return "arn:aws:sqs:us-east-1:000000000000:" + name();
  }

  SendMessageResponse send(String body) {
    return service.sqs().sendMessage(r -> r.queueUrl(url).messageBody(body));
  }

  /** Sends to a group under a deduplication id nobody else uses. */
  SendMessageResponse send(String group, String body) {
    return send(group, UUID.randomUUID().toString(), body);
  }

  SendMessageResponse send(String group, String deduplicationId, String body) {
    return service
        .sqs()
        .sendMessage(r ->
            r.queueUrl(url)
                .messageBody(body)
                .messageGroupId(group)
                .messageDeduplicationId(deduplicationId));
  }

  /** Receives with all attributes, in one call. */
  List<Message> receive(Consumer<ReceiveMessageRequest.Builder> more) {
    return service
        .sqs()
        .receiveMessage(r -> more.accept(everyAttribute(r.queueUrl(url).maxNumberOfMessages(10))))
        .messages();
  }

  List<Message> receive(int visibilitySeconds, int waitSeconds) {
    return receive(r -> r.visibilityTimeout(visibilitySeconds).waitTimeSeconds(waitSeconds));
  }

  /** What a short poll finds, hidden for long. */
  List<String> bodies() {
    return bodiesOf(receive(LONG, 0));
  }

  /** The next message, which must be there within seconds; it stays hidden for long. */
  Message next() {
    return next(LONG);
  }

  Message next(int visibilitySeconds) {
    List<Message> found =
        receive(r ->
            r.maxNumberOfMessages(1).visibilityTimeout(visibilitySeconds).waitTimeSeconds(PATIENT));
    assertThat(found).as("messages of " + name()).hasSize(1);
    return found.getFirst();
  }

  void delete(Message message) {
    service.sqs().deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle()));
  }

  void change(Message message, int seconds) {
    service
        .sqs()
        .changeMessageVisibility(
            r -> r.queueUrl(url).receiptHandle(message.receiptHandle()).visibilityTimeout(seconds));
  }

  void set(QueueAttributeName name, String value) {
    set(Map.of(name, value));
  }

  void set(Map<QueueAttributeName, String> attributes) {
    service.sqs().setQueueAttributes(r -> r.queueUrl(url).attributes(attributes));
  }

  /** All attributes as one node tells them. */
  Map<String, String> attributes() {
    return service
        .sqs()
        .getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.ALL))
        .attributesAsStrings();
  }

  QueueCounts counts() {
    return QueueCounts.of(service, url);
  }

  /** Sends the messages of this queue that were received so often elsewhere. */
  void redrive(TestQueue deadLetterQueue, int maxReceiveCount) {
    set(QueueAttributeName.REDRIVE_POLICY, redrivePolicy(deadLetterQueue.arn(), maxReceiveCount));
  }

  static String redrivePolicy(String arn, int maxReceiveCount) {
    return "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}"
        .formatted(arn, maxReceiveCount);
  }

  static List<String> bodiesOf(List<Message> messages) {
    return messages.stream().map(Message::body).toList();
  }

  /** Asks for all system attributes under the one name that old SDKs have. */
  @SuppressWarnings("deprecation")
  static ReceiveMessageRequest.Builder everyAttribute(ReceiveMessageRequest.Builder receive) {
    return receive.attributeNamesWithStrings("All").messageAttributeNames("All");
  }
}
