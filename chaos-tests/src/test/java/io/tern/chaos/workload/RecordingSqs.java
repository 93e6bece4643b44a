package io.tern.chaos.workload;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call;
import io.tern.chaos.history.Delivery;
import io.tern.chaos.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** Calls about messages of queues, each made and recorded. A client thread has one. */
final class RecordingSqs {
  private final ClientCalls calls;

  RecordingSqs(ClientCalls calls) {
    this.calls = calls;
  }

  Operation send(LoadQueue queue, Outgoing message) {
    return calls.one(
        sending(queue, message),
        node -> {
          SendMessageResponse sent =
              node.sqs()
                  .sendMessage(r ->
                      r.queueUrl(queue.url())
                          .messageBody(message.body())
                          .delaySeconds(message.delaySeconds())
                          .messageGroupId(message.group())
                          .messageDeduplicationId(message.deduplicationId())
                          .messageAttributes(values(message.attributes())));
          return new Answer.Stored(
              sent.messageId(), sent.md5OfMessageBody(), sent.sequenceNumber());
        });
  }

  List<Operation> sendBatch(LoadQueue queue, List<Outgoing> messages) {
    return calls.batch(
        messages.stream().map(message -> sending(queue, message)).toList(),
        node -> {
          var response =
              node.sqs()
                  .sendMessageBatch(
                      r -> r.queueUrl(queue.url()).entries(numbered(messages, this::entry)));
          Map<String, Answer> done = new HashMap<>();
          response
              .successful()
              .forEach(e ->
                  done.put(
                      e.id(),
                      new Answer.Stored(e.messageId(), e.md5OfMessageBody(), e.sequenceNumber())));
          return new ClientCalls.BatchEnd(done, failed(response.failed()));
        });
  }

  /** Under the queue's own visibility timeout. */
  Operation receive(LoadQueue queue, int maxMessages, int waitSeconds) {
    return receive(queue, maxMessages, waitSeconds, queue.fact().visibilitySeconds());
  }

  Operation receive(LoadQueue queue, int maxMessages, int waitSeconds, int visibilitySeconds) {
    return calls.one(
        new Call.Receive(queue.name(), maxMessages, visibilitySeconds, waitSeconds),
        node -> {
          SqsClient sqs = waitSeconds > 0 ? node.polling() : node.sqs();
          ReceiveMessageResponse received =
              sqs.receiveMessage(r ->
                  r.queueUrl(queue.url())
                      .maxNumberOfMessages(maxMessages)
                      .waitTimeSeconds(waitSeconds)
                      .visibilityTimeout(
                          visibilitySeconds == queue.fact().visibilitySeconds()
                              ? null
                              : visibilitySeconds)
                      .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                      .messageAttributeNames("All"));
          return new Answer.Received(
              received.messages().stream().map(RecordingSqs::delivery).toList());
        });
  }

  /** What a receive brought; nothing when it is not known. */
  static List<Delivery> deliveries(Operation receive) {
    return receive.answer() instanceof Answer.Received received ? received.deliveries() : List.of();
  }

  Operation delete(LoadQueue queue, Delivery delivery) {
    return calls.one(
        deletion(queue, delivery),
        node -> {
          node.sqs().deleteMessage(r -> r.queueUrl(queue.url()).receiptHandle(delivery.receipt()));
          return new Answer.Nothing();
        });
  }

  List<Operation> deleteBatch(LoadQueue queue, List<Delivery> deliveries) {
    return calls.batch(
        deliveries.stream().map(delivery -> deletion(queue, delivery)).toList(),
        node -> {
          var response =
              node.sqs()
                  .deleteMessageBatch(r ->
                      r.queueUrl(queue.url())
                          .entries(
                              numbered(
                                  deliveries,
                                  (id, delivery) ->
                                      DeleteMessageBatchRequestEntry.builder()
                                          .id(id)
                                          .receiptHandle(delivery.receipt())
                                          .build())));
          return end(response.successful(), e -> e.id(), response.failed());
        });
  }

  Operation changeVisibility(LoadQueue queue, Delivery delivery, int seconds) {
    return calls.one(
        change(queue, delivery, seconds),
        node -> {
          node.sqs()
              .changeMessageVisibility(r ->
                  r.queueUrl(queue.url())
                      .receiptHandle(delivery.receipt())
                      .visibilityTimeout(seconds));
          return new Answer.Nothing();
        });
  }

