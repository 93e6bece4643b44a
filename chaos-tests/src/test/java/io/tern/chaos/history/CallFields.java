package io.tern.chaos.history;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** A call in an operation's line of a history file. */
final class CallFields {
  private CallFields() {}

  static void write(JsonGenerator json, Call call) throws IOException {
    json.writeStringField("is", call.getClass().getSimpleName());
    json.writeStringField("target", call.target());
    switch (call) {
      case Call.Send send -> {
        json.writeStringField("body", send.body());
        json.writeNumberField("delaySeconds", send.delaySeconds());
        json.writeStringField("group", send.group());
        json.writeStringField("deduplicationId", send.deduplicationId());
      }
      case Call.Receive receive -> {
        json.writeNumberField("maxMessages", receive.maxMessages());
        json.writeNumberField("visibilitySeconds", receive.visibilitySeconds());
        json.writeNumberField("waitSeconds", receive.waitSeconds());
      }
      case Call.Delete delete -> message(json, delete.messageId(), delete.receipt());
      case Call.ChangeVisibility change -> {
        message(json, change.messageId(), change.receipt());
        json.writeNumberField("visibilitySeconds", change.visibilitySeconds());
      }
      case Call.StartMove move -> json.writeStringField("destination", move.destination());
      case Call.Publish publish -> {
        json.writeStringField("body", publish.body());
        OperationLines.texts(json, publish.attributes());
        json.writeStringField("group", publish.group());
        json.writeStringField("deduplicationId", publish.deduplicationId());
      }
      case Call.CreateQueue create -> OperationLines.texts(json, create.attributes());
      case Call.SetAttribute set -> {
        json.writeStringField("name", set.name());
        json.writeStringField("value", set.value());
      }
      case Call.GetAttribute get -> json.writeStringField("name", get.name());
      case Call.Purge _, Call.DeleteQueue _, Call.CreateTopic _, Call.DeleteTopic _ -> {}
    }
  }

  private static void message(JsonGenerator json, String id, String receipt) throws IOException {
    json.writeStringField("messageId", id);
    json.writeStringField("receipt", receipt);
  }

  static Call call(JsonFields call) throws IOException {
    String target = call.text("target");
    return switch (call.text("is")) {
      case "Send" ->
          new Call.Send(
              target,
              call.text("body"),
              call.integer("delaySeconds"),
              call.textOrNull("group"),
              call.textOrNull("deduplicationId"));
      case "Receive" ->
          new Call.Receive(
              target,
              call.integer("maxMessages"),
              call.integer("visibilitySeconds"),
              call.integer("waitSeconds"));
      case "Delete" -> new Call.Delete(target, call.text("messageId"), call.text("receipt"));
      case "ChangeVisibility" ->
          new Call.ChangeVisibility(
              target,
              call.text("messageId"),
              call.text("receipt"),
              call.integer("visibilitySeconds"));
      case "Purge" -> new Call.Purge(target);
      case "StartMove" -> new Call.StartMove(target, call.textOrNull("destination"));
      case "Publish" ->
          new Call.Publish(
              target,
              call.text("body"),
              call.texts("attributes"),
              call.textOrNull("group"),
              call.textOrNull("deduplicationId"));
      case "CreateQueue" -> new Call.CreateQueue(target, call.texts("attributes"));
      case "DeleteQueue" -> new Call.DeleteQueue(target);
      case "SetAttribute" -> new Call.SetAttribute(target, call.text("name"), call.text("value"));
      case "GetAttribute" -> new Call.GetAttribute(target, call.text("name"));
      case "CreateTopic" -> new Call.CreateTopic(target);
      case "DeleteTopic" -> new Call.DeleteTopic(target);
      default -> throw new IOException("no such call: " + call.text("is"));
    };
  }
}
