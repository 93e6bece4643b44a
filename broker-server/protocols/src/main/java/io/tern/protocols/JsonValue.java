package io.tern.protocols;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.tern.state.limits.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON document as a tree, for the few values that are documents themselves: policies of queues
 * and handles of move tasks. Equal trees mean the same; the order of members does not count.
 */
public sealed interface JsonValue {

  /** An object; its members keep their order. */
  record Members(Map<String, JsonValue> members) implements JsonValue {}

  /** An array. */
  record Items(List<JsonValue> items) implements JsonValue {}

  /** A string. */
  record Text(String text) implements JsonValue {}

  /** A number, true, false or null, as it is written. */
  record Literal(String text) implements JsonValue {}

  /** Reads a document; empty when it is none, or is deeper than a request may be. */
  static Optional<JsonValue> parse(String document) {
    try (JsonParser parser = Reading.FACTORY.createParser(document)) {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      JsonValue value = Reading.value(parser);
      return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  /** Reads a document that must be an object; empty for everything else. */
  static Optional<Members> parseObject(String document) {
    return parse(document)
        .flatMap(value -> value instanceof Members object ? Optional.of(object) : Optional.empty());
  }

  /** The document in its shortest form. */
  default String toJson() {
    JsonWriter out = new JsonWriter();
    out.tree(this);
    return new String(out.toByteArray(), StandardCharsets.UTF_8);
  }

  /** How a tree is read from tokens. */
  final class Reading {
    private static final JsonFactory FACTORY =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(Limits.REQUEST_DEPTH)
                    .maxTokenCount(Limits.REQUEST_TOKENS)
                    .build())
            .build();

    private Reading() {}

    private static JsonValue value(JsonParser parser) throws IOException {
      return switch (parser.currentToken()) {
        case START_OBJECT -> object(parser);
        case START_ARRAY -> array(parser);
        case VALUE_STRING -> new Text(parser.getText());
        default -> new Literal(parser.getText());
      };
    }

    private static JsonValue object(JsonParser parser) throws IOException {
      Map<String, JsonValue> members = new LinkedHashMap<>();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        members.put(name, value(parser));
      }
      return new Members(Collections.unmodifiableMap(members));
    }

    private static JsonValue array(JsonParser parser) throws IOException {
      List<JsonValue> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(value(parser));
      }
      return new Items(Collections.unmodifiableList(items));
    }
  }
}
