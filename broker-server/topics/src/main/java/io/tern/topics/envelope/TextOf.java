package io.tern.topics.envelope;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tern.proto.content.TopicMessage;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which text of a message a subscriber gets: one for all, or one for each protocol. */
public final class TextOf {
  public static final String DEFAULT = "default";
  private static final String APPLICATION = "application";

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private TextOf() {}

  /**
   * The text for a protocol. A structured message was checked when it was published; should it have
   * no text for the protocol and no default all the same, it stands for itself.
   */
  public static String protocol(TopicMessage message, String protocol) {
    if (!message.getStructured()) {
      return message.getMessage();
    }
    Map<String, String> texts = texts(message.getMessage()).orElseGet(Map::of);
    String own = texts.get(protocol);
    return own != null ? own : texts.getOrDefault(DEFAULT, message.getMessage());
  }

  /** The text meant for exactly this push platform, if the message is structured and has one. */
  public static Optional<String> platform(TopicMessage message, String platform) {
    return message.getStructured()
        ? texts(message.getMessage()).map(texts -> texts.get(platform))
        : Optional.empty();
  }

  /** The text for a device whose platform has none of its own. */
  public static String application(TopicMessage message) {
    return protocol(message, APPLICATION);
  }

  /**
   * The texts of a structured message by key. Values that are no strings are left out; of a key
   * given twice the last value counts.
   *
   * @return empty if it is not a JSON object
   */
  public static Optional<Map<String, String>> texts(String structured) {
    JsonNode document;
    try {
      document = JSON.readTree(structured);
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
    if (!document.isObject()) {
      return Optional.empty();
    }
    Map<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : document.properties()) {
      if (entry.getValue().isTextual()) {
        texts.put(entry.getKey(), wellFormed(entry.getValue().textValue()));
      }
    }
    return Optional.of(texts);
  }

  /**
   * Escapes can spell half a character, which no UTF-8 can carry; every reader would make something
   * else of it, and the signature would fail.
   */
  private static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return text.codePoints()
            .map(point -> isHalf(point) ? 0xFFFD : point)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    }
    return text;
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
