package io.tern.chaos.workload;

import io.tern.chaos.history.Answer;
import io.tern.chaos.history.Call;
import io.tern.chaos.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishResponse;

/** Publishes to topics, each made and recorded. A client thread has one. */
final class RecordingSns {
  private final ClientCalls calls;

  RecordingSns(ClientCalls calls) {
    this.calls = calls;
  }

  Operation publish(LoadTopic topic, Outgoing message) {
    return calls.one(
        publishing(topic, message),
        node -> {
          PublishResponse published =
              node.sns()
                  .publish(r ->
                      r.topicArn(topic.arn())
                          .message(message.body())
                          .messageGroupId(message.group())
                          .messageDeduplicationId(message.deduplicationId())
                          .messageAttributes(values(message.attributes())));
          return new Answer.Stored(published.messageId(), null, published.sequenceNumber());
        });
  }

  List<Operation> publishBatch(LoadTopic topic, List<Outgoing> messages) {
    List<PublishBatchRequestEntry> entries = new ArrayList<>();
    for (Outgoing message : messages) {
      entries.add(
          PublishBatchRequestEntry.builder()
              .id(Integer.toString(entries.size()))
              .message(message.body())
              .messageGroupId(message.group())
              .messageDeduplicationId(message.deduplicationId())
              .messageAttributes(values(message.attributes()))
              .build());
    }
    return calls.batch(
        messages.stream().map(message -> publishing(topic, message)).toList(),
        node -> {
          var response =
              node.sns()
                  .publishBatch(r -> r.topicArn(topic.arn()).publishBatchRequestEntries(entries));
          Map<String, Answer> done = new HashMap<>();
          response
              .successful()
              .forEach(e ->
                  done.put(e.id(), new Answer.Stored(e.messageId(), null, e.sequenceNumber())));
          Map<String, Failure> failed = new HashMap<>();
          response
              .failed()
              .forEach(
                  e -> failed.put(e.id(), Failure.ofEntry(e.senderFault(), e.code(), e.message())));
          return new ClientCalls.BatchEnd(done, failed);
        });
  }

  private static Call.Publish publishing(LoadTopic topic, Outgoing message) {
    return new Call.Publish(
        topic.name(),
        message.body(),
        message.attributes(),
        message.group(),
        message.deduplicationId());
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
}
