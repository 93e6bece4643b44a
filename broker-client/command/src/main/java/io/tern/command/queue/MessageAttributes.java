package io.tern.command.queue;

import io.tern.command.output.Value;
import io.tern.command.values.TypedAttribute;
import io.tern.proto.sqs.MessageAttributeValue;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Attributes of messages of queues, to and from the API. For sending and receiving. */
final class MessageAttributes {
  private MessageAttributes() {}

  static Map<String, MessageAttributeValue> values(List<TypedAttribute> typed) {
    return typed.stream()
        .collect(
            Collectors.toMap(TypedAttribute::name, MessageAttributes::value, (_, last) -> last));
  }

  private static MessageAttributeValue value(TypedAttribute attribute) {
    MessageAttributeValue.Builder value =
        MessageAttributeValue.newBuilder().setDataType(attribute.dataType());
    return attribute.isBinary()
        ? value.setBinaryValue(attribute.bytes()).build()
        : value.setStringValue(attribute.value()).build();
  }

  /** For scripts: each with its type. */
  static Value fields(Map<String, MessageAttributeValue> attributes) {
    Value.Fields all = Value.fields();
    for (Map.Entry<String, MessageAttributeValue> each : new TreeMap<>(attributes).entrySet()) {
      all =
          all.with(
              each.getKey(),
              Value.fields()
                  .with("dataType", each.getValue().getDataType())
                  .with(isBinary(each.getValue()) ? "base64" : "value", text(each.getValue())));
    }
    return all;
  }

  /** The value; base64 of bytes. */
  static String text(MessageAttributeValue value) {
    return isBinary(value)
        ? Base64.getEncoder().encodeToString(value.getBinaryValue().toByteArray())
        : value.getStringValue();
  }

  private static boolean isBinary(MessageAttributeValue value) {
    return value.hasBinaryValue();
  }
}
