package io.tern.command.queue;

import io.tern.command.output.Printable;
import io.tern.command.output.Value;
import io.tern.proto.sqs.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A received message as lines for people and as data for scripts. For {@link ReceiveMessages}. */
record ReceivedMessage(Message message) {

  /** A line about it, a line for each of its attributes, and its body. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    Map<String, String> system = message.getAttributesMap();
    StringBuilder head = new StringBuilder("--- ").append(message.getMessageId());
    String sent = system.get("SentTimestamp");
    if (sent != null) {
      head.append("  sent ").append(Instant.ofEpochMilli(Long.parseLong(sent)));
    }
    head.append("  receive ").append(system.getOrDefault("ApproximateReceiveCount", "1"));
    String group = system.get("MessageGroupId");
    if (group != null) {
      head.append("  group ").append(Printable.cell(group));
    }
    lines.add(head.toString());
    new TreeMap<>(message.getMessageAttributesMap())
        .forEach((name, value) ->
            lines.add(
                Printable.cell(
                    name + ":" + value.getDataType() + "=" + MessageAttributes.text(value))));
    lines.add(Printable.text(message.getBody()));
    return lines;
  }

  Value value() {
    return Value.fields()
        .with("messageId", message.getMessageId())
        .with("receiptHandle", message.getReceiptHandle())
        .with("body", message.getBody())
        .with("attributes", Value.sorted(message.getAttributesMap()))
        .with("messageAttributes", MessageAttributes.fields(message.getMessageAttributesMap()));
  }
}