  List<Operation> changeVisibilityBatch(LoadQueue queue, List<Delivery> deliveries, int seconds) {
    return calls.batch(
        deliveries.stream().map(delivery -> change(queue, delivery, seconds)).toList(),
        node -> {
          var response =
              node.sqs()
                  .changeMessageVisibilityBatch(r ->
                      r.queueUrl(queue.url())
                          .entries(
                              numbered(
                                  deliveries,
                                  (id, delivery) ->
                                      ChangeMessageVisibilityBatchRequestEntry.builder()
                                          .id(id)
                                          .receiptHandle(delivery.receipt())
                                          .visibilityTimeout(seconds)
                                          .build())));
          return end(response.successful(), e -> e.id(), response.failed());
        });
  }

  Operation purge(LoadQueue queue) {
    return calls.one(
        new Call.Purge(queue.name()),
        node -> {
          node.sqs().purgeQueue(r -> r.queueUrl(queue.url()));
          return new Answer.Nothing();
        });
  }

  /** Back to where each dead letter came from. */
  Operation startMove(LoadQueue deadLetters) {
    return calls.one(
        new Call.StartMove(deadLetters.name(), null),
        node -> {
          node.sqs().startMessageMoveTask(r -> r.sourceArn(deadLetters.arn()));
          return new Answer.Nothing();
        });
  }

  private static Call.Send sending(LoadQueue queue, Outgoing message) {
    Integer own = message.delaySeconds();
    return new Call.Send(
        queue.name(),
        message.body(),
        own == null ? queue.fact().delaySeconds() : own,
        message.group(),
        message.deduplicationId());
  }

  private static Call.Delete deletion(LoadQueue queue, Delivery delivery) {
    return new Call.Delete(queue.name(), delivery.messageId(), delivery.receipt());
  }

  private static Call.ChangeVisibility change(LoadQueue queue, Delivery delivery, int seconds) {
    return new Call.ChangeVisibility(
        queue.name(), delivery.messageId(), delivery.receipt(), seconds);
  }

  private SendMessageBatchRequestEntry entry(String id, Outgoing message) {
    return SendMessageBatchRequestEntry.builder()
        .id(id)
        .messageBody(message.body())
        .delaySeconds(message.delaySeconds())
        .messageGroupId(message.group())
        .messageDeduplicationId(message.deduplicationId())
        .messageAttributes(values(message.attributes()))
        .build();
  }

  private static Delivery delivery(Message message) {
    String body = message.body();
    String md5 = message.md5OfBody();
    Map<String, String> attributes = new TreeMap<>();
    message.messageAttributes().forEach((name, value) -> attributes.put(name, value.stringValue()));
    Map<MessageSystemAttributeName, String> system = message.attributes();
    return new Delivery(
        message.messageId(),
        body,
        md5,
        message.receiptHandle(),
        Integer.parseInt(
            system.getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "0")),
        system.get(MessageSystemAttributeName.MESSAGE_GROUP_ID),
        system.get(MessageSystemAttributeName.SEQUENCE_NUMBER),
        attributes);
  }

  private static Map<String, MessageAttributeValue> values(Map<String, String> attributes) {
    Map<String, MessageAttributeValue> values = new HashMap<>();
    attributes.forEach((name, value) ->
        values.put(
            name,
            MessageAttributeValue.builder()
                .dataType(Outgoing.dataType(value))
                .stringValue(value)
                .build()));
    return values;
  }

  private static <T> ClientCalls.BatchEnd end(
      List<T> successful, Function<T, String> id, List<BatchResultErrorEntry> failed) {
    Map<String, Answer> done = new HashMap<>();
    successful.forEach(entry -> done.put(id.apply(entry), new Answer.Nothing()));
    return new ClientCalls.BatchEnd(done, failed(failed));
  }

  private static Map<String, Failure> failed(List<BatchResultErrorEntry> entries) {
    Map<String, Failure> failed = new HashMap<>();
    entries.forEach(
        e -> failed.put(e.id(), Failure.ofEntry(e.senderFault(), e.code(), e.message())));
    return failed;
  }

  /** Entries are named by their place, as {@link ClientCalls#batch} expects. */
  private static <T, E> List<E> numbered(
      List<T> things, java.util.function.BiFunction<String, T, E> entry) {
    List<E> entries = new ArrayList<>();
    IntStream.range(0, things.size())
        .forEach(i -> entries.add(entry.apply(Integer.toString(i), things.get(i))));
    return entries;
  }
}
