package io.tern.chaos.history;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lines of a history file that are operations: who, when, how it ended, what was answered. */
final class OperationLines {
  private OperationLines() {}

  static void write(JsonGenerator json, Operation operation) throws IOException {
    json.writeStartObject();
    json.writeStringField("line", "operation");
    json.writeNumberField("id", operation.id());
    json.writeStringField("workload", operation.workload());
    json.writeStringField("client", operation.client());
    json.writeStringField("node", operation.node());
    json.writeNumberField("invokedNanos", operation.invokedNanos());
    json.writeNumberField("endedNanos", operation.endedNanos());
    json.writeStringField("outcome", operation.outcome().name());
    json.writeStringField("error", operation.error());
    json.writeObjectFieldStart("call");
    CallFields.write(json, operation.call());
    json.writeEndObject();
    json.writeObjectFieldStart("answer");
    write(json, operation.answer());
    json.writeEndObject();
    json.writeEndObject();
  }

  static Operation operation(JsonFields line) throws IOException {
    return new Operation(
        line.number("id"),
        line.text("workload"),
        line.text("client"),
        line.text("node"),
        line.number("invokedNanos"),
        line.number("endedNanos"),
        Outcome.valueOf(line.text("outcome")),
        line.textOrNull("error"),
        CallFields.call(line.object("call")),
        answer(line.object("answer")));
  }

  private static void write(JsonGenerator json, Answer answer) throws IOException {
    switch (answer) {
      case Answer.Nothing _ -> json.writeStringField("is", "nothing");
      case Answer.Stored stored -> {
        json.writeStringField("is", "stored");
        json.writeStringField("messageId", stored.messageId());
        json.writeStringField("md5", stored.md5());
        json.writeStringField("sequenceNumber", stored.sequenceNumber());
      }
      case Answer.Received received -> {
        json.writeStringField("is", "received");
        json.writeArrayFieldStart("deliveries");
        for (Delivery delivery : received.deliveries()) {
          write(json, delivery);
        }
        json.writeEndArray();
      }
      case Answer.Value value -> {
        json.writeStringField("is", "value");
        json.writeStringField("value", value.value());
      }
    }
  }

  private static Answer answer(JsonFields answer) throws IOException {
    return switch (answer.text("is")) {
      case "nothing" -> new Answer.Nothing();
      case "stored" ->
          new Answer.Stored(
              answer.text("messageId"),
              answer.textOrNull("md5"),
              answer.textOrNull("sequenceNumber"));
      case "received" -> {
        List<Delivery> deliveries = new ArrayList<>();
        for (JsonFields delivery : answer.list("deliveries")) {
          deliveries.add(delivery(delivery));
        }
        yield new Answer.Received(deliveries);
      }
      case "value" -> new Answer.Value(answer.textOrNull("value"));
      default -> throw new IOException("no such answer: " + answer.text("is"));
    };
  }

  private static void write(JsonGenerator json, Delivery delivery) throws IOException {
    json.writeStartObject();
    json.writeStringField("messageId", delivery.messageId());
    json.writeStringField("body", delivery.body());
    json.writeStringField("md5", delivery.md5());
    json.writeStringField("receipt", delivery.receipt());
    json.writeNumberField("receiveCount", delivery.receiveCount());
    json.writeStringField("group", delivery.group());
    json.writeStringField("sequenceNumber", delivery.sequenceNumber());
    texts(json, delivery.attributes());
    json.writeEndObject();
  }

  private static Delivery delivery(JsonFields delivery) throws IOException {
    return new Delivery(
        delivery.text("messageId"),
        delivery.text("body"),
        delivery.text("md5"),
        delivery.text("receipt"),
        delivery.integer("receiveCount"),
        delivery.textOrNull("group"),
        delivery.textOrNull("sequenceNumber"),
        delivery.texts("attributes"));
  }

  static void texts(JsonGenerator json, Map<String, String> texts) throws IOException {
    json.writeObjectFieldStart("attributes");
    for (Map.Entry<String, String> text : texts.entrySet()) {
      json.writeStringField(text.getKey(), text.getValue());
    }
    json.writeEndObject();
  }
}
