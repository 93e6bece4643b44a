package io.tern.topics.filter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.tern.state.limits.Limits;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes {@link Json}; FilterPolicy and Document use it. A text deeper than the limit is
 * refused as the parser goes, so that no text of a stranger exhausts the stack.
 */
final class JsonTree {

  private static final JsonFactory POLICIES = factory(FilterLimits.POLICY_DEPTH);
  private static final JsonFactory MESSAGES = factory(FilterLimits.MESSAGE_DEPTH);

  private final JsonParser parser;
  private final Predicate<String> wanted;

  private JsonTree(JsonParser parser, Predicate<String> wanted) {
    this.parser = parser;
    this.wanted = wanted;
  }

  /** Names are not pooled: they come from strangers, and a full pool would throw. */
  private static JsonFactory factory(int depth) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(depth)
                .maxNumberLength(Limits.REQUEST_BYTES)
                .maxNameLength(Limits.REQUEST_BYTES)
                .build())
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .build();
  }

  /** A filter policy, all of it. */
  static Json readPolicy(String text) throws JsonProcessingException {
    return read(POLICIES, text, _ -> true);
  }

  /** A part of a message without the members whose path, names joined by dots, is not wanted. */
  static Json readMessage(String text, Predicate<String> wanted) throws JsonProcessingException {
    return read(MESSAGES, text, wanted);
  }

  private static Json read(JsonFactory factory, String text, Predicate<String> wanted)
      throws JsonProcessingException {
    try (JsonParser parser = factory.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new JsonParseException(parser, "No content to map due to end-of-input");
      }
      Json tree = new JsonTree(parser, wanted).value(first, null);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "Trailing token found after value");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("Reading a text in memory failed", e);
    }
  }

  private Json value(JsonToken token, @Nullable String path) throws IOException {
    return switch (token) {
      case START_OBJECT -> members(path);
      case START_ARRAY -> elements(path);
      case VALUE_STRING -> new Json.Text(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Numeral(parser.getText());
      case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> new Json.Literal(parser.getText());
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new JsonParseException(parser, "Unexpected " + token);
    };
  }

  private Json members(@Nullable String path) throws IOException {
    Map<String, Json> byName = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      String memberPath = path == null ? name : path + '.' + name;
      if (wanted.test(memberPath)) {
        byName.remove(name);
        byName.put(name, value(token, memberPath));
      } else {
        parser.skipChildren();
      }
    }
    return new Json.Members(byName);
  }

  private Json elements(@Nullable String path) throws IOException {
    List<Json> inOrder = new ArrayList<>();
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      inOrder.add(value(token, path));
      token = parser.nextToken();
    }
    return new Json.Elements(inOrder);
  }

  /** A filter policy without spaces, and with the numbers as they were written. */
  static String write(Json tree) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = POLICIES.createGenerator(text)) {
      write(tree, generator);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing a text in memory failed", e);
    }
    return text.toString();
  }

  private static void write(Json tree, JsonGenerator generator) throws IOException {
    switch (tree) {
      case Json.Members members -> {
        generator.writeStartObject();
        for (Map.Entry<String, Json> member : members.byName().entrySet()) {
          generator.writeFieldName(member.getKey());
          write(member.getValue(), generator);
        }
        generator.writeEndObject();
      }
      case Json.Elements elements -> {
        generator.writeStartArray();
        for (Json element : elements.inOrder()) {
          write(element, generator);
        }
        generator.writeEndArray();
      }
      case Json.Text text -> generator.writeString(text.text());
      case Json.Numeral numeral -> generator.writeNumber(numeral.text());
      case Json.Literal literal -> generator.writeRawValue(literal.text());
    }
  }
}
