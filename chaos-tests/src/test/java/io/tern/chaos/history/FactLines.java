package io.tern.chaos.history;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Lines of a history file that are no operations: queues, subscriptions, faults. */
final class FactLines {
  private FactLines() {}

  static void write(JsonGenerator json, QueueFact queue) throws IOException {
    json.writeStartObject();
    json.writeStringField("line", "queue");
    json.writeStringField("workload", queue.workload());
    json.writeStringField("name", queue.name());
    json.writeBooleanField("fifo", queue.fifo());
    json.writeNumberField("visibilitySeconds", queue.visibilitySeconds());
    json.writeNumberField("delaySeconds", queue.delaySeconds());
    json.writeStringField("deadLetterQueue", queue.deadLetterQueue());
    json.writeNumberField("maxReceiveCount", queue.maxReceiveCount());
    json.writeBooleanField("contentDeduplication", queue.contentDeduplication());
    json.writeBooleanField("groupDeduplication", queue.groupDeduplication());
    json.writeEndObject();
  }

  static QueueFact queue(JsonFields line) throws IOException {
    return new QueueFact(
        line.text("workload"),
        line.text("name"),
        line.isTrue("fifo"),
        line.integer("visibilitySeconds"),
        line.integer("delaySeconds"),
        line.textOrNull("deadLetterQueue"),
        line.integer("maxReceiveCount"),
        line.isTrue("contentDeduplication"),
        line.isTrue("groupDeduplication"));
  }

  static void write(JsonGenerator json, SubscriptionFact subscription) throws IOException {
    json.writeStartObject();
    json.writeStringField("line", "subscription");
    json.writeStringField("workload", subscription.workload());
    json.writeStringField("topic", subscription.topic());
    json.writeStringField("queue", subscription.queue());
    json.writeStringField("filterPolicy", subscription.filterPolicy());
    json.writeBooleanField("raw", subscription.raw());
    json.writeEndObject();
  }

  static SubscriptionFact subscription(JsonFields line) throws IOException {
    return new SubscriptionFact(
        line.text("workload"),
        line.text("topic"),
        line.text("queue"),
        line.textOrNull("filterPolicy"),
        line.isTrue("raw"));
  }

  static void write(JsonGenerator json, FaultEvent fault) throws IOException {
    json.writeStartObject();
    json.writeStringField("line", "fault");
    json.writeStringField("nemesis", fault.nemesis());
    json.writeStringField("target", fault.target());
    json.writeStringField("detail", fault.detail());
    json.writeNumberField("injectedNanos", fault.injectedNanos());
    json.writeNumberField("healedNanos", fault.healedNanos());
    json.writeNumberField("recoveredNanos", fault.recoveredNanos());
    json.writeEndObject();
  }

  static FaultEvent fault(JsonFields line) throws IOException {
    return new FaultEvent(
        line.text("nemesis"),
        line.text("target"),
        line.text("detail"),
        line.number("injectedNanos"),
        line.number("healedNanos"),
        line.number("recoveredNanos"));
  }
}
