package io.tern.topics.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tern.proto.content.ContentAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes attributes and trees from JSON for the tests of this package. */
final class Messages {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Messages() {}

  static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  static boolean isObject(String json) {
    try {
      return MAPPER.readTree(json).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /**
   * Attributes of an object: a text is a String, a number a Number, an array a String.Array, and an
   * object names its type.
   */
  static List<ContentAttribute> attributes(JsonNode object) {
    List<ContentAttribute> attributes = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      JsonNode value = member.getValue();
      ContentAttribute.Builder attribute = ContentAttribute.newBuilder().setName(member.getKey());
      if (value.isObject()) {
        attribute.setDataType(value.get("type").textValue()).setText(value.get("text").textValue());
      } else if (value.isArray()) {
        attribute.setDataType("String.Array").setText(value.toString());
      } else {
        attribute.setDataType(value.isNumber() ? "Number" : "String").setText(value.asText());
      }
      attributes.add(attribute.build());
    }
    return attributes;
  }

  static FilterPolicy policy(String text, FilterScope scope) {
    return switch (FilterPolicy.parse(text, scope)) {
      case FilterPolicy policy -> policy;
      case PolicyRefusal.Malformed(String reason) ->
          throw new IllegalArgumentException(text + " is refused: " + reason);
      case PolicyRefusal.Nested() -> throw new IllegalArgumentException(text + " is nested");
    };
  }
}
